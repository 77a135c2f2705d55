import { createHash, timingSafeEqual } from 'node:crypto';
import { OPERATOR_CHAIN, recordAudit, type Origin } from '#modules/audit/index.ts';
import { takeAttempt } from '#modules/sessions/index.ts';
import { AppError } from '../../app-error.ts';
import type { AppContext } from '../../context.ts';
import { inTransaction } from '../../db/database.ts';
import type { ActingOfficer } from './acting-officer.ts';
import { findOfficerByName, findOfficerByToken } from './officer-queries.ts';

/** Wrong tokens of one address in ten minutes that the audit trail is told of: less noise. A token has 256 bits, nobody guesses it. */
const MOST_FAILURES = 20;
const WINDOW_MS = 600_000;

const BEARER = /^Bearer ([\w-]{43})$/i;

type Context = Pick<AppContext, 'db' | 'clock'>;

export const tokenSha256 = (token: string): Buffer => createHash('sha256').update(token).digest();

/** One failure of an address, counted and told to the audit trail; after many of them it is told to slow down instead. */
const noteFailure = async (ctx: Context, from: Origin): Promise<void> => {
  const now = ctx.clock.now();
  const startMs = now.epochMilliseconds - (now.epochMilliseconds % WINDOW_MS);
  const taken = await takeAttempt(ctx.db, {
    scope: 'address',
    subject: `certification ${from.address}`,
    windowStart: Temporal.Instant.fromEpochMilliseconds(startMs),
    limit: MOST_FAILURES,
  });
  if (!taken)
    throw new AppError('request.rate_limited', {
      retryAfterSeconds: Math.ceil((startMs + WINDOW_MS - now.epochMilliseconds) / 1000),
    });
  await inTransaction(ctx.db, (tx) =>
    recordAudit(tx, {
      chain: OPERATOR_CHAIN,
      act: 'login.refused',
      actor: { kind: 'stranger' },
      from,
      data: { door: 'certification' },
      at: now,
    }),
  );
};

/** The officer whose token this is, found by its hash and compared in constant time; undefined when it is nobody's. */
export const findOfficer = async (
  ctx: Pick<AppContext, 'db'>,
  token: string,
): Promise<ActingOfficer | undefined> => {
  const hash = tokenSha256(token);
  const row = await findOfficerByToken(ctx.db, hash);
  return row && timingSafeEqual(row.token_sha256, hash) ? { id: row.id, fullName: row.full_name } : undefined;
};

/** The officer of this name, if there is one at present. */
export const findOfficerNamed = async (
  ctx: Pick<AppContext, 'db'>,
  fullName: string,
): Promise<ActingOfficer | undefined> => {
  const row = await findOfficerByName(ctx.db, fullName);
  return row && { id: row.id, fullName: row.full_name };
};

/**
 * The officer of the certification centre behind `Authorization: Bearer <token>`. Refuses with `certification.token_required`,
 * `certification.token_refused` (told to the audit trail) or, after many of these from one address, `request.rate_limited`. A true
 * token is let in from any address, also from one that others guess from.
 */
export const authenticateOfficer = async (
  ctx: Context,
  authorization: string | undefined,
  from: Origin,
): Promise<ActingOfficer> => {
  if (authorization === undefined) throw new AppError('certification.token_required', {});
  const token = BEARER.exec(authorization)?.[1];
  const officer = token === undefined ? undefined : await findOfficer(ctx, token);
  if (officer) return { ...officer, from };
  await noteFailure(ctx, from);
  throw new AppError('certification.token_refused', {});
};
