export {
  startEmbeddedPostgres,
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
} from './embedded-postgres.ts';
export { exitWithParent, reportReady } from './exit-with-parent.ts';
export { runUntilStopped } from './run-until-stopped.ts';
export { StartError } from './start-error.ts';
export type { ChildSpec } from './child.ts';
export type { Step, SystemContext } from './step.ts';
export { startSystem, type RunningSystem, type SystemOptions } from './supervisor.ts';
