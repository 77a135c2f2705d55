import type { FastifyReply } from 'fastify';
import { z } from 'zod';

/**
 * Failures a test can order, each for the next `count` submissions: an error, half an answer, no answer at all, or taking the
 * report and then giving no answer.
 */
export const FaultOrder = z.strictObject({
  kind: z.enum(['error_500', 'garbage', 'hang', 'accept_then_hang']),
  count: z.int().min(1).max(10_000),
});
export type FaultKind = z.output<typeof FaultOrder>['kind'];

export const createFaults = () => {
  const orders: { kind: FaultKind; left: number }[] = [];
  const hanging = new Set<FastifyReply['raw']>();
  return {
    order({ kind, count }: z.output<typeof FaultOrder>): void {
      orders.push({ kind, left: count });
    },
    next(): FaultKind | undefined {
      const [first] = orders;
      if (!first) return undefined;
      first.left -= 1;
      if (first.left === 0) orders.shift();
      return first.kind;
    },
    /** Leaves a caller without an answer, the connection open. */
    hang(reply: FastifyReply): FastifyReply {
      hanging.add(reply.raw);
      reply.raw.once('close', () => hanging.delete(reply.raw));
      return reply.hijack();
    },
    /** Ends the waiting of all who got no answer. */
    release(): void {
      for (const raw of hanging) raw.destroy();
    },
  };
};
export type Faults = ReturnType<typeof createFaults>;
