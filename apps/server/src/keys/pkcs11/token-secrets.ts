import type { SealPurpose } from '../vault.ts';
import { CKA, CKK, CKM, CKO } from './constants.ts';
import type { Attribute, Cryptoki, Handle } from './cryptoki.ts';

/**
 * The secrets that stay in the HSM: one AES-256 key that wraps the keys of users and services, and one HMAC key for each
 * purpose of a seal. Not extractable, made once by `sochi keystore init`, known by their labels.
 */
export type TokenSecrets = { wrapping: Handle; hmac: Record<SealPurpose, Handle> };

const LENGTH = 32;

const STAYING: readonly Attribute[] = [
  [CKA.CLASS, CKO.SECRET_KEY],
  [CKA.TOKEN, true],
  [CKA.PRIVATE, true],
  [CKA.SENSITIVE, true],
  [CKA.EXTRACTABLE, false],
  [CKA.VALUE_LEN, LENGTH],
];

const WRAPPING: readonly Attribute[] = [
  ...STAYING,
  [CKA.KEY_TYPE, CKK.AES],
  [CKA.WRAP, true],
  [CKA.UNWRAP, true],
  [CKA.ENCRYPT, false],
  [CKA.DECRYPT, false],
  [CKA.SIGN, false],
  [CKA.DERIVE, false],
];

const HMAC: readonly Attribute[] = [
  ...STAYING,
  [CKA.KEY_TYPE, CKK.GENERIC_SECRET],
  [CKA.SIGN, true],
  [CKA.VERIFY, false],
  [CKA.ENCRYPT, false],
  [CKA.DECRYPT, false],
  [CKA.WRAP, false],
  [CKA.UNWRAP, false],
  [CKA.DERIVE, false],
];

const SECRETS = {
  'sochi-wrapping': { mechanism: CKM.AES_KEY_GEN, template: WRAPPING },
  'sochi-pin': { mechanism: CKM.GENERIC_SECRET_KEY_GEN, template: HMAC },
  'sochi-grant': { mechanism: CKM.GENERIC_SECRET_KEY_GEN, template: HMAC },
  'sochi-delegation': { mechanism: CKM.GENERIC_SECRET_KEY_GEN, template: HMAC },
  'sochi-service': { mechanism: CKM.GENERIC_SECRET_KEY_GEN, template: HMAC },
} as const;

type SecretLabel = keyof typeof SECRETS;
// The keys of the table are the labels: Object.keys only forgets it.
const LABELS = Object.keys(SECRETS) as SecretLabel[];

/** The token does not hold what it should; the message is a sentence for the operator. */
export class TokenSecretsError extends Error {}

const find = (cryptoki: Cryptoki, session: Handle, label: SecretLabel): Handle | undefined => {
  const template: Attribute[] = [
    [CKA.CLASS, CKO.SECRET_KEY],
    [CKA.LABEL, Buffer.from(label)],
  ];
  const [first, second] = cryptoki.findObjects(session, template, 2);
  if (second !== undefined)
    throw new TokenSecretsError(`the token holds more than one key named ${label}: remove the wrong one`);
  return first;
};

/** Makes the secrets that are not there yet, and gives their labels. */
export const createTokenSecrets = (cryptoki: Cryptoki, session: Handle): string[] => {
  const missing = LABELS.filter((label) => find(cryptoki, session, label) === undefined);
  for (const label of missing) {
    const { mechanism, template } = SECRETS[label];
    cryptoki.generateKey(session, mechanism, [...template, [CKA.LABEL, Buffer.from(label)]]);
  }
  return missing;
};

export const findTokenSecrets = (cryptoki: Cryptoki, session: Handle): TokenSecrets => {
  const get = (label: SecretLabel): Handle => {
    const found = find(cryptoki, session, label);
    if (found !== undefined) return found;
    throw new TokenSecretsError(
      `the token holds no key named ${label}: run «npm run sochi -- keystore init» once`,
    );
  };
  return {
    wrapping: get('sochi-wrapping'),
    hmac: {
      pin: get('sochi-pin'),
      grant: get('sochi-grant'),
      delegation: get('sochi-delegation'),
      service: get('sochi-service'),
    },
  };
};
