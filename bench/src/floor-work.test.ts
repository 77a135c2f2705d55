import { expect, it } from 'vitest';
import { spread } from './floor-work.ts';

it('spreads all the work and no more', () => {
  const requests = spread({ logins: 2, requests: 11, reads: 30, writes: 12, bytes: 24_000 });
  const sum = (pick: (work: (typeof requests)[number]) => number) =>
    requests.reduce((total, work) => total + pick(work), 0);
  expect(requests).toHaveLength(11);
  expect(sum(({ pinHashes }) => pinHashes)).toBe(2);
  expect(sum(({ signatures }) => signatures)).toBe(5);
  expect(sum(({ verifications }) => verifications)).toBe(4);
  expect(sum(({ reads }) => reads)).toBe(30);
  expect(sum(({ writes }) => writes)).toBe(12);
  expect(sum(({ writes, bytesPerWrite }) => writes * bytesPerWrite)).toBe(24_000);
});
