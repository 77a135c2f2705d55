import { StartError } from './start-error.ts';
import { startSystem, type RunningSystem, type SystemOptions } from './supervisor.ts';

const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Resolves at the first wish to stop: a signal, or the end of the process that started this one. */
const untilAskedToStop = (stop: AbortController): Promise<void> =>
  new Promise((resolve) => {
    const ask = (): void => {
      stop.abort();
      resolve();
    };
    // Listeners stay: a terminal and npm may each deliver the same Ctrl-C, and the second must not cut the stop short.
    for (const signal of STOP_SIGNALS) process.on(signal, ask);
    if (process.connected) {
      process.once('disconnect', ask);
      process.channel?.unref();
    }
  });

/**
 * Runs the system until Ctrl-C, SIGTERM or the end of the parent process, then stops it in order. Answers the exit
 * code: 0 after a stop, that of the StartError (its sentence goes to `report`) when it could not start.
 */
export const runUntilStopped = async (
  options: Omit<SystemOptions, 'signal'> & { onReady: (system: RunningSystem) => Promise<void> | void },
): Promise<number> => {
  const stop = new AbortController();
  const asked = untilAskedToStop(stop);
  let system: RunningSystem | undefined;
  try {
    system = await startSystem({ ...options, signal: stop.signal });
    await options.onReady(system);
    // Nothing else may hold the process: with DATABASE_URL and quiet children the loop could run empty.
    const alive = setInterval(() => undefined, 60_000);
    await asked;
    clearInterval(alive);
    options.report('Stopping ...');
    await system.stop();
    options.report('Stopped.');
    return 0;
  } catch (error) {
    await system?.stop();
    if (!(error instanceof StartError)) throw error;
    options.report(error.message);
    return error.exitCode;
  }
};
