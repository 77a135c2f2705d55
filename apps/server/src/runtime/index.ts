export {
  startEmbeddedPostgres,
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
} from './embedded-postgres.ts';
export { assertDatabaseReachable } from './external-database.ts';
export { exitWithParent, reportReady } from './exit-with-parent.ts';
export { takeLauncherLock } from './launcher-lock.ts';
export { assertHttpPort, freePort } from './ports.ts';
export { runUntilStopped } from './run-until-stopped.ts';
export { asStartError, StartError } from './start-error.ts';
export type { ChildSpec } from './child.ts';
export type { Step, SystemContext } from './step.ts';
export { startSystem, type RunningSystem, type SystemOptions } from './supervisor.ts';
