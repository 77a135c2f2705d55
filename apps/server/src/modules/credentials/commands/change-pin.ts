import { recordAudit, type AuditActor } from '#modules/audit/index.ts';
import { auditEnded, endDelegationsOf } from '#modules/delegations/index.ts';
import { checkPin, endSessionsOf, type ActiveSession } from '#modules/sessions/index.ts';
import { AppError } from '../../../app-error.ts';
import type { AppContext } from '../../../context.ts';
import { inTransaction } from '../../../db/database.ts';
import type { SealedKey } from '../../../keys/keystore.ts';
import { getKey, replaceKey } from '../queries.ts';

type Context = Pick<AppContext, 'db' | 'clock' | 'config' | 'keystore'>;

/**
 * Seals the officer's key under another PIN, and ends every session and delegation that the old one opened, the caller's session
 * too. Refuses with `pin.wrong`, `pin.paused`, or `credential.unusable` when the key changed or was locked meanwhile.
 */
export const changePin = async (
  ctx: Context,
  session: ActiveSession,
  { pin, newPin }: { pin: string; newPin: string },
): Promise<void> => {
  const { credentialId } = session;
  const { sealed_key: from, inn } = await getKey(ctx.db, credentialId);
  if (!from) throw new AppError('credential.unusable', { reason: 'key_on_token' });
  // Only the keystore wrote this column.
  const key = from as Uint8Array as SealedKey;
  const { sealed } = await checkPin(ctx, session, {
    inn,
    purpose: 'pin_change',
    use: () => ctx.keystore.changePin({ key, pin, newPin, credentialId }),
  });
  const at = ctx.clock.now();
  const actor: AuditActor = { kind: 'officer', id: session.officerId, name: session.fullName };
  await inTransaction(ctx.db, async (tx) => {
    if (!(await replaceKey(tx, credentialId, { from, to: sealed })))
      throw new AppError('credential.unusable', { reason: 'changed_meanwhile' });
    await endSessionsOf(tx, credentialId);
    const ended = await endDelegationsOf(tx, credentialId, { at, why: 'pin_changed' });
    await recordAudit(tx, {
      chain: session.companyId,
      act: 'pin.changed',
      actor,
      from: session.origin,
      subject: { kind: 'credential', id: credentialId },
      at,
    });
    await auditEnded(tx, ended, { actor, from: session.origin });
  });
};
