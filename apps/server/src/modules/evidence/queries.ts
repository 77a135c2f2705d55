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

/** What was known of revocation when each document of the filing was signed. */
export const listRevocation = (db: DbOrTx, filingId: string) =>
  db
    .selectFrom('filing_revocation')
    .innerJoin('content', 'content.sha256', 'filing_revocation.content_sha256')
    .select(['filing_revocation.document', 'filing_revocation.file', 'content.bytes'])
    .where('filing_revocation.filing_id', '=', filingId)
    .orderBy('filing_revocation.document')
    .orderBy('filing_revocation.file')
    .execute();
