import { sql, type Selectable } from 'kysely';
import type { DbOrTx } from '../../../db/database.ts';
import type { AuditEventTable } from '../../../db/types.gen.ts';
import type { Checkpoint } from '../checkpoint.ts';
import type { StoredHead, Witness } from './chain-checker.ts';
import type { StoredEvent } from './find-origins.ts';

/** Rows in memory at once, of each table. */
const PAGE = 2_000;

type Place = { chain: string; seq: number };

const storedEvent = (row: Selectable<AuditEventTable>): StoredEvent => ({
  chain: row.chain,
  seq: Number(row.seq),
  at: row.at,
  act: row.act,
  actorKind: row.actor_kind,
  actorId: row.actor_id,
  actorName: row.actor_name,
  address: row.address,
  userAgent: row.user_agent,
  onBehalfOf: row.on_behalf_of,
  subjectKind: row.subject_kind,
  subjectId: row.subject_id,
  data: row.data,
  previousHash: row.previous_hash,
  hash: row.hash,
});

export const listEvents = async (db: DbOrTx, after: Place | undefined): Promise<StoredEvent[]> => {
  let query = db.selectFrom('audit_event').selectAll();
  if (after) query = query.where(sql<boolean>`(chain, seq) > (${after.chain}, ${after.seq})`);
  const rows = await query.orderBy('chain').orderBy('seq').limit(PAGE).execute();
  return rows.map(storedEvent);
};

/** Newest first. */
export const listEventsBefore = async (
  db: DbOrTx,
  page: { chain: string; before: number; limit: number },
): Promise<StoredEvent[]> => {
  const rows = await db
    .selectFrom('audit_event')
    .selectAll()
    .where('chain', '=', page.chain)
    .where('seq', '<', String(page.before))
    .orderBy('seq', 'desc')
    .limit(page.limit)
    .execute();
  return rows.map(storedEvent);
};

export type HeadRow = StoredHead & { chain: string };

export const listHeads = async (db: DbOrTx, after: HeadRow | undefined): Promise<HeadRow[]> => {
  let query = db.selectFrom('audit_head').selectAll();
  if (after) query = query.where('chain', '>', after.chain);
  const rows = await query.orderBy('chain').limit(PAGE).execute();
  return rows.map((row) => ({ ...row, seq: Number(row.seq) }));
};

export type WitnessRow = Omit<Witness, 'isSound'> & { chain: string };

/** What checkpoints say, by the chain they say it of. */
export const listWitnesses = async (db: DbOrTx, after: WitnessRow | undefined): Promise<WitnessRow[]> => {
  let query = db.selectFrom('audit_checkpoint_head').selectAll();
  if (after)
    query = query.where(
      sql<boolean>`(chain, seq, checkpoint) > (${after.chain}, ${after.seq}, ${after.checkpoint})`,
    );
  const rows = await query.orderBy('chain').orderBy('seq').orderBy('checkpoint').limit(PAGE).execute();
  return rows.map((row) => ({ ...row, seq: Number(row.seq), checkpoint: Number(row.checkpoint) }));
};

/** What checkpoints say, by the checkpoint that says it. */
export const listCheckpointHeads = async (
  db: DbOrTx,
  after: WitnessRow | undefined,
): Promise<WitnessRow[]> => {
  let query = db.selectFrom('audit_checkpoint_head').selectAll();
  if (after)
    query = query.where(
      sql<boolean>`(checkpoint, chain, seq) > (${after.checkpoint}, ${after.chain}, ${after.seq})`,
    );
  const rows = await query.orderBy('checkpoint').orderBy('chain').orderBy('seq').limit(PAGE).execute();
  return rows.map((row) => ({ ...row, seq: Number(row.seq), checkpoint: Number(row.checkpoint) }));
};

export type StoredCheckpoint = Omit<Checkpoint, 'heads'> & { hash: Uint8Array; signature: Uint8Array };

export const listCheckpoints = async (
  db: DbOrTx,
  after: StoredCheckpoint | undefined,
): Promise<StoredCheckpoint[]> => {
  let query = db.selectFrom('audit_checkpoint').selectAll();
  if (after) query = query.where('number', '>', String(after.number));
  const rows = await query.orderBy('number').limit(PAGE).execute();
  return rows.map((row) => ({
    number: Number(row.number),
    at: row.at,
    previousHash: row.previous_hash,
    hash: row.hash,
    signature: row.signature,
  }));
};

/** The certificate a service key of the operator has here. */
export const findServiceCertificate = async (db: DbOrTx, name: string): Promise<Buffer | undefined> => {
  const row = await db
    .selectFrom('service_key')
    .select('certificate')
    .where('name', '=', name)
    .executeTakeFirst();
  return row?.certificate;
};
