import type { PgBoss } from 'pg-boss';
import type { AppContext } from '../../context.ts';
import { EXPIRY_QUEUE } from '../../jobs.ts';
import { endExpired } from './end-delegations.ts';

/** Ends, minute by minute, the delegations whose time is over, so that no key outlives what it was sealed for. */
export const sweepDelegations = async (
  ctx: Pick<AppContext, 'db' | 'clock'>,
  boss: PgBoss,
): Promise<void> => {
  await boss.work(EXPIRY_QUEUE, () => endExpired(ctx));
  await boss.schedule(EXPIRY_QUEUE, '* * * * *');
};
