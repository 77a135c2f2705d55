import { expect, test } from 'vitest';
import { countTests } from './count-tests.ts';

test('counts what Vitest says; a file that could not be loaded is a failure', () => {
  const report = {
    numPassedTests: 3,
    numFailedTests: 1,
    numPendingTests: 2,
    numTodoTests: 1,
    testResults: [
      { status: 'failed', assertionResults: [{ status: 'failed' }, { status: 'passed' }] },
      { status: 'failed', assertionResults: [] },
      { status: 'passed', assertionResults: [{ status: 'passed' }] },
    ],
  };
  expect(countTests('vitest', JSON.stringify(report))).toEqual({ passed: 3, failed: 2, left: 3 });
});

test('counts what Playwright says; an error outside the tests is a failure', () => {
  const report = {
    stats: { expected: 4, flaky: 1, unexpected: 2, skipped: 1 },
    errors: [{ message: 'no server' }],
  };
  expect(countTests('playwright', JSON.stringify(report))).toEqual({ passed: 5, failed: 3, left: 1 });
});
