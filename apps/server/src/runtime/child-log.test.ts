import { expect, test } from 'vitest';
import { errorTextOf } from './child-log.ts';

test.each([
  ['plain text', undefined],
  ['{"level":30,"msg":"fine"}', undefined],
  ['{"level":50,"msg":"broken"}', 'broken'],
  ['{"level":60,"msg":"job failed","err":{"message":"no route"}}', 'job failed: no route'],
  ['{"level":50,"msg":"no route","err":{"message":"no route"}}', 'no route'],
  ['{"level":50', undefined],
  ['{"level":"50","msg":1}', undefined],
])('%s shows %s', (line, shown) => {
  expect(errorTextOf(line)).toBe(shown);
});
