import { findOrigins, isInCycle, type StoredEvent } from './find-origins.ts';
import type { Report } from './problem.ts';

/** Events that all bear a wrong number, wrong by the same. `to` grows while more follow. */
export type Run = { from: number; to: number; by: number };

/**
 * Says what happened to events whose hash does not fit their place: two that changed places, a whole run that was renumbered because
 * something was put in or taken out before it, or contents that were changed. Gives the run that reaches the last suspect, which
 * may go on behind it and is therefore not reported yet. Contents behind `end` are not told as changed.
 */
export const explainSuspects = (
  { chain, suspects, end }: { chain: string; suspects: readonly StoredEvent[]; end: number },
  report: Report,
): Run | undefined => {
  const origins = findOrigins(suspects);
  const runs: Run[] = [];
  const altered: number[] = [];
  for (const { seq } of suspects) {
    const origin = origins.get(seq);
    if (origin === undefined) {
      altered.push(seq);
    } else if (isInCycle(origins, seq)) {
      // Of two that changed places the first one says so; of more, each but the one that closes the ring.
      if (seq < origin) report({ kind: 'swapped', chain, seq, with: origin });
    } else {
      const run = runs.at(-1);
      if (run && run.to === seq - 1 && run.by === seq - origin) run.to = seq;
      else runs.push({ from: seq, to: seq, by: seq - origin });
    }
  }
  const putIn = runs.filter(({ by }) => by > 0).map(({ from, by }) => ({ from: from - by, to: from - 1 }));
  for (const { from, to } of putIn) report({ kind: 'inserted', chain, from, to });
  for (const { from, by } of runs) if (by < 0) report({ kind: 'missing', chain, from, to: from - by - 1 });
  for (const seq of altered)
    if (seq <= end && !putIn.some(({ from, to }) => from <= seq && seq <= to))
      report({ kind: 'altered', chain, seq });
  const last = runs.at(-1);
  const isOpen = last !== undefined && last.to === suspects.at(-1)?.seq;
  for (const run of isOpen ? runs.slice(0, -1) : runs) report({ kind: 'renumbered', chain, ...run });
  return isOpen ? last : undefined;
};
