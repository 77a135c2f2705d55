import type { PgBoss } from 'pg-boss';
import type { AppContext } from '../../context.ts';
import { AUDIT_QUEUE } from '../../jobs.ts';
import { witnessTrail } from './commands/make-checkpoint.ts';

/** Has the trail witnessed every minute in which something was added to it, by one of the workers. */
export const startWitness = async (
  ctx: Pick<AppContext, 'db' | 'clock' | 'operator' | 'log' | 'metrics'>,
  boss: PgBoss,
): Promise<void> => {
  await boss.work(AUDIT_QUEUE, async () => {
    try {
      await witnessTrail(ctx);
    } catch (error) {
      // The next minute tries again; until then the newest acts are witnessed by nothing.
      ctx.log.error({ err: error }, 'the audit trail could not be witnessed');
      ctx.metrics.alarms.inc({ kind: 'audit_unwitnessed' });
      throw error;
    }
  });
  await boss.schedule(AUDIT_QUEUE, '* * * * *');
};
