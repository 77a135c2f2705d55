import { recordAudit, type Origin } from '#modules/audit/index.ts';
import type { AppContext } from '../../../context.ts';
import { inTransaction } from '../../../db/database.ts';
import { tokenHash } from '../active-session.ts';
import { deleteSession } from '../queries.ts';

/** Ends a session and with it the signing grant. Repeating it does nothing. */
export const logOut = (
  ctx: Pick<AppContext, 'db' | 'clock'>,
  token: Uint8Array,
  from: Origin,
): Promise<void> =>
  inTransaction(ctx.db, async (tx) => {
    const ended = await deleteSession(tx, tokenHash(token));
    if (!ended) return;
    await recordAudit(tx, {
      chain: ended.company_id,
      act: 'logout',
      actor: { kind: 'officer', id: ended.officer_id, name: ended.full_name },
      from,
      subject: { kind: 'session', id: ended.id },
      at: ctx.clock.now(),
    });
  });
