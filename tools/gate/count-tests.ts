import { readFileSync } from 'node:fs';
import type { TestReport } from './step.ts';

export type TestCount = { passed: number; failed: number; left: number };

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};

const number = (value: unknown): number => (typeof value === 'number' ? value : 0);

/** Files that could not even be loaded have no tests to fail, so each counts as one. */
const unloadable = (report: Record<string, unknown>): number => {
  const files = Array.isArray(report['testResults']) ? report['testResults'].map(record) : [];
  return files.filter(({ status, assertionResults }) => {
    const assertions = Array.isArray(assertionResults) ? assertionResults.map(record) : [];
    return status === 'failed' && !assertions.some((each) => each['status'] === 'failed');
  }).length;
};

const COUNTERS: Record<TestReport['kind'], (report: Record<string, unknown>) => TestCount> = {
  vitest: (report) => ({
    passed: number(report['numPassedTests']),
    failed: number(report['numFailedTests']) + unloadable(report),
    left: number(report['numPendingTests']) + number(report['numTodoTests']),
  }),
  playwright: ({ stats, errors }) => ({
    passed: number(record(stats)['expected']) + number(record(stats)['flaky']),
    failed: number(record(stats)['unexpected']) + (Array.isArray(errors) ? errors.length : 0),
    left: number(record(stats)['skipped']),
  }),
};

/** Counts the tests in a runner's JSON text. */
export const countTests = (kind: TestReport['kind'], json: string): TestCount =>
  COUNTERS[kind](record(JSON.parse(json) as unknown));

/** Counts the tests in a runner's JSON file; undefined when it left none. */
export const readTestCount = ({ kind, file }: TestReport): TestCount | undefined => {
  try {
    return countTests(kind, readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
};
