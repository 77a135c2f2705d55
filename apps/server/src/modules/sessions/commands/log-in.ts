import type { OfficerRole } from '@sochi/kernel';
import { randomBytes, randomUUIDv7 } from 'node:crypto';
import { recordAudit, type Origin } from '#modules/audit/index.ts';
import { AppError } from '../../../app-error.ts';
import type { AppContext } from '../../../context.ts';
import { inTransaction } from '../../../db/database.ts';
import type { SealedKey, SigningGrant } from '../../../keys/keystore.ts';
import { tokenHash } from '../active-session.ts';
import { recordFailedLogin, type FailedLogin } from '../audit-login.ts';
import { checkAddress, spendAttempt, takeCredentialAttempt } from '../login-attempts.ts';
import { clearAttempts, findLogin, holdOpenedKey, insertSession } from '../queries.ts';

export type LogInInput = { inn: string; role: OfficerRole; pin: string; origin: Origin };
type Context = Pick<AppContext, 'db' | 'clock' | 'config' | 'keystore' | 'metrics'>;
type Login = Awaited<ReturnType<typeof findLogin>>;

type Opened = {
  companyId: string;
  officerId: string;
  fullName: string;
  credentialId: string;
  sealedKey: Uint8Array;
  validTo: Temporal.Instant;
  isExpired: boolean;
  grant: SigningGrant;
};

/** No PIN opens a credential in one of these states. */
const CLOSED_STATES: ReadonlySet<string> = new Set(['locked', 'suspended', 'revoked']);

/** Why a login opens nothing, whatever the PIN; undefined when it may. */
const obstacle = (login: Login): string | undefined => {
  if (!login) return 'unknown_company';
  if (!login.sealed_key) return 'no_credential';
  return login.state && CLOSED_STATES.has(login.state) ? login.state : undefined;
};

type Opening = { ok: true; opened: Opened } | { ok: false; reason: string };

const openCredential = async (
  ctx: Context,
  login: Login,
  pin: string,
  secret: Uint8Array,
): Promise<Opening> => {
  const reason = obstacle(login);
  if (reason !== undefined || !login?.sealed_key || !login.credential_id || !login.officer_id) {
    await ctx.keystore.pretendToOpen(pin);
    return { ok: false, reason: reason ?? 'no_credential' };
  }
  const result = await ctx.keystore.openGrant({
    // Only the keystore wrote this column.
    key: login.sealed_key as Uint8Array as SealedKey,
    pin,
    credentialId: login.credential_id,
    secret,
  });
  if (!result.ok) return result;
  const validTo = login.valid_to ?? ctx.clock.now();
  return {
    ok: true,
    opened: {
      companyId: login.company_id,
      officerId: login.officer_id,
      fullName: login.full_name ?? '',
      credentialId: login.credential_id,
      sealedKey: login.sealed_key,
      validTo,
      isExpired: login.state === 'expired' || Temporal.Instant.compare(validTo, ctx.clock.now()) <= 0,
      grant: result.grant,
    },
  };
};

const failedLogin = (
  input: LogInInput,
  login: Login,
  what: Pick<FailedLogin, 'act' | 'data'>,
): FailedLogin => ({
  inn: input.inn,
  role: input.role,
  origin: input.origin,
  companyId: login?.company_id,
  credentialId: login?.credential_id ?? null,
  ...what,
});

/** Undefined when the key was sealed anew, or its credential locked, since the PIN opened it. */
const openSession = async (
  ctx: Context,
  opened: Opened,
  { input, token, subject }: { input: LogInInput; token: Uint8Array; subject: string },
): Promise<string | undefined> => {
  const now = ctx.clock.now();
  const id = randomUUIDv7();
  return inTransaction(ctx.db, async (tx) => {
    if (!(await holdOpenedKey(tx, opened))) return undefined;
    await clearAttempts(tx, 'credential', subject);
    await insertSession(tx, {
      ...opened,
      id,
      tokenSha256: tokenHash(token),
      now,
      expiresAt: now.add({ seconds: ctx.config.session.absoluteSeconds }),
    });
    await recordAudit(tx, {
      chain: opened.companyId,
      act: 'login.succeeded',
      actor: { kind: 'officer', id: opened.officerId, name: opened.fullName },
      from: input.origin,
      subject: { kind: 'session', id },
      data: { role: input.role, credentialId: opened.credentialId },
      at: now,
    });
    return id;
  });
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
  await checkAddress(ctx, input.origin.address);
  const attempt = await takeCredentialAttempt(ctx, subject);
  const login = await findLogin(ctx.db, input.inn, input.role);
  const fail = (what: Pick<FailedLogin, 'act' | 'data'>) =>
    recordFailedLogin(ctx, failedLogin(input, login, what));
  if (!attempt.ok) {
    const until = attempt.until.toString();
    await fail({ act: 'login.paused', data: { until } });
    throw new AppError('login.paused', { until });
  }
  const { attemptsLeft } = attempt;
  const refuse = async (reason: string): Promise<never> => {
    await fail({ act: 'login.refused', data: { reason, attemptsLeft } });
    ctx.metrics.logins.inc({ outcome: 'refused' });
    throw new AppError('login.refused', { attemptsLeft });
  };
  const token = randomBytes(32);
  const opening = await spendAttempt(ctx, subject, () => openCredential(ctx, login, input.pin, token));
  if (!opening.ok) return refuse(opening.reason);
  const { opened } = opening;
  if (opened.isExpired) {
    await clearAttempts(ctx.db, 'credential', subject);
    await fail({ act: 'login.refused', data: { reason: 'certificate_expired' } });
    ctx.metrics.logins.inc({ outcome: 'expired' });
    throw new AppError('login.certificate_expired', { since: opened.validTo.toString() });
  }
  const sessionId = await openSession(ctx, opened, { input, token, subject });
  if (sessionId === undefined) return refuse('changed_meanwhile');
  ctx.metrics.logins.inc({ outcome: 'ok' });
  return { token, sessionId };
};
