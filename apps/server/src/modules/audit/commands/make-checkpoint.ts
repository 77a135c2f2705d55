import type { AppContext } from '../../../context.ts';
import { inTransaction } from '../../../db/database.ts';
import { checkpointBytes, checkpointHash, MOST_HEADS, type Checkpoint } from '../checkpoint.ts';
import { NO_HASH } from '../event-hash.ts';
import { findLastCheckpoint, insertCheckpoint, listUnwitnessed, markWitnessed } from '../queries.ts';

type Context = Pick<AppContext, 'db' | 'clock' | 'operator' | 'log'>;

/**
 * Signs where the chains end that have moved since the last checkpoint; gives how many, 0 when none has. Nothing is locked while the
 * key is used: a chain that moves on meanwhile is witnessed as it was, and again by the next checkpoint. Of two workers that do
 * this at once, the one that comes second does nothing.
 */
export const makeCheckpoint = async (ctx: Context): Promise<number> => {
  // The last checkpoint is read before the heads, so that another worker's in between makes this one come second.
  const last = await findLastCheckpoint(ctx.db);
  const heads = await listUnwitnessed(ctx.db, MOST_HEADS);
  if (heads.length === 0) return 0;
  const checkpoint: Checkpoint = {
    number: (last?.number ?? 0) + 1,
    at: ctx.clock.now().round({ smallestUnit: 'microsecond', roundingMode: 'trunc' }),
    previousHash: last?.hash ?? NO_HASH,
    heads,
  };
  const bytes = checkpointBytes(checkpoint);
  const hash = checkpointHash(bytes);
  const signature = await ctx.operator.sign(bytes);
  const isOurs = await inTransaction(ctx.db, async (tx) => {
    if (!(await insertCheckpoint(tx, { ...checkpoint, hash, signature }))) return false;
    await markWitnessed(tx, heads);
    return true;
  });
  if (!isOurs) return 0;
  // The log goes elsewhere than the database: whoever cuts the trail's end off cannot cut it off there.
  ctx.log.info(
    { checkpoint: checkpoint.number, sha256: hash.toString('hex'), chains: heads.length },
    'the audit trail was witnessed',
  );
  return heads.length;
};

/** Makes checkpoints until every chain is witnessed up to now. */
export const witnessTrail = async (ctx: Context): Promise<void> => {
  while ((await makeCheckpoint(ctx)) === MOST_HEADS);
};
