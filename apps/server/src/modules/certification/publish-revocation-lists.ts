import { assembleCrl, prepareCrl, type CrlEntry, type RevocationReason } from '@sochi/signature';
import { createHash } from 'node:crypto';
import { OPERATOR_CHAIN, recordAudit } from '#modules/audit/index.ts';
import type { AppContext } from '../../context.ts';
import { inTransaction } from '../../db/database.ts';
import { signAsService } from '../../keys/service-keys.ts';
import { auditActor } from './audit-act.ts';
import { AUTHORITIES, type Authority } from './authority.ts';
import { getIssuer } from './get-issuer.ts';
import { insertList, readRevocations, type LastList, type ListedEntry } from './revocation-queries.ts';

/*
 * Read what is revoked and what the last list was, of one moment; sign outside any transaction; insert under the next number.
 * The number is taken by the insert alone: of two publishers one finds it taken and starts again, with what the other has
 * published. So numbers grow without gaps for any number of processes, a later list never knows less than an earlier one, and a
 * crash at any point leaves nothing but work for the next publisher, who sees by the hash of the entries that a list is behind.
 */

type Context = Pick<AppContext, 'db' | 'clock' | 'keystore'>;
type Rhythm = { every: { hours: number }; valid: { hours: number } };

/** The root's key is used seldom. */
const RHYTHM: Readonly<Record<Authority, Rhythm>> = {
  issuing: { every: { hours: 6 }, valid: { hours: 24 } },
  root: { every: { hours: 7 * 24 }, valid: { hours: 30 * 24 } },
};
const MOST_TRIES = 20;

const hashOf = (entries: readonly ListedEntry[]): Buffer =>
  createHash('sha256').update(JSON.stringify(entries)).digest();

const isDue = (
  last: LastList | undefined,
  entriesSha256: Buffer,
  next: Temporal.Instant,
  every: Rhythm['every'],
): boolean =>
  !last ||
  !last.entriesSha256.equals(entriesSha256) ||
  Temporal.Instant.compare(next, last.thisUpdate.add(every)) >= 0;

const crlEntry = ({ serial, reason, since }: ListedEntry): CrlEntry => ({
  serial,
  revokedAt: since,
  // Only the reasons of the contract and `certificateHold` are written into the column.
  reason: reason as RevocationReason,
});

/** A clock that was set back makes no list that looks older than the one before. */
const notBefore = (now: Temporal.Instant, last: LastList | undefined): Temporal.Instant =>
  last && Temporal.Instant.compare(now, last.thisUpdate) < 0 ? last.thisUpdate : now;

type Outcome = 'published' | 'not_due' | 'outrun';

const publishOnce = async (
  ctx: Context,
  authority: Authority,
  { always }: { always: boolean },
): Promise<Outcome> => {
  const now = ctx.clock.now().round({ smallestUnit: 'second', roundingMode: 'trunc' });
  const { entries, last } = await readRevocations(ctx.db, authority, now);
  const entriesSha256 = hashOf(entries);
  const { every, valid } = RHYTHM[authority];
  if (!always && !isDue(last, entriesSha256, now, every)) return 'not_due';
  const issuer = await getIssuer(ctx.db, authority);
  const thisUpdate = notBefore(now, last);
  const number = (last?.number ?? 0n) + 1n;
  const nextUpdate = thisUpdate.add(valid);
  const prepared = prepareCrl({
    issuer: issuer.certificate,
    number,
    thisUpdate,
    nextUpdate,
    entries: entries.map(crlEntry),
  });
  const der = assembleCrl(prepared, await signAsService(ctx.keystore, issuer, prepared.toBeSigned));
  return inTransaction(ctx.db, async (tx) => {
    const list = { authority, number, thisUpdate, nextUpdate, entriesSha256, der };
    if (!(await insertList(tx, list))) return 'outrun';
    await recordAudit(tx, {
      chain: OPERATOR_CHAIN,
      act: 'revocation_list.published',
      actor: auditActor(null),
      subject: { kind: 'revocation_list', id: `${authority}/${number}` },
      data: { entries: entries.length, nextUpdate: nextUpdate.toString() },
      at: now,
    });
    return 'published';
  });
};

const publish = async (ctx: Context, authority: Authority, how: { always: boolean }): Promise<boolean> => {
  for (let attempt = 0; attempt < MOST_TRIES; attempt += 1) {
    const outcome = await publishOnce(ctx, authority, how);
    // Whoever outran us may have published what we were about to: then nothing is due any more.
    if (outcome !== 'outrun') return outcome === 'published';
  }
  throw new Error(`no number for a revocation list of ${authority} in ${MOST_TRIES} tries`);
};

/**
 * Publishes each authority's revocation list that is due: something changed since the last one, or it is old. With `always` both
 * lists, due or not. Gives the authorities whose list was published. Any number of processes may do so at once.
 */
export const publishRevocationLists = async (
  ctx: Context,
  how: { always: boolean } = { always: false },
): Promise<Authority[]> => {
  const published: Authority[] = [];
  for (const authority of AUTHORITIES) if (await publish(ctx, authority, how)) published.push(authority);
  return published;
};

/**
 * Publishes what an act has just changed. The act is recorded and OCSP tells of it already: when the keystore or the database is
 * away at this moment, the worker publishes within a minute.
 */
export const publishAtOnce = async (ctx: Context & Pick<AppContext, 'log'>): Promise<void> => {
  try {
    await publishRevocationLists(ctx);
  } catch (error) {
    ctx.log.error({ err: error }, 'a revocation list was not published at once: the worker will');
  }
};
