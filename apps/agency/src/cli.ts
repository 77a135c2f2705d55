/**
 * `node apps/agency/src/cli.ts`: the training agency, until SIGTERM or the end of the process that started it.
 * `… request-certificate` writes a certification request for its key to standard output, `… accept-certificate` reads what was
 * issued, with the chain up to the root, from standard input; both need AGENCY_KEY_DIR alone.
 */
import { text } from 'node:stream/consumers';
import { acceptCertificate, requestCertificate } from './agency-certificate.ts';
import { AgencyConfigError, readAgencyConfig, readKeyDir } from './config.ts';
import { AgencyDatabaseError } from './database.ts';
import { runAgency } from './run-agency.ts';
import { AgencyKeyError } from './signing-key.ts';

const GIVE_UP_MS = 9_000;

const untilStopped = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve());
    process.once('disconnect', () => resolve());
  });

const sentence = (error: unknown): string => {
  const isKnown =
    error instanceof AgencyConfigError ||
    error instanceof AgencyKeyError ||
    error instanceof AgencyDatabaseError;
  if (isKnown) return error.message;
  const isPortBusy = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  if (isPortBusy) return 'The port of the agency is in use: set AGENCY_PORT.';
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
};

const serve = async (): Promise<void> => {
  const stopped = untilStopped();
  const agency = await runAgency(readAgencyConfig());
  process.send?.({ ready: true, port: agency.port });
  await stopped;
  setTimeout(() => process.exit(1), GIVE_UP_MS).unref();
  await agency.stop();
};

const run = async (command: string | undefined): Promise<void> => {
  if (command === undefined) return serve();
  if (command === 'accept-certificate') return acceptCertificate(readKeyDir(), await text(process.stdin));
  if (command !== 'request-certificate') throw new AgencyConfigError(`The agency has no command ${command}.`);
  process.stdout.write(await requestCertificate(readKeyDir()));
};

try {
  await run(process.argv[2]);
} catch (error) {
  process.stderr.write(`${sentence(error)}\n`);
  process.exitCode = 1;
}
if (process.connected) process.disconnect?.();
