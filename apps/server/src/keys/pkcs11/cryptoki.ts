/**
 * A PKCS #11 module as functions: the few calls of its C interface that the keystore makes, through koffi. Every call throws
 * CryptokiError unless the module says CKR_OK, and blocks the thread for as long as the HSM takes: see hsm-worker.ts.
 */
import { CKF } from './constants.ts';
import { loadFunctions, POINTER_BYTES, type Koffi } from './cryptoki-functions.ts';

/** A CK_ULONG, as koffi gives it: bigint where it is too long for a number. */
export type Handle = number | bigint;
export type Attribute = readonly [type: number, value: Uint8Array | number | boolean];
export type Template = readonly Attribute[];

/** The longest answer asked for: a wrapped RSA-4096 key has 2.4 kB. */
const LONGEST = 4096;
const TOKEN_INFO = 256;
const TOKEN_LABEL = 32;
const MOST_SLOTS = 256;

/** A CK_ULONG in memory: eight bytes in the machine's order, on the 64-bit systems this runs on. */
const ulong = (value: number): Uint8Array => new Uint8Array(new BigUint64Array([BigInt(value)]).buffer);

const encode = (value: Attribute[1]): Uint8Array => {
  if (typeof value === 'number') return ulong(value);
  return typeof value === 'boolean' ? Uint8Array.of(value ? 1 : 0) : value;
};

/** A template as C takes it: an array and its length. */
const toC = (template: Template): [unknown, number] => [
  template.map(([type, value]) => {
    const pValue = encode(value);
    return { type, pValue, ulValueLen: pValue.length };
  }),
  template.length,
];

const toMechanism = (mechanism: number) => ({ mechanism, pParameter: null, ulParameterLen: 0 });

const handleOf = (call: (out: [Handle]) => void): Handle => {
  const out: [Handle] = [0];
  call(out);
  return out[0];
};

const bytesOf = (call: (bytes: Uint8Array, length: [number]) => void): Uint8Array => {
  const bytes = new Uint8Array(LONGEST);
  const length: [number] = [bytes.length];
  call(bytes, length);
  return bytes.slice(0, length[0]);
};

const handlesOf = (most: number, call: (bytes: Uint8Array) => number): Handle[] => {
  const bytes = new Uint8Array(most * POINTER_BYTES);
  const count = call(bytes);
  return [...new BigUint64Array(bytes.buffer, 0, count)];
};

type Functions = ReturnType<typeof loadFunctions>;

const tokenCalls = (c: Functions) => ({
  initialize: (): void =>
    c.initialize({
      createMutex: null,
      destroyMutex: null,
      lockMutex: null,
      unlockMutex: null,
      // Several threads call the module at once: without this flag it may not lock, and corrupts its memory.
      flags: CKF.OS_LOCKING_OK,
      reserved: null,
    }),
  finalize: (): void => c.finalize(null),
  /** Slots with a token in them. */
  listSlots: (): Handle[] =>
    handlesOf(MOST_SLOTS, (bytes) => {
      const count: [number] = [MOST_SLOTS];
      c.getSlotList(1, bytes, count);
      return count[0];
    }),
  tokenLabel(slot: Handle): string {
    const info = new Uint8Array(TOKEN_INFO);
    c.getTokenInfo(slot, info);
    return new TextDecoder().decode(info.subarray(0, TOKEN_LABEL)).trimEnd();
  },
  openSession: (slot: Handle): Handle =>
    handleOf((out) => c.openSession(slot, CKF.RW_SESSION | CKF.SERIAL_SESSION, null, null, out)),
  closeSession: (session: Handle): void => c.closeSession(session),
  login(session: Handle, user: number, pin: string): void {
    const bytes = Buffer.from(pin);
    c.login(session, user, bytes, bytes.length);
  },
});

const objectCalls = (c: Functions) => ({
  createObject: (session: Handle, template: Template): Handle =>
    handleOf((out) => c.createObject(session, ...toC(template), out)),
  destroyObject: (session: Handle, object: Handle): void => c.destroyObject(session, object),
  readAttribute(session: Handle, object: Handle, type: number): Uint8Array {
    const pValue = new Uint8Array(LONGEST);
    const attribute = { type, pValue, ulValueLen: pValue.length };
    c.getAttributeValue(session, object, attribute, 1);
    return pValue.slice(0, attribute.ulValueLen);
  },
  findObjects(session: Handle, template: Template, most: number): Handle[] {
    c.findObjectsInit(session, ...toC(template));
    try {
      return handlesOf(most, (bytes) => Number(handleOf((out) => c.findObjects(session, bytes, most, out))));
    } finally {
      c.findObjectsFinal(session);
    }
  },
});

const keyCalls = (c: Functions) => ({
  sign(session: Handle, mechanism: number, key: Handle, data: Uint8Array): Uint8Array {
    c.signInit(session, toMechanism(mechanism), key);
    return bytesOf((bytes, length) => c.sign(session, data, data.length, bytes, length));
  },
  generateKey: (session: Handle, mechanism: number, template: Template): Handle =>
    handleOf((out) => c.generateKey(session, toMechanism(mechanism), ...toC(template), out)),
  generateKeyPair(
    session: Handle,
    mechanism: number,
    templates: { publicKey: Template; privateKey: Template },
  ): { publicKey: Handle; privateKey: Handle } {
    const [publicKey, privateKey]: [[Handle], [Handle]] = [[0], [0]];
    const both = [...toC(templates.publicKey), ...toC(templates.privateKey)];
    c.generateKeyPair(session, toMechanism(mechanism), ...both, publicKey, privateKey);
    return { publicKey: publicKey[0], privateKey: privateKey[0] };
  },
  wrapKey: (session: Handle, mechanism: number, { by, key }: { by: Handle; key: Handle }): Uint8Array =>
    bytesOf((bytes, length) => c.wrapKey(session, toMechanism(mechanism), by, key, bytes, length)),
  unwrapKey: (
    session: Handle,
    mechanism: number,
    { by, wrapped, template }: { by: Handle; wrapped: Uint8Array; template: Template },
  ): Handle =>
    handleOf((out) =>
      c.unwrapKey(session, toMechanism(mechanism), by, wrapped, wrapped.length, ...toC(template), out),
    ),
});

/** Loads a PKCS #11 module; throws what the system's loader says when it is none. */
export const loadCryptoki = (koffi: Koffi, modulePath: string) => {
  const functions = loadFunctions(koffi, modulePath);
  return { ...tokenCalls(functions), ...objectCalls(functions), ...keyCalls(functions) };
};

export type Cryptoki = ReturnType<typeof loadCryptoki>;
