import { createHash, timingSafeEqual } from 'node:crypto';
import { OPERATOR_CHAIN, recordAudit, type Origin } from '#modules/audit/index.ts';
import { countAttempts, takeAttempt } from '#modules/sessions/index.ts';
import { AppError } from '../../app-error.ts';
import type { AppContext } from '../../context.ts';
import { inTransaction } from '../../db/database.ts';
import type { ActingOfficer } from './acting-officer.ts';
import { findOfficerByName, findOfficerByToken } from './officer-queries.ts';

/** Wrong tokens that one network address may show in ten minutes. A token has 256 bits: this only keeps the noise down. */
const MOST_FAILURES = 20;
const WINDOW_MS = 600_000;

const BEARER = /^Bearer ([\w-]{43})$/i;

type Context = Pick<AppContext, 'db' | 'clock'>;

export const tokenSha256 = (token: string): Buffer => createHash('sha256').update(token).digest();

const windowOf = (ctx: Context, address: string) => {
  const nowMs = ctx.clock.now().epochMilliseconds;
  const startMs = nowMs - (nowMs % WINDOW_MS);
  const windowStart = Temporal.Instant.fromEpochMilliseconds(startMs);
  const retryAfterSeconds = Math.ceil((startMs + WINDOW_MS - nowMs) / 1000);
  return {
    attempt: { scope: 'address', subject: `certification ${address}`, windowStart },
    retryAfterSeconds,
  } as const;
};

const noteFailure = async (ctx: Context, from: Origin): Promise<void> => {
  await takeAttempt(ctx.db, { ...windowOf(ctx, from.address).attempt, limit: MOST_FAILURES });
  await inTransaction(ctx.db, (tx) =>
    recordAudit(tx, {
      chain: OPERATOR_CHAIN,
      act: 'login.refused',
      actor: { kind: 'stranger' },
      from,
      data: { door: 'certification' },
      at: ctx.clock.now(),
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
 * `certification.token_refused` (told to the audit trail) or, after many of these from one address, `request.rate_limited`.
 */
export const authenticateOfficer = async (
  ctx: Context,
  authorization: string | undefined,
  from: Origin,
): Promise<ActingOfficer> => {
  if (authorization === undefined) throw new AppError('certification.token_required', {});
  const { attempt, retryAfterSeconds } = windowOf(ctx, from.address);
  if ((await countAttempts(ctx.db, attempt)) >= MOST_FAILURES)
    throw new AppError('request.rate_limited', { retryAfterSeconds });
  const token = BEARER.exec(authorization)?.[1];
  const officer = token === undefined ? undefined : await findOfficer(ctx, token);
  if (officer) return { ...officer, from };
  await noteFailure(ctx, from);
  throw new AppError('certification.token_refused', {});
};
