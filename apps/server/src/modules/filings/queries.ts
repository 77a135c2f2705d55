import type { OfficerRole } from '@sochi/kernel';
import { createHash } from 'node:crypto';
import { sql, type ExpressionBuilder } from 'kysely';
import { jsonArrayFrom } from 'kysely/helpers/postgres';
import type { DbOrTx, Tx } from '../../db/database.ts';
import type { Database } from '../../db/types.gen.ts';
import type { RevocationFile } from '#modules/certification/index.ts';
import type { DocumentKind, ProvenDocument } from './proven-document.ts';
import { awaitingState } from './transitions.ts';

const COLUMNS = [
  'filing.id',
  'filing.number',
  'filing.company_id',
  'filing.form_id',
  'filing.agency',
  'filing.period_from',
  'filing.period_to',
  'filing.kind',
  'filing.delivery',
  'filing.check_state',
  'filing.version',
  'filing.report_sha256',
  'filing.signature_sha256',
  'filing.signed_at',
  'filing.postmarked_at',
  'filing.handed_over_at',
  'filing.agency_received_at',
  'filing.decided_at',
  'filing.agency_number',
  'filing.rejection',
  'filing.not_on_behalf',
  'filing.created_at',
  'filing.updated_at',
] as const;

const signatures = (eb: ExpressionBuilder<Database, 'filing'>) =>
  jsonArrayFrom(
    eb
      .selectFrom('filing_signature')
      .select(['role', 'full_name', 'signed_at', 'delegate_full_name'])
      .whereRef('filing_signature.filing_id', '=', 'filing.id')
      .orderBy('signed_at'),
  ).as('signatures');

const filings = (db: DbOrTx) => db.selectFrom('filing').select(COLUMNS).select(signatures);

export type FilingRow = Awaited<ReturnType<typeof findFiling>> & object;

/** A filing of this company; undefined for a foreign one, exactly as for one that does not exist. */
export const findFiling = (db: DbOrTx, companyId: string, id: string) =>
  filings(db).where('filing.id', '=', id).where('filing.company_id', '=', companyId).executeTakeFirst();

export const findFilingDetail = (db: DbOrTx, companyId: string, id: string) =>
  filings(db)
    .select(['filing.answers', 'filing.context'])
    .where('filing.id', '=', id)
    .where('filing.company_id', '=', companyId)
    .executeTakeFirst();

export type FilingList = 'archive' | 'drafts' | 'to_sign';

/** Newest first, from just before `before` (a filing's id; ids grow with time). One more than `limit` tells that more follow. */
export const listFilings = (
  db: DbOrTx,
  page: { companyId: string; list: FilingList; role: OfficerRole; limit: number; before: string | undefined },
) => {
  let query = filings(db).where('filing.company_id', '=', page.companyId);
  if (page.list === 'archive') query = query.where('filing.delivery', '<>', 'draft');
  if (page.list === 'drafts') query = query.where('filing.delivery', '=', 'draft');
  if (page.list === 'to_sign') query = query.where('filing.delivery', '=', awaitingState(page.role));
  if (page.before !== undefined) query = query.where('filing.id', '<', page.before);
  return query
    .orderBy('filing.id', 'desc')
    .limit(page.limit + 1)
    .execute();
};

export const countToSign = async (db: DbOrTx, companyId: string, role: OfficerRole): Promise<number> => {
  const row = await db
    .selectFrom('filing')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('company_id', '=', companyId)
    .where('delivery', '=', awaitingState(role))
    .executeTakeFirstOrThrow();
  return Number(row.count);
};

export const listCertificates = (db: DbOrTx, filingId: string) =>
  db
    .selectFrom('filing_signature')
    .select(['role', 'certificate'])
    .where('filing_id', '=', filingId)
    .execute();

export const listEvents = (db: DbOrTx, filingId: string) =>
  db
    .selectFrom('filing_event')
    .leftJoin('officer', 'officer.id', 'filing_event.officer_id')
    .select([
      'filing_event.at',
      'event',
      'from_state',
      'to_state',
      'note',
      'officer.full_name',
      'officer.role',
    ])
    .where('filing_id', '=', filingId)
    .orderBy('seq')
    .execute();

/** Last postmark and open draft of each form of a company. */
export const listFormActivity = (db: DbOrTx, companyId: string, formIds: readonly string[]) =>
  db
    .selectFrom('filing')
    .select(({ fn }) => ['form_id', fn.max('postmarked_at').as('last_postmarked_at')])
    .where('company_id', '=', companyId)
    .where('form_id', 'in', formIds)
    .where('postmarked_at', 'is not', null)
    .groupBy('form_id')
    .execute();

export const listOpenDrafts = (db: DbOrTx, companyId: string) =>
  db
    .selectFrom('filing')
    .select(['id', 'form_id', 'period_from', 'period_to'])
    .where('company_id', '=', companyId)
    .where('delivery', '=', 'draft')
    .orderBy('id', 'desc')
    .limit(100)
    .execute();

export const getContent = async (db: DbOrTx, sha256: Buffer): Promise<Buffer> => {
  const row = await db
    .selectFrom('content')
    .select('bytes')
    .where('sha256', '=', sha256)
    .executeTakeFirstOrThrow();
  return row.bytes;
};

/** Stores byte strings under their SHA-256; storing the same bytes again does nothing. */
export const putContents = (tx: Tx, contents: readonly { sha256: Buffer; bytes: Uint8Array }[]) =>
  tx
    .insertInto('content')
    .values(contents.map(({ sha256, bytes }) => ({ sha256, bytes: Buffer.from(bytes) })))
    .onConflict((conflict) => conflict.column('sha256').doNothing())
    .execute();

const keepRevocation = async (
  tx: Tx,
  filingId: string,
  document: DocumentKind,
  files: readonly RevocationFile[],
): Promise<void> => {
  if (files.length === 0) return;
  const contents = files.map((file) => ({
    ...file,
    sha256: createHash('sha256').update(file.bytes).digest(),
  }));
  await putContents(tx, contents);
  const rows = contents.map(({ file, sha256 }) => ({
    filing_id: filingId,
    document,
    file,
    content_sha256: sha256,
  }));
  await tx.insertInto('filing_revocation').values(rows).execute();
};

/** Keeps a document of a filing with its signature and the word on revocation that belongs to it. */
export const insertDocument = async (
  tx: Tx,
  filingId: string,
  kind: DocumentKind,
  { json, signature, revocation }: ProvenDocument,
): Promise<void> => {
  await tx
    .insertInto('filing_document')
    .values({ filing_id: filingId, kind, json: Buffer.from(json), signature: Buffer.from(signature) })
    .execute();
  await keepRevocation(tx, filingId, kind, revocation);
};

export const insertDraft = (
  tx: Tx,
  draft: {
    id: string;
    companyId: string;
    formId: string;
    agency: string;
    period: { from: string; to: string };
    kind: string;
    authorId: string;
    year: number;
    now: Temporal.Instant;
  },
) =>
  tx
    .insertInto('filing')
    .values({
      id: draft.id,
      number: sql<string>`${draft.year}::text || '-' || lpad(nextval('filing_number')::text, 8, '0')`,
      company_id: draft.companyId,
      form_id: draft.formId,
      agency: draft.agency,
      period_from: draft.period.from,
      period_to: draft.period.to,
      kind: draft.kind,
      delivery: 'draft',
      author_id: draft.authorId,
      answers: JSON.stringify({ cells: {}, tables: {} }),
      version: 1,
      created_at: draft.now.toString(),
      updated_at: draft.now.toString(),
    })
    .execute();

/** Saves answers over exactly this version; undefined when the draft has moved on or is none. */
export const updateDraft = (
  db: DbOrTx,
  draft: { companyId: string; id: string; version: number; answers: unknown; now: Temporal.Instant },
) =>
  db
    .updateTable('filing')
    .set((eb) => ({
      answers: JSON.stringify(draft.answers),
      version: eb('version', '+', 1),
      updated_at: draft.now.toString(),
    }))
    .where('id', '=', draft.id)
    .where('company_id', '=', draft.companyId)
    .where('delivery', '=', 'draft')
    .where('version', '=', draft.version)
    .returning('version')
    .executeTakeFirst();

export const deleteDraft = (tx: Tx, companyId: string, id: string) =>
  tx
    .deleteFrom('filing')
    .where('id', '=', id)
    .where('company_id', '=', companyId)
    .where('delivery', '=', 'draft')
    .returning('id')
    .executeTakeFirst();

/** Appends what happened; numbers the events of a filing without gaps. */
export const appendEvent = (
  tx: Tx,
  event: {
    filingId: string;
    at: Temporal.Instant;
    event: string;
    from: string | null;
    to: string;
    officerId?: string;
    note?: string;
    data?: Record<string, unknown>;
  },
) =>
  tx
    .insertInto('filing_event')
    .values({
      filing_id: event.filingId,
      seq: sql<number>`(select coalesce(max(seq), 0) + 1 from filing_event where filing_id = ${event.filingId})`,
      at: event.at.toString(),
      event: event.event,
      from_state: event.from,
      to_state: event.to,
      officer_id: event.officerId ?? null,
      note: event.note ?? null,
      data: event.data ? JSON.stringify(event.data) : null,
    })
    .execute();

/** Notes that a command with this key did this; false when it had been noted before. */
export const claimKey = async (
  tx: Tx,
  claim: { companyId: string; key: string; command: string; filingId: string },
): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('idempotency_key')
    .values({
      company_id: claim.companyId,
      key: claim.key,
      command: claim.command,
      filing_id: claim.filingId,
    })
    .onConflict((conflict) => conflict.columns(['company_id', 'key']).doNothing())
    .executeTakeFirstOrThrow();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
};

export const findKey = (db: DbOrTx, companyId: string, key: string) =>
  db
    .selectFrom('idempotency_key')
    .select(['command', 'filing_id'])
    .where('company_id', '=', companyId)
    .where('key', '=', key)
    .executeTakeFirst();
