import { readCertificate, type Certificate } from '@sochi/signature';
import { createHash } from 'node:crypto';
import type { DbOrTx } from '../db/database.ts';
import { KeystoreError, KeystoreUnavailable, type Keystore, type SealedKey } from './keystore.ts';

/** The operator's own keys: the certification centre's two, and those it certifies for the operator's services. */
export const SERVICE_KEYS = ['root', 'issuing', 'operator', 'timestamp', 'ocsp'] as const;
export type ServiceKeyName = (typeof SERVICE_KEYS)[number];

export type ServiceKey = { name: ServiceKeyName; certificate: Certificate; key: SealedKey };

/** What the database has under a name: the key is null where a demonstration of before kept it in a file. */
export const findServiceKey = async (
  db: DbOrTx,
  name: ServiceKeyName,
): Promise<(Omit<ServiceKey, 'key'> & { key: SealedKey | null }) | undefined> => {
  const row = await db
    .selectFrom('service_key')
    .select(['certificate', 'sealed_key'])
    .where('name', '=', name)
    .executeTakeFirst();
  return (
    row && {
      name,
      certificate: readCertificate(row.certificate),
      // Only the keystore wrote this column.
      key: row.sealed_key as Uint8Array | null as SealedKey | null,
    }
  );
};

/** The operator's keys are not made yet, or not all of them. */
export class ServiceKeyMissing extends Error {
  constructor(name: ServiceKeyName) {
    super(
      `The certification centre has no key «${name}» yet: run «npm run sochi -- ca init» once, or «npm start».`,
    );
  }
}

/** A key with its certificate; throws ServiceKeyMissing. */
export const getServiceKey = async (db: DbOrTx, name: ServiceKeyName): Promise<ServiceKey> => {
  const found = await findServiceKey(db, name);
  if (!found?.key) throw new ServiceKeyMissing(name);
  return { ...found, key: found.key };
};

/** The database was filled with another keystore than the one at hand: nobody could log in or sign, and every PIN would look wrong. */
export class ForeignKeystore extends Error {
  constructor(kind: Keystore['kind'], cause: unknown) {
    super(
      kind === 'in-process'
        ? 'The keys in the database were not sealed with this master key: check VAR_DIR (keys/master.key) and KEYSTORE.'
        : 'The keys in the database were not sealed by this token: check PKCS11_TOKEN_LABEL and KEYSTORE (docs/runbooks/keystore.md).',
      { cause },
    );
  }
}

/** Opens a key of the operator without signing; throws ForeignKeystore when it does not open. */
export const checkServiceKey = async (
  keystore: Keystore,
  { name, key }: Pick<ServiceKey, 'name' | 'key'>,
): Promise<void> => {
  try {
    await keystore.authorize({ kind: 'service', key, name }, []);
  } catch (error) {
    if (error instanceof KeystoreUnavailable || !(error instanceof KeystoreError)) throw error;
    throw new ForeignKeystore(keystore.kind, error);
  }
};

/** A bare signature over `toBeSigned` by the key's default algorithm. */
export const signAsService = async (
  keystore: Keystore,
  { name, key }: Pick<ServiceKey, 'name' | 'key'>,
  toBeSigned: Uint8Array,
): Promise<Uint8Array> => {
  const hash = createHash('sha256').update(toBeSigned).digest('hex');
  const authorization = await keystore.authorize({ kind: 'service', key, name }, [hash]);
  return keystore.signHash(authorization, toBeSigned);
};
