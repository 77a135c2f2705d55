import { z } from 'zod';

/** Failures a test can order: each for the next `count` reports. */
export const FaultOrder = z.strictObject({
  kind: z.enum(['error_500', 'garbage', 'hang', 'accept_then_hang']),
  count: z.int().min(1).max(10_000),
});
export type FaultKind = z.output<typeof FaultOrder>['kind'];

export const createFaults = () => {
  const orders: FaultKind[] = [];
  return {
    order({ kind, count }: z.output<typeof FaultOrder>): void {
      for (let index = 0; index < count; index += 1) orders.push(kind);
    },
    next: (): FaultKind | undefined => orders.shift(),
  };
};
