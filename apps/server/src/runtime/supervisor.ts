import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { startChild, type ChildSpec, type RunningChild } from './child.ts';
import { startEmbeddedPostgres, type EmbeddedPostgres } from './embedded-postgres.ts';
import { assertDatabaseReachable } from './external-database.ts';
import { keepAlive } from './keep-alive.ts';
import { takeLauncherLock } from './launcher-lock.ts';
import { assertHttpPort, freePort } from './ports.ts';
import { endLeftovers, findLeftovers, forgetProcesses, recordProcesses } from './process-record.ts';
import { asStartError } from './start-error.ts';
import { orStopped } from './stop-request.ts';
import { runSteps, type Step, type SystemContext } from './step.ts';

/*
 * The whole system on one machine: database, one-off steps, then the processes, kept running until stopped.
 *
 * Whatever has been started is noted in `cleanups` at once. A failure at any point and an ordinary stop run the same
 * list backwards, so nothing half-started stays behind. Stopping goes in the order of `children` (the one that takes
 * work in first), all within 10 s, and the database goes last.
 */

export type SystemOptions = {
  varFolder: string;
  http: { host: string; port: number };
  /** Use this server instead of an embedded one. */
  databaseUrl?: string | undefined;
  /** More settings of the embedded server. */
  postgresSettings?: Record<string, string>;
  /** What the processes inherit; DATABASE_URL, PORT, WORKER_PORT, AGENCY_PORT and VAR_DIR are added. */
  environment: Record<string, string | undefined>;
  steps: readonly Step[];
  children: (context: SystemContext) => readonly ChildSpec[];
  /** Lines for the person at the terminal. */
  report: (line: string) => void;
  /** Aborting it stops a start that is under way. */
  signal?: AbortSignal | undefined;
};

export type RunningSystem = SystemContext & {
  url: string;
  /** Process numbers by name; `postgres` when it is embedded. */
  pids: () => Record<string, number>;
  /** Stops everything in order; harmless when called twice. */
  stop: () => Promise<void>;
};

const STOP_DEADLINE_MS = 10_000;

type Cleanups = (() => Promise<void> | void)[];

/** What is being built: `stopping` ends the keep-alive loops, `alive` is what must be stopped in the end. */
type Building = {
  options: SystemOptions;
  stopping: AbortController;
  cleanups: Cleanups;
  pids: Map<string, number>;
};

const startOwnPostgres = async ({ options, stopping, cleanups, pids }: Building): Promise<string> => {
  const { varFolder, report } = options;
  const start = async () => {
    const ended = Promise.withResolvers<string>();
    const server = await startEmbeddedPostgres({
      varFolder,
      settings: options.postgresSettings ?? {},
      signal: stopping.signal,
      onUnexpectedExit: () => ended.resolve('see its log'),
    });
    pids.set('postgres', server.pid);
    return { server, ended: ended.promise };
  };
  const first = await start();
  let current: EmbeddedPostgres = first.server;
  const revive = async () => {
    const next = await start();
    current = next.server;
    if (current.connectionString !== first.server.connectionString) {
      report('[postgres] its port was taken meanwhile: stop the system and start it again.');
    }
    return next;
  };
  const loop = keepAlive(first, { name: 'postgres', report, signal: stopping.signal, revive });
  cleanups.push(async () => {
    await loop;
    await current.stop();
  });
  return first.server.connectionString;
};

const findDatabase = async (building: Building): Promise<string> => {
  const { databaseUrl } = building.options;
  if (!databaseUrl) return startOwnPostgres(building);
  await assertDatabaseReachable(databaseUrl);
  return databaseUrl;
};

const makeContext = async (building: Building, connectionString: string): Promise<SystemContext> => {
  const { varFolder, http, environment } = building.options;
  const ports = { web: http.port, worker: await freePort(), agency: await freePort() };
  return {
    varFolder,
    connectionString,
    ports,
    environment: {
      ...environment,
      DATABASE_URL: connectionString,
      VAR_DIR: varFolder,
      HOST: http.host,
      PORT: String(ports.web),
      WORKER_PORT: String(ports.worker),
      AGENCY_PORT: String(ports.agency),
    },
  };
};

const startChildren = async (building: Building, context: SystemContext): Promise<void> => {
  const { options, stopping, cleanups, pids } = building;
  const current = new Map<string, RunningChild>();
  const launch = (spec: ChildSpec): RunningChild => {
    const child = startChild(spec, {
      varFolder: context.varFolder,
      environment: context.environment,
      report: options.report,
    });
    current.set(spec.name, child);
    pids.set(spec.name, child.pid);
    recordProcesses(
      context.varFolder,
      [...current.values()].map(({ pid }) => pid),
    );
    return child;
  };
  const specs = options.children(context);
  cleanups.push(async () => {
    const deadline = performance.now() + STOP_DEADLINE_MS;
    for (const child of current.values()) await child.stop(deadline);
    forgetProcesses(context.varFolder);
  });
  const children = specs.map((spec) => ({ spec, child: launch(spec) }));
  await orStopped(Promise.all(children.map(({ child }) => child.ready())), stopping.signal);
  const revive = async (spec: ChildSpec) => {
    const child = launch(spec);
    // One that never gets ready is not left hanging: it is ended and counts as one more failed life.
    await child.ready().catch(async (error: unknown) => {
      await child.stop(performance.now());
      throw error;
    });
    return { ended: child.exited };
  };
  for (const { spec, child } of children) {
    void keepAlive(
      { ended: child.exited },
      { name: spec.name, report: options.report, signal: stopping.signal, revive: () => revive(spec) },
    );
  }
};

const stopAll = async ({ stopping, cleanups, options }: Building): Promise<void> => {
  stopping.abort();
  for (const cleanup of cleanups.toReversed()) {
    try {
      await cleanup();
    } catch (error) {
      options.report(`Stopping: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
};

const build = async (building: Building): Promise<SystemContext> => {
  const { options, cleanups, stopping } = building;
  const { http, varFolder } = options;
  const leftovers = findLeftovers(varFolder);
  if (leftovers.length === 0) await assertHttpPort(http.port, http.host);
  cleanups.push(takeLauncherLock(varFolder).release);
  if (leftovers.length > 0) {
    options.report('The last run was cut off; waiting for the end of its processes ...');
    await endLeftovers(leftovers);
    await assertHttpPort(http.port, http.host);
  }
  mkdirSync(join(varFolder, 'log'), { recursive: true });
  const context = await makeContext(building, await findDatabase(building));
  await runSteps(options.steps, context, stopping.signal);
  await startChildren(building, context);
  return context;
};

/** Addresses that mean "every interface" are not ones a browser can go to. */
const browserHost = (host: string): string =>
  ['127.0.0.1', '0.0.0.0', '::', '::1'].includes(host) ? 'localhost' : host;

/**
 * Starts everything and answers once all processes are ready. HTTP port 0 means any free one. Throws StartError, with
 * everything already started stopped again, when something cannot start or `signal` is aborted meanwhile.
 */
export const startSystem = async (given: SystemOptions): Promise<RunningSystem> => {
  const port = given.http.port === 0 ? await freePort() : given.http.port;
  const options = { ...given, varFolder: resolve(given.varFolder), http: { ...given.http, port } };
  const building: Building = { options, stopping: new AbortController(), cleanups: [], pids: new Map() };
  const abort = (): void => building.stopping.abort();
  options.signal?.addEventListener('abort', abort, { once: true });
  if (options.signal?.aborted) abort();
  try {
    const context = await build(building);
    let stopped: Promise<void> | undefined;
    return {
      ...context,
      url: `http://${browserHost(options.http.host)}:${port}`,
      pids: () => Object.fromEntries(building.pids),
      stop: () => (stopped ??= stopAll(building)),
    };
  } catch (error) {
    await stopAll(building);
    throw asStartError(error, 'Starting');
  } finally {
    options.signal?.removeEventListener('abort', abort);
  }
};
