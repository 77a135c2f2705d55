import { expect, it } from 'vitest';
import { createFaults, FaultOrder } from './faults.ts';

it('plays each order its number of times, in turn, then none', () => {
  const faults = createFaults();
  faults.order({ kind: 'error_500', count: 2 });
  faults.order({ kind: 'hang', count: 1 });
  expect([1, 2, 3, 4].map(() => faults.next())).toEqual(['error_500', 'error_500', 'hang', undefined]);
});

it.each([{ kind: 'explode', count: 1 }, { kind: 'hang', count: 0 }, { kind: 'hang' }])(
  'refuses %o',
  (order) => {
    expect(FaultOrder.safeParse(order).success).toBe(false);
  },
);
