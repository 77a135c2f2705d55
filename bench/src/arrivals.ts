import type { LiveFiling } from '@sochi/contract';

/** When filings were seen delivered and decided; moments are of performance.now(). */
export type Arrivals = {
  expect: (filingId: string) => { delivered: Promise<number>; decided: Promise<number> };
  note: (filing: LiveFiling) => void;
};

type Waiting = { delivered: PromiseWithResolvers<number>; decided: PromiseWithResolvers<number> };

export const createArrivals = (): Arrivals => {
  const waiting = new Map<string, Waiting>();
  return {
    expect(filingId) {
      const entry = { delivered: Promise.withResolvers<number>(), decided: Promise.withResolvers<number>() };
      waiting.set(filingId, entry);
      return { delivered: entry.delivered.promise, decided: entry.decided.promise };
    },
    note({ id, delivery, check }) {
      const entry = waiting.get(id);
      if (!entry || delivery !== 'delivered') return;
      entry.delivered.resolve(performance.now());
      if (check === 'awaiting_check' || check === null) return;
      entry.decided.resolve(performance.now());
      waiting.delete(id);
    },
  };
};
