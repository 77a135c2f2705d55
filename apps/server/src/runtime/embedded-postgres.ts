import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, escapeIdentifier } from 'pg';
import { fileSize, lastLines, openLogFile, readLogFrom } from './log-file.ts';
import { connectionStringFor, currentAccess, POSTGRES_ROLE, type PostgresAccess } from './postgres-access.ts';
import { choosePostgresAccount, POSTGRES_ENVIRONMENT, type PostgresAccount } from './postgres-account.ts';
import { findPostgresBinaries } from './postgres-binaries.ts';
import {
  assertClusterVersion,
  createCluster,
  dataFolderOf,
  handOver,
  hasCluster,
} from './postgres-cluster.ts';
import { clearLeftoverPostgres, stopPostgresProcess } from './postgres-leftover.ts';
import { asStartError, errorCode, StartError } from './start-error.ts';
import { assertNotStopped } from './stop-request.ts';

/*
 * The PostgreSQL that comes with npm, as a process of ours.
 *
 * Its data are in <var>/postgres, its port and password in <var>/postgres.json, its log in <var>/log/postgres.log. It
 * listens on the loopback address only, without a Unix socket. It is started in a session of its own, so that Ctrl-C in
 * the terminal reaches the launcher alone and the order of stopping stays with it. The caller holds the launcher lock.
 */

export type EmbeddedPostgresOptions = {
  varFolder: string;
  /** false: no fsync at all. For throw-away test databases only. */
  durable?: boolean;
  /** More settings of postgresql.conf, for instance `{ max_connections: '200' }`. */
  settings?: Record<string, string>;
  /** Aborting it stops a start that is under way. */
  signal?: AbortSignal | undefined;
  /** Called when the server ends without having been asked to. */
  onUnexpectedExit?: (lastLogLines: string) => void;
};

export type EmbeddedPostgres = {
  connectionString: string;
  port: number;
  pid: number;
  /** How PostgreSQL is run, in words: "this user", "account postgres", ... */
  runsAs: string;
  /** Fast shutdown, immediate after 8 s; harmless when it is already stopped. */
  stop: () => Promise<void>;
};

const READY_TIMEOUT_MS = 60_000;
/** Replaying the log after a crash may take long; the server says that it is at it. */
const RECOVERY_TIMEOUT_MS = 600_000;
/** How long the last processes of a killed server may hold its memory. */
const ORPHANS_TIMEOUT_MS = 15_000;
const POLL_MS = 40;
const STARTING_UP = '57P03';
const WRONG_PASSWORD = '28P01';

const BASE_SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  timezone: 'UTC',
  log_timezone: 'UTC',
};
const THROW_AWAY_SETTINGS = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  autovacuum: 'off',
};

type Server = { process: ChildProcess; pid: number; logFile: string; logStart: number };

const spawnServer = async (
  account: PostgresAccount,
  binary: string,
  options: { dataFolder: string; logFile: string; settings: Record<string, string> },
): Promise<Server> => {
  const flags = Object.entries(options.settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const { command, args, ...identity } = account.launch(binary, ['-D', options.dataFolder, ...flags]);
  const logStart = fileSize(options.logFile);
  const log = openLogFile(options.logFile);
  const child = spawn(command, args, {
    ...identity,
    cwd: '/',
    env: POSTGRES_ENVIRONMENT,
    stdio: ['ignore', log, log],
    detached: true,
  });
  closeSync(log);
  await new Promise((done, fail) => child.once('spawn', done).once('error', fail));
  return { process: child, pid: child.pid ?? 0, logFile: options.logFile, logStart };
};

const hasExited = ({ process: child }: Server): boolean =>
  child.exitCode !== null || child.signalCode !== null;

const logOf = (server: Server): string => readLogFrom(server.logFile, server.logStart);

const exitError = (server: Server): StartError => {
  const log = logOf(server);
  if (log.includes('No space left')) {
    return new StartError(`The disk is full: PostgreSQL cannot write (see ${server.logFile}).`);
  }
  return new StartError(
    `PostgreSQL does not start (see ${server.logFile}): ${lastLines(log, 4).split('\n').join(' | ')}`,
  );
};

/** Connects as soon as the server lets us, and makes our database if it is not there. */
const waitUntilReady = async (
  server: Server,
  access: PostgresAccess,
  signal?: AbortSignal,
): Promise<void> => {
  const started = performance.now();
  let timeoutMs = READY_TIMEOUT_MS;
  for (;;) {
    if (hasExited(server)) throw exitError(server);
    assertNotStopped(signal);
    const client = new Client({
      connectionString: connectionStringFor(access, 'postgres'),
      connectionTimeoutMillis: 5_000,
    });
    client.on('error', () => undefined); // the failed call below reports it
    try {
      await client.connect();
      const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [
        POSTGRES_ROLE,
      ]);
      if (rowCount === 0) await client.query(`create database ${escapeIdentifier(POSTGRES_ROLE)}`);
      return;
    } catch (error) {
      const code = errorCode(error);
      if (code === STARTING_UP) timeoutMs = RECOVERY_TIMEOUT_MS;
      if (code === WRONG_PASSWORD)
        throw asStartError(error, 'Connecting to PostgreSQL with the password in postgres.json');
      if (performance.now() - started > timeoutMs) throw exitError(server);
      await sleep(POLL_MS);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
};

const startServer = async (
  account: PostgresAccount,
  binary: string,
  options: { varFolder: string; settings: Record<string, string>; signal?: AbortSignal | undefined },
): Promise<{ server: Server; access: PostgresAccess }> => {
  const dataFolder = dataFolderOf(options.varFolder);
  const logFile = join(options.varFolder, 'log', 'postgres.log');
  const giveUpAt = performance.now() + ORPHANS_TIMEOUT_MS;
  for (;;) {
    const access = await currentAccess(options.varFolder);
    const settings = { ...options.settings, port: String(access.port) };
    const server = await spawnServer(account, binary, { dataFolder, logFile, settings });
    try {
      await waitUntilReady(server, access, options.signal);
      return { server, access };
    } catch (error) {
      if (!hasExited(server)) await stopPostgresProcess(server.pid);
      // After a kill -9 the orphans of the killed server need a moment to notice; a port may be snatched at any time.
      const passing = /pre-existing shared memory block|Address already in use/.test(logOf(server));
      if (!passing || performance.now() > giveUpAt) throw error;
      await sleep(200);
    }
  }
};

/**
 * Starts the embedded PostgreSQL on `<varFolder>/postgres`, making the database on first use and recovering it after a
 * crash; answers when it takes connections. Throws StartError and leaves nothing running when it cannot.
 */
export const startEmbeddedPostgres = async (options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> => {
  const varFolder = resolve(options.varFolder);
  const durable = options.durable ?? true;
  try {
    mkdirSync(varFolder, { recursive: true });
    const binaries = await findPostgresBinaries();
    const account = choosePostgresAccount(binaries.postgres, varFolder);
    if (hasCluster(varFolder)) {
      assertClusterVersion(varFolder, binaries);
      await clearLeftoverPostgres(dataFolderOf(varFolder));
      handOver(varFolder, account);
    } else {
      await createCluster({ varFolder, binaries, account, durable });
    }
    const settings = { ...BASE_SETTINGS, ...(durable ? {} : THROW_AWAY_SETTINGS), ...options.settings };
    const { server, access } = await startServer(account, binaries.postgres, {
      varFolder,
      settings,
      signal: options.signal,
    });
    return running(server, access, account, options);
  } catch (error) {
    throw asStartError(error, 'Starting PostgreSQL');
  }
};

const running = (
  server: Server,
  access: PostgresAccess,
  account: PostgresAccount,
  { onUnexpectedExit }: EmbeddedPostgresOptions,
): EmbeddedPostgres => {
  let stopping: Promise<void> | undefined;
  const reportExit = (): void => {
    if (!stopping) onUnexpectedExit?.(lastLines(logOf(server), 3));
  };
  if (hasExited(server)) queueMicrotask(reportExit);
  else server.process.once('exit', reportExit);
  return {
    connectionString: connectionStringFor(access, POSTGRES_ROLE),
    port: access.port,
    pid: server.pid,
    runsAs: account.label,
    stop: () => (stopping ??= hasExited(server) ? Promise.resolve() : stopPostgresProcess(server.pid)),
  };
};
