import { auditCommand } from './commands/audit.ts';
import { errorText } from '@sochi/contract';
import { isAppError } from './app-error.ts';
import { benchCommand } from './commands/bench.ts';
import { caCommand } from './commands/ca.ts';
import { UsageError, type Command } from './commands/command.ts';
import { demoCommand } from './commands/demo.ts';
import { keystoreCommand } from './commands/keystore.ts';
import { migrateCommand } from './commands/migrate.ts';
import { startCommand } from './commands/start.ts';
import { verifyCommand } from './commands/verify.ts';
import { webCommand } from './commands/web.ts';
import { workerCommand } from './commands/worker.ts';
import { ForeignKeystore, ServiceKeyMissing } from './keys/service-keys.ts';
import { NoRootCertificate } from '#modules/audit/index.ts';
import { KeystoreUnavailable } from './keys/keystore.ts';
import { MasterKeyError } from './keys/master-key.ts';
import { HsmSetupError } from './keys/pkcs11/hsm.ts';
import { PrivateFileError } from './keys/read-private-file.ts';
import { ConfigError } from './config.ts';
import { DatabaseUrlMissing } from './compose.ts';
import { SchemaError } from './db/migrate.ts';
import { CentreKeyElsewhere, NotItsKey } from '#modules/certification/index.ts';
import { StartError } from '#runtime/index.ts';

const COMMANDS: readonly Command[] = [
  startCommand,
  webCommand,
  workerCommand,
  migrateCommand,
  demoCommand,
  keystoreCommand,
  caCommand,
  benchCommand,
  verifyCommand,
  auditCommand,
];

const usage = (): string =>
  [
    'Usage: npm run sochi -- <command> [options]',
    '',
    ...COMMANDS.map(({ name, summary }) => `  ${name.padEnd(10)} ${summary}`),
    '',
    'Help for one command: npm run sochi -- <command> --help',
    '',
  ].join('\n');

/** Errors whose message is one sentence for the person who started the program; anything else is a bug and shows its stack. */
const SENTENCES = [
  StartError,
  ConfigError,
  SchemaError,
  MasterKeyError,
  ServiceKeyMissing,
  ForeignKeystore,
  CentreKeyElsewhere,
  NotItsKey,
  NoRootCertificate,
  PrivateFileError,
  HsmSetupError,
  KeystoreUnavailable,
  DatabaseUrlMissing,
  UsageError,
];

/** System errors as one sentence each; `place` is the file, or the port. */
const SYSTEM_ERRORS: Record<string, (place: string) => string> = {
  ECONNREFUSED: () => 'The database does not answer: is the server of DATABASE_URL running?',
  EADDRINUSE: (place) => `Port ${place} is used by another program: stop it or set another PORT.`,
  EACCES: (place) => `No right to use ${place}.`,
  ENOENT: (place) => `There is no ${place}.`,
  EISDIR: (place) => `${place} is a folder, not a file.`,
};

const placeOf = (error: object): string => {
  if ('path' in error) return String(error.path);
  return 'port' in error ? String(error.port) : 'this file or port';
};

const explain = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  if (isAppError(error)) {
    const { title, detail } = errorText(error.code, 'en', error.data);
    return `${title}. ${detail}`;
  }
  if (SENTENCES.some((kind) => error instanceof kind)) return error.message;
  const code = 'code' in error ? String(error.code) : '';
  if (code.startsWith('ERR_PARSE_ARGS')) return error.message;
  return SYSTEM_ERRORS[code]?.(placeOf(error)) ?? error.stack ?? error.message;
};

const main = async ([name, ...args]: string[]): Promise<number> => {
  const command = COMMANDS.find((candidate) => candidate.name === name);
  if (!command) {
    process.stdout.write(usage());
    return name === undefined || name === '--help' || name === 'help' ? 0 : 2;
  }
  if (args.includes('--help')) {
    process.stdout.write(`${command.summary}\n\n${command.help}\n`);
    return 0;
  }
  return command.run(args);
};

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  // Half-built parts (a pool, a listener) must not keep a process that has failed.
  process.exit(1);
}
