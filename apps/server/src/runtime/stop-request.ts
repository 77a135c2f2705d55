import { StartError } from './start-error.ts';

/** Throws StartError (exit code 130, as after Ctrl-C) once `signal` is aborted. */
export const assertNotStopped = (signal: AbortSignal | undefined): void => {
  if (signal?.aborted) throw new StartError('Stopped while starting.', { exitCode: 130 });
};

/** Waits for `work`, but no longer than until `signal` is aborted: then throws as assertNotStopped does. */
export const orStopped = async <T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> => {
  const stopped = Promise.withResolvers<void>();
  const stop = (): void => stopped.resolve();
  signal?.addEventListener('abort', stop, { once: true });
  work.catch(() => undefined); // nobody may be waiting any more when it fails
  try {
    if (!signal?.aborted) await Promise.race([work, stopped.promise]);
    assertNotStopped(signal);
    return await work;
  } finally {
    signal?.removeEventListener('abort', stop);
  }
};
