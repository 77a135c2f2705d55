import { CKR } from './constants.ts';
import { CryptokiError } from './cryptoki-error.ts';

export type Koffi = typeof import('koffi');
type Type = string | Parameters<Koffi['out']>[0] | ReturnType<Koffi['out']>;

/** CK_FUNCTION_LIST: a version, then pointers to all functions in this order. Those after the last one used are left out. */
const FUNCTION_LIST = `
  Initialize Finalize GetInfo GetFunctionList GetSlotList GetSlotInfo GetTokenInfo GetMechanismList GetMechanismInfo
  InitToken InitPIN SetPIN OpenSession CloseSession CloseAllSessions GetSessionInfo GetOperationState SetOperationState
  Login Logout CreateObject CopyObject DestroyObject GetObjectSize GetAttributeValue SetAttributeValue FindObjectsInit
  FindObjects FindObjectsFinal EncryptInit Encrypt EncryptUpdate EncryptFinal DecryptInit Decrypt DecryptUpdate
  DecryptFinal DigestInit Digest DigestUpdate DigestKey DigestFinal SignInit Sign SignUpdate SignFinal SignRecoverInit
  SignRecover VerifyInit Verify VerifyUpdate VerifyFinal VerifyRecoverInit VerifyRecover DigestEncryptUpdate
  DecryptDigestUpdate SignEncryptUpdate DecryptVerifyUpdate GenerateKey GenerateKeyPair WrapKey UnwrapKey`
  .trim()
  .split(/\s+/);

export const POINTER_BYTES = 8;

/** The types of PKCS #11 that calls are made of. `out` and `inout` are CK_ULONG pointers. */
const describeTypes = (koffi: Koffi) => {
  const attribute = koffi.struct({ type: 'ulong', pValue: 'void *', ulValueLen: 'ulong' });
  return {
    out: koffi.out(koffi.pointer('ulong')),
    inout: koffi.inout(koffi.pointer('ulong')),
    template: koffi.pointer(attribute),
    answer: koffi.inout(koffi.pointer(attribute)),
    mechanism: koffi.pointer(
      koffi.struct({ mechanism: 'ulong', pParameter: 'void *', ulParameterLen: 'ulong' }),
    ),
    initializeArgs: koffi.pointer(
      koffi.struct({
        createMutex: 'void *',
        destroyMutex: 'void *',
        lockMutex: 'void *',
        unlockMutex: 'void *',
        flags: 'ulong',
        reserved: 'void *',
      }),
    ),
  };
};

/** The bare C functions of a module. Each throws CryptokiError unless it gives CKR_OK. */
export const loadFunctions = (koffi: Koffi, modulePath: string) => {
  const list: [unknown] = [null];
  koffi.load(modulePath).func('C_GetFunctionList', 'ulong', [koffi.out(koffi.pointer('void *'))])(list);

  const bind = (name: string, ...types: Type[]) => {
    const at = POINTER_BYTES * (1 + FUNCTION_LIST.indexOf(name));
    const prototype = koffi.proto(null, 'ulong', types);
    // koffi's own types say `any`; this is a C function by the prototype above.
    const call = koffi.decode(koffi.decode(list[0], at, 'void *'), prototype) as (
      ...values: unknown[]
    ) => number | bigint;
    return (...values: unknown[]): void => {
      const code = Number(call(...values));
      if (code !== CKR.OK) throw new CryptokiError(`C_${name}`, code);
    };
  };

  const { out, inout, template, answer, mechanism, initializeArgs } = describeTypes(koffi);
  const U = 'ulong';
  const bytes = 'uint8_t *';
  return {
    initialize: bind('Initialize', initializeArgs),
    finalize: bind('Finalize', 'void *'),
    getSlotList: bind('GetSlotList', 'uint8_t', bytes, inout),
    getTokenInfo: bind('GetTokenInfo', U, bytes),
    openSession: bind('OpenSession', U, U, 'void *', 'void *', out),
    closeSession: bind('CloseSession', U),
    login: bind('Login', U, U, bytes, U),
    createObject: bind('CreateObject', U, template, U, out),
    destroyObject: bind('DestroyObject', U, U),
    getAttributeValue: bind('GetAttributeValue', U, U, answer, U),
    findObjectsInit: bind('FindObjectsInit', U, template, U),
    findObjects: bind('FindObjects', U, bytes, U, out),
    findObjectsFinal: bind('FindObjectsFinal', U),
    signInit: bind('SignInit', U, mechanism, U),
    sign: bind('Sign', U, bytes, U, bytes, inout),
    generateKey: bind('GenerateKey', U, mechanism, template, U, out),
    generateKeyPair: bind('GenerateKeyPair', U, mechanism, template, U, template, U, out, out),
    wrapKey: bind('WrapKey', U, mechanism, U, U, bytes, inout),
    unwrapKey: bind('UnwrapKey', U, mechanism, U, bytes, U, template, U, out),
  };
};
