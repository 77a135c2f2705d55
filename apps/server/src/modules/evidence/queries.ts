import type { DbOrTx } from '../../db/database.ts';

/** The bytes' hashes of a filing of this company; undefined for a foreign one, exactly as for one that does not exist. */
export const findEvidence = (db: DbOrTx, companyId: string, id: string) =>
  db
    .selectFrom('filing')
    .select(['number', 'report_sha256', 'signature_sha256'])
    .where('id', '=', id)
    .where('company_id', '=', companyId)
    .executeTakeFirst();

export const listDocuments = (db: DbOrTx, filingId: string) =>
  db
    .selectFrom('filing_document')
    .select(['kind', 'json', 'signature'])
    .where('filing_id', '=', filingId)
    .execute();
