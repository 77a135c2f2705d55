import { sql } from 'kysely';
import type { DbOrTx, Tx } from '../../db/database.ts';

export const findSessionRow = (db: DbOrTx, tokenSha256: Buffer) =>
  db
    .selectFrom('session')
    .innerJoin('officer', 'officer.id', 'session.officer_id')
    .innerJoin('credential', 'credential.id', 'session.credential_id')
    .select([
      'session.id',
      'session.company_id',
      'session.officer_id',
      'session.credential_id',
      'session.signing_grant',
      'session.last_seen_at',
      'session.expires_at',
      'officer.role',
      'officer.full_name',
      'credential.state as credential_state',
      'credential.certificate',
      'credential.valid_to',
    ])
    .where('session.token_sha256', '=', tokenSha256)
    .executeTakeFirst();

export const touchSession = (db: DbOrTx, id: string, now: Temporal.Instant) =>
  db.updateTable('session').set({ last_seen_at: now.toString() }).where('id', '=', id).execute();

/** The company of an ИНН, if there is one, and the credential that logs in for this role of it, if there is one that ever could. */
export const findLogin = (db: DbOrTx, inn: string, role: string) =>
  db
    .selectFrom('company')
    .leftJoin('officer', (join) =>
      join.onRef('officer.company_id', '=', 'company.id').on('officer.role', '=', role),
    )
    .leftJoin('credential', (join) =>
      join.onRef('credential.officer_id', '=', 'officer.id').on('credential.carrier', '=', 'cloud'),
    )
    .select([
      'company.id as company_id',
      'officer.id as officer_id',
      'officer.full_name',
      'credential.id as credential_id',
      'credential.state',
      'credential.sealed_key',
      'credential.valid_to',
    ])
    .where('company.inn', '=', inn)
    // A signature that was issued after a revocation may end in the same second as the revoked one.
    .orderBy(sql`credential.state = 'revoked'`)
    .orderBy('credential.valid_to', (order) => order.desc().nullsLast())
    .executeTakeFirst();

/**
 * Takes one of the attempts of a window before the PIN is looked at; undefined when none is left. The window starts anew when
 * its start moves on. One statement: exact for any number of parallel attempts and processes.
 */
export const takeAttempt = async (
  db: DbOrTx,
  attempt: { scope: 'credential' | 'address'; subject: string; windowStart: Temporal.Instant; limit: number },
): Promise<{ attempts: number } | undefined> => {
  const { rows } = await sql<{ attempts: number }>`
    insert into login_attempt as had (scope, subject, window_start, attempts)
    values (${attempt.scope}, ${attempt.subject}, ${attempt.windowStart.toString()}, 1)
    on conflict (scope, subject) do update
      set attempts = case when had.window_start = excluded.window_start then had.attempts + 1 else 1 end,
          window_start = excluded.window_start
      where had.window_start <> excluded.window_start or had.attempts < ${attempt.limit}
    returning attempts`.execute(db);
  return rows[0];
};

/** Attempts taken in a window so far, without taking one. */
export const countAttempts = async (
  db: DbOrTx,
  attempt: { scope: 'credential' | 'address'; subject: string; windowStart: Temporal.Instant },
): Promise<number> => {
  const row = await db
    .selectFrom('login_attempt')
    .select(['attempts', 'window_start'])
    .where('scope', '=', attempt.scope)
    .where('subject', '=', attempt.subject)
    .executeTakeFirst();
  return row && Temporal.Instant.compare(row.window_start, attempt.windowStart) === 0 ? row.attempts : 0;
};

export const clearAttempts = (db: DbOrTx, scope: 'credential' | 'address', subject: string) =>
  db.deleteFrom('login_attempt').where('scope', '=', scope).where('subject', '=', subject).execute();

export const insertSession = (
  db: DbOrTx,
  session: {
    id: string;
    tokenSha256: Buffer;
    credentialId: string;
    officerId: string;
    companyId: string;
    grant: Uint8Array;
    now: Temporal.Instant;
    expiresAt: Temporal.Instant;
  },
) =>
  db
    .insertInto('session')
    .values({
      id: session.id,
      token_sha256: session.tokenSha256,
      credential_id: session.credentialId,
      officer_id: session.officerId,
      company_id: session.companyId,
      signing_grant: Buffer.from(session.grant),
      created_at: session.now.toString(),
      last_seen_at: session.now.toString(),
      expires_at: session.expiresAt.toString(),
    })
    .execute();

/** Ends a session; gives whose it was, undefined when there was none. */
export const deleteSession = (db: DbOrTx, tokenSha256: Buffer) =>
  db
    .deleteFrom('session')
    .using('officer')
    .whereRef('officer.id', '=', 'session.officer_id')
    .where('token_sha256', '=', tokenSha256)
    .returning(['session.id', 'session.company_id', 'session.officer_id', 'officer.full_name'])
    .executeTakeFirst();

/** Ends every session of a credential, and with them its signing grants, in the transaction in which it stops being active. */
export const endSessionsOf = async (tx: Tx, credentialId: string): Promise<void> => {
  await tx.deleteFrom('session').where('credential_id', '=', credentialId).execute();
};

/**
 * Holds a credential for the transaction that records what was signed with it: whoever suspends or revokes it waits until then.
 * False when it is not active any more.
 */
export const holdActiveCredential = async (tx: Tx, credentialId: string): Promise<boolean> =>
  (await tx
    .selectFrom('credential')
    .select('id')
    .where('id', '=', credentialId)
    .where('state', '=', 'active')
    .forShare()
    .executeTakeFirst()) !== undefined;

/**
 * Holds a session for the transaction that records what was signed in it; false when it has ended. After the credential: whoever
 * ends all sessions of a credential holds that first.
 */
export const holdSession = async (tx: Tx, id: string): Promise<boolean> =>
  (await tx.selectFrom('session').select('id').where('id', '=', id).forShare().executeTakeFirst()) !==
  undefined;

/**
 * Holds a credential for the transaction that opens a session with its key: whoever changes the PIN or the state waits until then.
 * False when it is not active, or its key is not sealed any more as it was when the PIN opened it.
 */
export const holdOpenedKey = async (
  tx: Tx,
  { credentialId, sealedKey }: { credentialId: string; sealedKey: Uint8Array },
): Promise<boolean> =>
  (await tx
    .selectFrom('credential')
    .select('id')
    .where('id', '=', credentialId)
    .where('state', '=', 'active')
    .where('sealed_key', '=', Buffer.from(sealedKey))
    .forShare()
    .executeTakeFirst()) !== undefined;

/**
 * Gives an attempt back that told nothing about the PIN. The window is as it was taken in, for an attempt is given back at once.
 */
export const giveAttemptBack = async (db: DbOrTx, scope: 'credential' | 'address', subject: string) =>
  db
    .updateTable('login_attempt')
    .set(({ eb }) => ({ attempts: eb('attempts', '-', 1) }))
    .where('scope', '=', scope)
    .where('subject', '=', subject)
    .where('attempts', '>', 0)
    .execute();

/** What the header shows. */
export const getSessionView = (db: DbOrTx, sessionId: string) =>
  db
    .selectFrom('session')
    .innerJoin('officer', 'officer.id', 'session.officer_id')
    .innerJoin('company', 'company.id', 'session.company_id')
    .innerJoin('credential', 'credential.id', 'session.credential_id')
    .select((eb) => [
      'officer.id as officer_id',
      'officer.full_name',
      'officer.role',
      'company.id as company_id',
      'company.inn',
      'company.name',
      'credential.valid_to',
      'credential.serial',
      eb
        .selectFrom('ledger_entry')
        .select(({ fn }) => fn.coalesce(fn.sum<string>('amount'), sql<string>`0`).as('balance'))
        .whereRef('ledger_entry.company_id', '=', 'company.id')
        .as('balance'),
    ])
    .where('session.id', '=', sessionId)
    .executeTakeFirstOrThrow();
