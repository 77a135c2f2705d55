import type { PgBoss } from 'pg-boss';
import type { AppContext } from '../../context.ts';
import { AUDIT_QUEUE } from '../../jobs.ts';
import { witnessTrail } from './commands/make-checkpoint.ts';

/** Has the trail witnessed every minute in which something was added to it, by one of the workers. */
export const startWitness = async (
  ctx: Pick<AppContext, 'db' | 'clock' | 'operator' | 'log'>,
  boss: PgBoss,
): Promise<void> => {
  await boss.work(AUDIT_QUEUE, () => witnessTrail(ctx));
  await boss.schedule(AUDIT_QUEUE, '* * * * *');
};
