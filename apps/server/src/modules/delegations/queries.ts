import type { DelegationEnd } from '@sochi/contract';
import type { OfficerRole } from '@sochi/kernel';
import { sql } from 'kysely';
import { randomUUIDv7 } from 'node:crypto';
import type { DbOrTx, Tx } from '../../db/database.ts';

/** An instant as PostgreSQL compares it. */
const moment = (instant: Temporal.Instant) => sql<Temporal.Instant>`${instant.toString()}::timestamptz`;

/** The two officers of a company with the credential each signs with now; an officer without a valid one is left out. */
export const listSigners = async (db: DbOrTx, companyId: string, now: Temporal.Instant) => {
  const rows = await db
    .selectFrom('officer')
    .innerJoin('company', 'company.id', 'officer.company_id')
    .innerJoin('credential', 'credential.officer_id', 'officer.id')
    .distinctOn('officer.role')
    .select([
      'company.inn',
      'officer.id as officer_id',
      'officer.role',
      'officer.full_name',
      'credential.id as credential_id',
      'credential.carrier',
      'credential.certificate',
      'credential.sealed_key',
      'credential.valid_to',
    ])
    .where('officer.company_id', '=', companyId)
    .where('credential.state', '=', 'active')
    .where('credential.valid_to', '>', moment(now))
    .orderBy('officer.role')
    .orderBy('credential.valid_to', 'desc')
    .execute();
  const of = (role: OfficerRole) => rows.find((row) => row.role === role);
  return { head: of('head'), accountant: of('accountant') };
};

export type Signer = NonNullable<Awaited<ReturnType<typeof listSigners>>['head']>;

/** The delegation of a company's head that has not ended; its expiry is in the record. */
export const findActiveDelegation = (db: DbOrTx, companyId: string) =>
  db
    .selectFrom('delegation')
    .innerJoin('officer as head', 'head.id', 'delegation.head_id')
    .innerJoin('company', 'company.id', 'delegation.company_id')
    .innerJoin('credential', 'credential.id', 'delegation.head_credential_id')
    .select([
      'delegation.id',
      'delegation.company_id',
      'delegation.head_id',
      'delegation.head_credential_id',
      'delegation.delegate_id',
      'delegation.record',
      'delegation.signature',
      'delegation.sealed_key',
      'delegation.granted_at',
      'delegation.expires_at',
      'head.full_name as head_full_name',
      'company.inn',
      'credential.certificate as head_certificate',
    ])
    .where('delegation.company_id', '=', companyId)
    .where('delegation.ended_at', 'is', null)
    .executeTakeFirst();

export type DelegationRow = NonNullable<Awaited<ReturnType<typeof findActiveDelegation>>>;

/** How the last delegation of a company ended. */
export const findLastEnd = (db: DbOrTx, companyId: string) =>
  db
    .selectFrom('delegation')
    .select(['ended_at', 'ended_why'])
    .where('company_id', '=', companyId)
    .where('ended_at', 'is not', null)
    .orderBy('id', 'desc')
    .executeTakeFirst();

/** What a grant with this key made before. */
export const findGranted = (db: DbOrTx, companyId: string, grantKey: string) =>
  db
    .selectFrom('delegation')
    .select(['id', 'record'])
    .where('company_id', '=', companyId)
    .where('grant_key', '=', grantKey)
    .executeTakeFirst();

/**
 * Holds a delegation for the transaction that records a signature made by it: whoever ends it waits until then, and once it is
 * ended nobody holds it. False when it has ended.
 */
export const holdDelegation = async (tx: Tx, id: string): Promise<boolean> => {
  const row = await tx
    .selectFrom('delegation')
    .select('id')
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .forShare()
    .executeTakeFirst();
  return row !== undefined;
};

/**
 * Holds the credentials of a delegation that is about to begin, so that none of them ends or gets another key or PIN meanwhile;
 * the head's for nobody else to delegate with. False when one is not as it was read.
 */
export const holdSigners = async (tx: Tx, head: Signer, accountant: Signer): Promise<boolean> => {
  const [own] = await tx
    .selectFrom('credential')
    .select('sealed_key')
    .where('id', '=', head.credential_id)
    .where('state', '=', 'active')
    .where('certificate', '=', head.certificate)
    .forNoKeyUpdate()
    .execute();
  const [other] = await tx
    .selectFrom('credential')
    .select('id')
    .where('id', '=', accountant.credential_id)
    .where('state', '=', 'active')
    .where('certificate', '=', accountant.certificate)
    .forShare()
    .execute();
  const isSameKey = own?.sealed_key && head.sealed_key?.equals(own.sealed_key);
  return other !== undefined && isSameKey === true;
};

export const insertDelegation = (
  tx: Tx,
  delegation: {
    id: string;
    companyId: string;
    head: Signer;
    accountant: Signer;
    record: Uint8Array;
    signature: Uint8Array;
    sealedKey: Uint8Array;
    grantKey: string;
    now: Temporal.Instant;
    expiresAt: Temporal.Instant;
  },
) =>
  tx
    .insertInto('delegation')
    .values({
      id: delegation.id,
      company_id: delegation.companyId,
      head_id: delegation.head.officer_id,
      head_credential_id: delegation.head.credential_id,
      delegate_id: delegation.accountant.officer_id,
      delegate_credential_id: delegation.accountant.credential_id,
      record: Buffer.from(delegation.record),
      signature: Buffer.from(delegation.signature),
      sealed_key: Buffer.from(delegation.sealedKey),
      grant_key: delegation.grantKey,
      granted_at: delegation.now.toString(),
      expires_at: delegation.expiresAt.toString(),
    })
    .execute();

/** At most 1000 at a time, those longest over first. */
export const listExpired = (db: DbOrTx, now: Temporal.Instant) =>
  db
    .selectFrom('delegation')
    .select('id')
    .where('ended_at', 'is', null)
    .where('expires_at', '<=', moment(now))
    .orderBy('expires_at')
    .limit(1_000)
    .execute();

/** Which delegations to end: of a company's head, by a credential of the head or of either officer, or one by its id. */
export type WhichDelegations =
  { companyId: string } | { headCredentialId: string } | { credentialId: string } | { id: string };

/** Deletes the keys and leaves when and why; gives what ended, whose key nobody can use from the commit on. */
export const markEnded = (
  tx: Tx,
  which: WhichDelegations,
  end: { at: Temporal.Instant; why: DelegationEnd },
) =>
  tx
    .updateTable('delegation')
    .set({ sealed_key: null, ended_at: end.at.toString(), ended_why: end.why })
    .where('ended_at', 'is', null)
    .where((eb) => {
      if ('companyId' in which) return eb('company_id', '=', which.companyId);
      if ('id' in which) return eb('id', '=', which.id);
      if ('headCredentialId' in which) return eb('head_credential_id', '=', which.headCredentialId);
      return eb.or([
        eb('head_credential_id', '=', which.credentialId),
        eb('delegate_credential_id', '=', which.credentialId),
      ]);
    })
    .returning(['id', 'company_id', 'head_id'])
    .execute();

export type EndedRow = Awaited<ReturnType<typeof markEnded>>[number];

export const insertUse = (
  tx: Tx,
  use: {
    delegationId: string;
    companyId: string;
    filingId: string;
    usedAt: Temporal.Instant;
    taxDue: number | null;
  },
) =>
  tx
    .insertInto('delegation_use')
    .values({
      id: randomUUIDv7(),
      delegation_id: use.delegationId,
      company_id: use.companyId,
      filing_id: use.filingId,
      used_at: use.usedAt.toString(),
      tax_due: use.taxDue === null ? null : String(use.taxDue),
    })
    .execute();

export const countUses = async (db: DbOrTx, delegationId: string): Promise<number> => {
  const row = await db
    .selectFrom('delegation_use')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('delegation_id', '=', delegationId)
    .executeTakeFirstOrThrow();
  return Number(row.count);
};

/** Uses of a company's delegations, newest first, from just before `before` (a use's id; ids grow with time). */
export const listUses = (
  db: DbOrTx,
  page: { companyId: string; delegationId?: string; limit: number; before?: string | undefined },
) => {
  let query = db
    .selectFrom('delegation_use as used')
    .innerJoin('filing', 'filing.id', 'used.filing_id')
    .innerJoin('filing_signature as signed', (join) =>
      join.onRef('signed.filing_id', '=', 'used.filing_id').on('signed.role', '=', 'head'),
    )
    .select([
      'used.id',
      'used.used_at',
      'used.tax_due',
      'signed.delegate_full_name',
      'filing.id as filing_id',
      'filing.number',
      'filing.form_id',
      'filing.period_from',
      'filing.period_to',
    ])
    .where('used.company_id', '=', page.companyId);
  if (page.delegationId !== undefined) query = query.where('used.delegation_id', '=', page.delegationId);
  if (page.before !== undefined) query = query.where('used.id', '<', page.before);
  return query.orderBy('used.id', 'desc').limit(page.limit).execute();
};

export type UseRow = Awaited<ReturnType<typeof listUses>>[number];

/** Tells a person at the operator. */
export const insertWorkItem = (tx: Tx, item: { kind: string; detail: string; now: Temporal.Instant }) =>
  tx
    .insertInto('work_item')
    .values({ id: randomUUIDv7(), kind: item.kind, detail: item.detail, created_at: item.now.toString() })
    .execute();
