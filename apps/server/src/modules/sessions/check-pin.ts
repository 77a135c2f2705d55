import { recordAudit } from '#modules/audit/index.ts';
import { AppError } from '../../app-error.ts';
import type { AppContext } from '../../context.ts';
import { inTransaction } from '../../db/database.ts';
import type { WrongPin } from '../../keys/keystore.ts';
import type { ActiveSession } from './active-session.ts';
import { checkAddress, noteFailure, spendAttempt, takeCredentialAttempt } from './login-attempts.ts';
import { clearAttempts } from './queries.ts';

type Context = Pick<AppContext, 'db' | 'clock' | 'config'>;

const recordRefusal = (
  ctx: Context,
  session: ActiveSession,
  data: { purpose: string; reason: 'wrong_pin' | 'paused' },
): Promise<void> =>
  inTransaction(ctx.db, async (tx) => {
    await noteFailure(ctx, tx, session.origin.address);
    await recordAudit(tx, {
      chain: session.companyId,
      act: 'pin.refused',
      actor: { kind: 'officer', id: session.officerId, name: session.fullName },
      from: session.origin,
      subject: { kind: 'credential', id: session.credentialId },
      data,
      at: ctx.clock.now(),
    });
  });

/**
 * Asks the keystore to do something with a PIN for an officer who is logged in. Counted with the logins: whoever finds an open
 * session has no more guesses than a stranger. Refuses with `pin.wrong`, and with `pin.paused` when no attempt is left today.
 */
export const checkPin = async <Done extends { ok: true }>(
  ctx: Context,
  session: ActiveSession,
  attempt: { inn: string; purpose: string; use: () => Promise<Done | WrongPin> },
): Promise<Done> => {
  const { inn, purpose } = attempt;
  const subject = `${inn}:${session.role}`;
  await checkAddress(ctx, session.origin.address);
  const taken = await takeCredentialAttempt(ctx, subject);
  if (!taken.ok) {
    await recordRefusal(ctx, session, { purpose, reason: 'paused' });
    throw new AppError('pin.paused', { until: taken.until.toString() });
  }
  const done = await spendAttempt(ctx, subject, attempt.use);
  if (!done.ok) {
    await recordRefusal(ctx, session, { purpose, reason: done.reason });
    throw new AppError('pin.wrong', { attemptsLeft: taken.attemptsLeft });
  }
  await clearAttempts(ctx.db, 'credential', subject);
  return done;
};
