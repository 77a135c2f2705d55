import { setTimeout as sleep } from 'node:timers/promises';
import { BATCH, decideDue, nextDue, type DecideContext } from './decide-due.ts';

/** What decides instead of curators while there are none. */
export type RunningRobot = {
  /** A report was taken here that will be due in `delayMs`: look then, not later. */
  expect: (delayMs: number) => void;
  /** Resolves when the round under way has ended. */
  stop: () => Promise<void>;
};

/** Reports that fall due within one round are decided in one transaction. */
const ROUND_MS = 250;
/** Another process may have taken a report and been killed: rows are looked at this often in any case. */
const LOOK_AGAIN_MS = 1_000;

const round = async (ctx: DecideContext, onDecided: () => void): Promise<number> => {
  const due = await nextDue(ctx.pool);
  if (!due) return LOOK_AGAIN_MS;
  const leftMs = due.epochMilliseconds - ctx.clock.now().epochMilliseconds;
  if (leftMs > 0) return Math.min(Math.max(leftMs, ROUND_MS), LOOK_AGAIN_MS);
  const decided = await decideDue(ctx);
  if (decided > 0) onDecided();
  return decided === BATCH ? 0 : ROUND_MS;
};

/** Starts the robot; what goes wrong is told to `onError` and tried again. */
export const startRobot = (
  ctx: DecideContext,
  hooks: { onDecided: () => void; onError: (error: unknown) => void },
): RunningRobot => {
  let isStopping = false;
  let wakeAt = 0;
  let cut = new AbortController();
  const pause = async (): Promise<void> => {
    for (;;) {
      const leftMs = wakeAt - performance.now();
      if (isStopping || leftMs <= 0) return;
      cut = new AbortController();
      await sleep(leftMs, undefined, { signal: cut.signal }).catch(() => undefined);
    }
  };
  const work = async (): Promise<void> => {
    while (!isStopping) {
      const waitMs = await round(ctx, hooks.onDecided).catch((error: unknown) => {
        hooks.onError(error);
        return LOOK_AGAIN_MS;
      });
      wakeAt = performance.now() + waitMs;
      await pause();
    }
  };
  const working = work();
  return {
    expect(delayMs) {
      const at = performance.now() + Math.max(delayMs, ROUND_MS);
      if (at >= wakeAt) return;
      wakeAt = at;
      cut.abort();
    },
    async stop() {
      isStopping = true;
      cut.abort();
      await working;
    },
  };
};
