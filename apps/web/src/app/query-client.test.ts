import { ApiError } from '@sochi/contract';
import { expect, it } from 'vitest';
import { isWorthRetrying } from './query-client.ts';

const answered = (status: number): ApiError =>
  new ApiError({ type: '', title: '', status, detail: '', code: 'x', data: {}, requestId: 'r' });

it('repeats what got no answer or met a fault of the server, twice at most', () => {
  expect(isWorthRetrying(0, new ApiError(undefined))).toBe(true);
  expect(isWorthRetrying(1, answered(503))).toBe(true);
  expect(isWorthRetrying(2, answered(503))).toBe(false);
  expect(isWorthRetrying(0, answered(404))).toBe(false);
  expect(isWorthRetrying(0, new TypeError('bug'))).toBe(false);
});
