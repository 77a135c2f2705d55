import { BISHKEK, bishkekDay, type OfficerRole } from '@sochi/kernel';
import { randomBytes, randomUUIDv7 } from 'node:crypto';
import { AppError } from '../../../app-error.ts';
import type { AppContext } from '../../../context.ts';
import type { SealedKey } from '../../../keys/keystore.ts';
import { tokenHash } from '../active-session.ts';
import { clearAttempts, countAttempts, findLoginCredential, insertSession, takeAttempt } from '../queries.ts';

export type LogInInput = { inn: string; role: OfficerRole; pin: string; address: string };
type Context = Pick<AppContext, 'db' | 'clock' | 'config' | 'keystore' | 'metrics'>;

const ADDRESS_WINDOW_SECONDS = 600;

/**
 * The attempt of a credential is counted by ИНН and role, whether such a company exists or not: an unknown ИНН runs into the
 * same limit with the same words.
 */
const takeCredentialAttempt = async (ctx: Context, subject: string): Promise<number> => {
  const { attemptsPerDay } = ctx.config.login;
  const midnight = bishkekDay(ctx.clock.now()).toZonedDateTime(BISHKEK);
  const taken = await takeAttempt(ctx.db, {
    scope: 'credential',
    subject,
    windowStart: midnight.toInstant(),
    limit: attemptsPerDay,
  });
  if (taken) return attemptsPerDay - taken.attempts;
  throw new AppError('login.paused', { until: midnight.add({ days: 1 }).toInstant().toString() });
};

const addressWindow = (ctx: Context, address: string) => {
  const lengthMs = ADDRESS_WINDOW_SECONDS * 1000;
  const startMs = Math.floor(ctx.clock.now().epochMilliseconds / lengthMs) * lengthMs;
  const windowStart = Temporal.Instant.fromEpochMilliseconds(startMs);
  return { scope: 'address', subject: address, windowStart, endMs: startMs + lengthMs } as const;
};

/** Only failures count against an address: an accounting firm logs in for many companies from one. */
const checkAddress = async (ctx: Context, address: string): Promise<void> => {
  const { endMs, ...window } = addressWindow(ctx, address);
  if ((await countAttempts(ctx.db, window)) < ctx.config.login.failuresPerAddress) return;
  throw new AppError('request.rate_limited', {
    retryAfterSeconds: Math.ceil((endMs - ctx.clock.now().epochMilliseconds) / 1000),
  });
};

const noteFailure = async (ctx: Context, address: string): Promise<void> => {
  const { endMs: _, ...window } = addressWindow(ctx, address);
  await takeAttempt(ctx.db, { ...window, limit: ctx.config.login.failuresPerAddress });
};

const openCredential = async (ctx: Context, input: LogInInput, secret: Uint8Array) => {
  const credential = await findLoginCredential(ctx.db, input.inn, input.role);
  if (!credential?.sealed_key || credential.state === 'locked' || credential.state === 'revoked') {
    await ctx.keystore.pretendToOpen(input.pin);
    return undefined;
  }
  const opened = await ctx.keystore.openGrant({
    // Only the keystore wrote this column.
    key: credential.sealed_key as Uint8Array as SealedKey,
    pin: input.pin,
    credentialId: credential.credential_id,
    secret,
  });
  return opened.ok ? { ...credential, grant: opened.grant } : undefined;
};

/**
 * Opens a session with ИНН, role and PIN. The same refusal, after the same work, for an unknown ИНН, a missing role and a wrong
 * PIN. Gives the token for the cookie; it is also the secret that opens the session's signing grant.
 */
export const logIn = async (
  ctx: Context,
  input: LogInInput,
): Promise<{ token: Uint8Array; sessionId: string }> => {
  const subject = `${input.inn}:${input.role}`;
  await checkAddress(ctx, input.address);
  const attemptsLeft = await takeCredentialAttempt(ctx, subject);
  const token = randomBytes(32);
  const opened = await openCredential(ctx, input, token);
  if (!opened) {
    await noteFailure(ctx, input.address);
    ctx.metrics.logins.inc({ outcome: 'refused' });
    throw new AppError('login.refused', { attemptsLeft });
  }
  const now = ctx.clock.now();
  await clearAttempts(ctx.db, 'credential', subject);
  if (opened.state === 'expired' || Temporal.Instant.compare(opened.valid_to, now) <= 0) {
    ctx.metrics.logins.inc({ outcome: 'expired' });
    throw new AppError('login.certificate_expired', { since: opened.valid_to.toString() });
  }
  const sessionId = randomUUIDv7();
  await insertSession(ctx.db, {
    id: sessionId,
    tokenSha256: tokenHash(token),
    credentialId: opened.credential_id,
    officerId: opened.officer_id,
    companyId: opened.company_id,
    grant: opened.grant,
    now,
    expiresAt: now.add({ seconds: ctx.config.session.absoluteSeconds }),
  });
  ctx.metrics.logins.inc({ outcome: 'ok' });
  return { token, sessionId };
};
