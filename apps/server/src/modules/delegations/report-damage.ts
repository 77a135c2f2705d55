import type { AppContext } from '../../context.ts';
import { endNow } from './end-delegations.ts';
import { insertWorkItem } from './queries.ts';

export type DamageContext = Pick<AppContext, 'db' | 'clock' | 'log' | 'metrics'>;

const KIND = 'delegation_damaged';

/**
 * A delegation whose record, key or signature is not what the head sealed: somebody has written in the database. It ends, so that
 * nothing is tried with it again, and a person at the operator must look. Doing it twice is doing it once.
 */
export const reportDamage = async (ctx: DamageContext, delegationId: string): Promise<void> => {
  const now = ctx.clock.now();
  const detail = `delegation ${delegationId}: its record, key or signature is not what the head sealed`;
  const ended = await endNow(
    ctx,
    { id: delegationId },
    { at: now, why: 'damaged', also: (tx) => insertWorkItem(tx, { kind: KIND, detail, now }) },
  );
  if (ended === 0) return;
  ctx.metrics.alarms.inc({ kind: KIND });
  ctx.log.error({ delegationId }, 'a delegation was tampered with: a person must look');
};
