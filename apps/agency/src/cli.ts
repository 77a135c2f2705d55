import { AgencyConfigError, readAgencyConfig } from './config.ts';
import { runAgency } from './run-agency.ts';
import { AgencyKeyError } from './signing-key.ts';

/** `node apps/agency/src/cli.ts`: the training agency, until SIGTERM or the end of the process that started it. */
const DRAIN_MS = 10_000;

const untilStopped = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve());
    process.once('disconnect', () => resolve());
  });

try {
  const stopped = untilStopped();
  const agency = await runAgency(readAgencyConfig());
  process.send?.({ ready: true });
  await stopped;
  setTimeout(() => process.exit(1), DRAIN_MS).unref();
  await agency.stop();
} catch (error) {
  const known = error instanceof AgencyConfigError || error instanceof AgencyKeyError;
  process.stderr.write(`${known ? error.message : String(error instanceof Error ? error.stack : error)}\n`);
  process.exitCode = 1;
}
process.disconnect?.();
