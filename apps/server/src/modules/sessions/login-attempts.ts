import { BISHKEK, bishkekDay } from '@sochi/kernel';
import { AppError } from '../../app-error.ts';
import type { AppContext } from '../../context.ts';
import type { DbOrTx } from '../../db/database.ts';
import { KeystoreError } from '../../keys/keystore.ts';
import { countAttempts, giveAttemptBack, takeAttempt } from './queries.ts';

type Context = Pick<AppContext, 'db' | 'clock' | 'config'>;

/** An attempt that may be made, or the moment from which there are some again. */
export type CredentialAttempt = { ok: true; attemptsLeft: number } | { ok: false; until: Temporal.Instant };

/**
 * The attempt of a credential is counted by ИНН and role, whether such a company exists or not: an unknown ИНН runs into the
 * same limit with the same words.
 */
export const takeCredentialAttempt = async (ctx: Context, subject: string): Promise<CredentialAttempt> => {
  const { attemptsPerDay } = ctx.config.login;
  const midnight = bishkekDay(ctx.clock.now()).toZonedDateTime(BISHKEK);
  const taken = await takeAttempt(ctx.db, {
    scope: 'credential',
    subject,
    windowStart: midnight.toInstant(),
    limit: attemptsPerDay,
  });
  return taken
    ? { ok: true, attemptsLeft: attemptsPerDay - taken.attempts }
    : { ok: false, until: midnight.add({ days: 1 }).toInstant() };
};

/** Looks at a PIN for which an attempt was taken; gives the attempt back when the keystore could not tell. */
export const spendAttempt = async <Result>(
  ctx: Pick<Context, 'db'>,
  subject: string,
  look: () => Promise<Result>,
): Promise<Result> => {
  try {
    return await look();
  } catch (error) {
    if (error instanceof KeystoreError) await giveAttemptBack(ctx.db, 'credential', subject);
    throw error;
  }
};

const ADDRESS_WINDOW_SECONDS = 600;

const addressWindow = (ctx: Pick<Context, 'clock'>, address: string) => {
  const lengthMs = ADDRESS_WINDOW_SECONDS * 1000;
  const startMs = Math.floor(ctx.clock.now().epochMilliseconds / lengthMs) * lengthMs;
  const windowStart = Temporal.Instant.fromEpochMilliseconds(startMs);
  return { scope: 'address', subject: address, windowStart, endMs: startMs + lengthMs } as const;
};

/** Only failures count against an address: an accounting firm logs in for many companies from one. */
export const checkAddress = async (ctx: Context, address: string): Promise<void> => {
  const { endMs, ...window } = addressWindow(ctx, address);
  if ((await countAttempts(ctx.db, window)) < ctx.config.login.failuresPerAddress) return;
  throw new AppError('request.rate_limited', {
    retryAfterSeconds: Math.ceil((endMs - ctx.clock.now().epochMilliseconds) / 1000),
  });
};

/** Counts a failure against its address. */
export const noteFailure = async (
  ctx: Pick<Context, 'clock' | 'config'>,
  db: DbOrTx,
  address: string,
): Promise<void> => {
  const { endMs: _, ...window } = addressWindow(ctx, address);
  await takeAttempt(db, { ...window, limit: ctx.config.login.failuresPerAddress });
};
