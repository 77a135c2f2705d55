import { createVerificationCache, verifySignedData, type Certificate } from '@sochi/signature';
import type { DbOrTx } from '../../../db/database.ts';
import { checkpointBytes, checkpointHash, MOST_HEADS, type ChainHead } from '../checkpoint.ts';
import { NO_HASH } from '../event-hash.ts';
import { PagedRows } from './paged-rows.ts';
import type { Report } from './problem.ts';
import { listCheckpointHeads, listCheckpoints, type StoredCheckpoint, type WitnessRow } from './queries.ts';

/** A checkpoint as somebody wrote it down elsewhere. */
export type KnownCheckpoint = { number: number; sha256: string };

export type CheckpointsVerdict = {
  count: number;
  last: KnownCheckpoint | undefined;
  /** Whose word about chains is not taken. */
  unsound: ReadonlySet<number>;
};

type Options = {
  root: Certificate;
  intermediates: readonly Certificate[];
  known?: KnownCheckpoint | undefined;
  report: Report;
};

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** Heads of one checkpoint; one more than there can be is enough to tell that it is not in order. */
const takeHeads = async (rows: PagedRows<WitnessRow>, number: number): Promise<ChainHead[]> => {
  const heads: ChainHead[] = [];
  await rows.takeWhile(
    ({ checkpoint }) => checkpoint <= number,
    (row) => {
      if (row.checkpoint === number && heads.length <= MOST_HEADS) heads.push(row);
    },
  );
  return heads;
};

const signatureProblem = async (
  { root, intermediates }: Options,
  checkpoint: StoredCheckpoint,
  content: Uint8Array,
  cache: ReturnType<typeof createVerificationCache>,
): Promise<string | undefined> => {
  const { indication, checks } = await verifySignedData({
    cms: checkpoint.signature,
    content,
    trustAnchors: [root],
    intermediates,
    timestamps: { trustAnchors: [root], intermediates, required: true },
    at: checkpoint.at,
    required: { roles: ['operator'] },
    cache,
  });
  if (indication === 'TOTAL-PASSED') return undefined;
  return checks.find(({ status }) => status !== 'passed')?.reason ?? 'unknown';
};

/** Checks every checkpoint: contents, the link to the one before, the operator's signature, and that none is left out. */
export const verifyCheckpoints = async (db: DbOrTx, options: Options): Promise<CheckpointsVerdict> => {
  const { report, known } = options;
  const cache = createVerificationCache();
  const unsound = new Set<number>();
  const checkpoints = await PagedRows.open<StoredCheckpoint>((after) => listCheckpoints(db, after));
  const heads = await PagedRows.open<WitnessRow>((after) => listCheckpointHeads(db, after));
  let previous: { number: number; hash: Uint8Array } = { number: 0, hash: NO_HASH };
  let isKnownSeen = false;
  let count = 0;
  for (let one = checkpoints.current; one !== undefined; one = checkpoints.current) {
    const { number, hash } = one;
    count += 1;
    if (number > previous.number + 1)
      report({ kind: 'checkpoint_missing', from: previous.number + 1, to: number - 1 });
    const bytes = checkpointBytes({ ...one, heads: await takeHeads(heads, number) });
    const isLinked = number > previous.number + 1 || Buffer.compare(one.previousHash, previous.hash) === 0;
    if (!checkpointHash(bytes).equals(hash) || !isLinked) {
      unsound.add(number);
      report({ kind: 'checkpoint_altered', number });
    } else {
      const reason = await signatureProblem(options, one, bytes, cache);
      if (reason !== undefined) {
        unsound.add(number);
        report({ kind: 'checkpoint_forged', number, reason });
      }
    }
    if (number === known?.number) {
      isKnownSeen = true;
      if (hex(hash) !== known.sha256) report({ kind: 'checkpoint_unknown', number });
    }
    previous = { number, hash };
    await checkpoints.advance();
  }
  if (known && !isKnownSeen)
    report({
      kind: 'checkpoint_missing',
      from: Math.min(previous.number + 1, known.number),
      to: known.number,
    });
  const last = count > 0 ? { number: previous.number, sha256: hex(previous.hash) } : undefined;
  return { count, last, unsound };
};
