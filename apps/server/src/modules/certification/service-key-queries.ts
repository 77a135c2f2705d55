import type { DbOrTx, Tx } from '../../db/database.ts';
import type { NewKey } from '../../keys/keystore.ts';
import type { ServiceKeyName } from '../../keys/service-keys.ts';

type ServiceKeyRow = { name: ServiceKeyName; certificate: Uint8Array; sealed: NewKey['sealed'] };

const valuesOf = ({ name, certificate, sealed }: ServiceKeyRow) => ({
  name,
  certificate: Buffer.from(certificate),
  sealed_key: Buffer.from(sealed),
});

/** False when there is a key of this name already. */
export const insertServiceKey = async (tx: Tx, row: ServiceKeyRow): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('service_key')
    .values(valuesOf(row))
    .onConflict((conflict) => conflict.column('name').doNothing())
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n;
};

/** Adds the key to a certificate that is there without one, or both; false when the name has another certificate or a key. */
export const adoptServiceKey = async (db: DbOrTx, row: ServiceKeyRow): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('service_key')
    .values(valuesOf(row))
    .onConflict((conflict) =>
      conflict
        .column('name')
        .doUpdateSet({ sealed_key: Buffer.from(row.sealed) })
        .where('service_key.sealed_key', 'is', null)
        .where('service_key.certificate', '=', Buffer.from(row.certificate)),
    )
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n;
};

/** Puts a new key and certificate in the place of `former`; false when another one is there. */
export const replaceServiceKey = async (tx: Tx, row: ServiceKeyRow, former: Uint8Array): Promise<boolean> => {
  const { numUpdatedRows } = await tx
    .updateTable('service_key')
    .set(valuesOf(row))
    .where('name', '=', row.name)
    .where('certificate', '=', Buffer.from(former))
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
};

/** Certificates of service keys that the centre has no record of: an earlier version made them. */
export const listUnrecordedServiceKeys = (db: DbOrTx) =>
  db
    .selectFrom('service_key')
    .select(['name', 'certificate'])
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('issued_certificate')
            .select('issued_certificate.id')
            .whereRef('issued_certificate.der', '=', 'service_key.certificate'),
        ),
      ),
    )
    .execute();

/** Certificates of before the centre, whose key nobody has looked at. */
export const listWithoutKeyHash = (db: DbOrTx, limit: number) =>
  db
    .selectFrom('issued_certificate')
    .select(['id', 'der'])
    .where('key_sha256', 'is', null)
    .limit(limit)
    .execute();

export const setKeyHash = (db: DbOrTx, id: string, keySha256: Buffer) =>
  db
    .updateTable('issued_certificate')
    .set({ key_sha256: keySha256 })
    .where('id', '=', id)
    .where('key_sha256', 'is', null)
    .execute();

export const findCertificateId = async (db: DbOrTx, sha256: string): Promise<string | undefined> =>
  (
    await db
      .selectFrom('issued_certificate')
      .select('id')
      .where('sha256', '=', Buffer.from(sha256, 'hex'))
      .executeTakeFirst()
  )?.id;
