import { expect, it } from 'vitest';
import { readDer } from '../../der/read-der.ts';
import { runFuzz } from './run-fuzz.ts';
import { createTargets, type Target } from './targets.ts';

const now = () => performance.now();

it('refuses mutated inputs with MalformedError and nothing else, in every reader', async () => {
  const targets = await createTargets();
  for (const { seeds, run } of targets) for (const seed of seeds) await run(seed);
  const report = await runFuzz({ targets, count: 12_000, seed: 20_261_123, now });
  expect(report.crashes).toEqual([]);
  expect(report.refusals.size).toBeGreaterThan(60);
  expect(report.slowest.ms).toBeLessThan(1000);
}, 60_000);

it('sees a reader that crashes', async () => {
  const fragile: Target = {
    name: 'fragile',
    seeds: [Uint8Array.of(0x30, 0x03, 0x02, 0x01, 0x05)],
    run: (input) => {
      if (input[0] !== 0x30) throw new TypeError('not what I expected');
      return readDer(input);
    },
  };
  const { crashes } = await runFuzz({ targets: [fragile], count: 300, seed: 1, now });
  expect(crashes.length).toBeGreaterThan(0);
  expect(crashes[0]).toMatchObject({
    target: 'fragile',
    error: expect.stringContaining('not what I expected'),
  });
});
