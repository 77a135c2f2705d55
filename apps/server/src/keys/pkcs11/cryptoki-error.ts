import { CKR } from './constants.ts';

const NAMES = new Map<number, string>(Object.entries(CKR).map(([name, code]) => [code, `CKR_${name}`]));

/**
 * What the HSM said about the request itself: asking again gives the same answer. Everything else (and whatever a vendor
 * invents) means that session, token or device are not what they were.
 */
const REFUSALS: ReadonlySet<number> = new Set([
  CKR.ARGUMENTS_BAD,
  CKR.ATTRIBUTE_READ_ONLY,
  CKR.ATTRIBUTE_SENSITIVE,
  CKR.ATTRIBUTE_TYPE_INVALID,
  CKR.ATTRIBUTE_VALUE_INVALID,
  CKR.DATA_INVALID,
  CKR.DATA_LEN_RANGE,
  CKR.FUNCTION_NOT_SUPPORTED,
  CKR.KEY_SIZE_RANGE,
  CKR.KEY_TYPE_INCONSISTENT,
  CKR.KEY_FUNCTION_NOT_PERMITTED,
  CKR.KEY_NOT_WRAPPABLE,
  CKR.KEY_UNEXTRACTABLE,
  CKR.MECHANISM_INVALID,
  CKR.MECHANISM_PARAM_INVALID,
  CKR.SESSION_READ_ONLY,
  CKR.TEMPLATE_INCOMPLETE,
  CKR.TEMPLATE_INCONSISTENT,
  CKR.TOKEN_WRITE_PROTECTED,
  CKR.WRAPPED_KEY_INVALID,
  CKR.WRAPPED_KEY_LEN_RANGE,
]);

const PIN_REFUSALS: ReadonlySet<number> = new Set([
  CKR.PIN_INCORRECT,
  CKR.PIN_INVALID,
  CKR.PIN_LEN_RANGE,
  CKR.PIN_EXPIRED,
  CKR.PIN_LOCKED,
  CKR.USER_PIN_NOT_INITIALIZED,
]);

/** A function of the PKCS #11 module gave something else than CKR_OK. */
export class CryptokiError extends Error {
  readonly code: number;

  constructor(call: string, code: number) {
    super(`${NAMES.get(code) ?? `error 0x${code.toString(16)}`} in ${call}`);
    this.code = code;
  }

  get isRefusal(): boolean {
    return REFUSALS.has(this.code);
  }

  get isPinRefusal(): boolean {
    return PIN_REFUSALS.has(this.code);
  }
}
