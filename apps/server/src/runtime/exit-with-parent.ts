const DRAIN_MS = 10_000;

/**
 * For a process started by the supervisor: when the supervisor is gone, however it went, this process gets SIGTERM like
 * at any other stop, and is ended after 10 s if that did not do it. Does nothing in a process started by hand.
 */
export const exitWithParent = (): void => {
  if (!process.connected) return;
  process.once('disconnect', () => {
    setTimeout(() => process.exit(1), DRAIN_MS).unref();
    process.kill(process.pid, 'SIGTERM');
  });
  process.channel?.unref();
};

/** Tells the supervisor that this process serves. Does nothing in a process started by hand. */
export const reportReady = (): void => {
  process.send?.({ ready: true });
};
