import type { ActiveSession } from '#modules/sessions/index.ts';
import type { AppContext } from '../../../context.ts';
import { endNow } from '../end-delegations.ts';

/** The head takes the tick away: no report is signed by it from the reply on. Repeating it does nothing. */
export const endDelegation = async (
  ctx: Pick<AppContext, 'db' | 'clock'>,
  session: ActiveSession,
): Promise<void> => {
  await endNow(
    ctx,
    { companyId: session.companyId },
    {
      at: ctx.clock.now(),
      why: 'taken_away',
      by: {
        actor: { kind: 'officer', id: session.officerId, name: session.fullName },
        from: session.origin,
      },
    },
  );
};
