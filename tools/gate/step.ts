/** How a step that runs tests says how they went: the JSON file its runner leaves. */
export type TestReport = { kind: 'vitest' | 'playwright'; file: string };

/** One step of the gate: a program that must end with 0. */
export type GateStep = {
  name: string;
  command: readonly [string, ...string[]];
  /** Folder to run in, from the root. */
  folder?: string;
  env?: Record<string, string>;
  /** Names of steps that must have passed before. */
  needs?: readonly string[];
  /** Of the two cores: 2 runs by itself. */
  weight: 1 | 2;
  timeoutMs: number;
  tests?: TestReport;
};

/** How it went. A step without tests counts as one. */
export type GateResult = {
  name: string;
  outcome: 'passed' | 'failed' | 'skipped';
  seconds: number;
  passed: number;
  failed: number;
  /** Tests the runner left out. */
  left: number;
  output: string;
};
