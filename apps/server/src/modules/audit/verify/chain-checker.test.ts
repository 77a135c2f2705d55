import { expect, it, describe } from 'vitest';
import { eventHash, NO_HASH } from '../event-hash.ts';
import { makeEvent } from '../make-event.ts';
import { ChainChecker, type StoredHead, type Witness } from './chain-checker.ts';
import type { StoredEvent } from './find-origins.ts';
import type { TrailProblem } from './problem.ts';

const CHAIN = 'c';

const nextEvent = (last: StoredEvent | undefined, name: string): StoredEvent => {
  const event = makeEvent(
    {
      chain: CHAIN,
      act: 'logout',
      actor: { kind: 'system', name },
      at: Temporal.Instant.fromEpochMilliseconds(1_000_000),
    },
    last ?? { seq: 0, hash: NO_HASH },
  );
  return { ...event, hash: eventHash(event) };
};

const aChain = (length: number, name = 'it'): StoredEvent[] => {
  const events: StoredEvent[] = [];
  for (let index = 0; index < length; index += 1) events.push(nextEvent(events.at(-1), `${name} ${index}`));
  return events;
};

/** Contents and hash of an event changed together, as one does who knows how it is made. */
const rehashed = (event: StoredEvent | undefined, change: Partial<StoredEvent>): StoredEvent => {
  if (!event) throw new Error('no such event');
  const changed = { ...event, ...change };
  return { ...changed, hash: eventHash(changed) };
};

/** Everything from `from` on chained anew, as one does who wants to hide a change. */
const rechained = (events: readonly StoredEvent[], from: number): StoredEvent[] => {
  const result = events.slice(0, from - 1);
  for (const event of events.slice(from - 1)) {
    const last = result.at(-1);
    result.push(rehashed(event, { seq: (last?.seq ?? 0) + 1, previousHash: last?.hash ?? NO_HASH }));
  }
  return result;
};

const headOf = (events: readonly StoredEvent[]): StoredHead => ({
  seq: events.at(-1)?.seq ?? 0,
  hash: events.at(-1)?.hash ?? NO_HASH,
  unwitnessed: true,
});

const witnessOf = (events: readonly StoredEvent[], seq: number, checkpoint: number): Witness => ({
  seq,
  hash: events[seq - 1]?.hash ?? NO_HASH,
  checkpoint,
  isSound: true,
});

const problemsOf = (
  events: readonly StoredEvent[],
  head: StoredHead | undefined,
  witnesses: readonly Witness[] = [],
): TrailProblem[] => {
  const problems: TrailProblem[] = [];
  const checker = new ChainChecker(CHAIN, (problem) => problems.push(problem));
  for (const event of events)
    checker.add(
      event,
      witnesses.filter(({ seq }) => seq === event.seq),
    );
  const last = events.at(-1)?.seq ?? 0;
  checker.end(
    head,
    witnesses.findLast(({ seq }) => seq > last),
  );
  return problems;
};

const chain = CHAIN;
const good = aChain(12);
const head = headOf(good);
const witnesses = [witnessOf(good, 3, 1), witnessOf(good, 7, 2), witnessOf(good, 12, 3)];

/** The chain with its array changed; numbers are places, from 1. */
const without = (...seqs: number[]) => good.filter(({ seq }) => !seqs.includes(seq));
const withAt = (seq: number, change: (event: StoredEvent) => StoredEvent) =>
  good.map((event) => (event.seq === seq ? change(event) : event));
const renumbered = (events: readonly StoredEvent[]) =>
  events.map((event, index) => ({ ...event, seq: index + 1 }));

it('finds nothing in a chain that is whole', () => {
  expect(problemsOf(good, head, witnesses)).toEqual([]);
  expect(problemsOf(good, { ...head, unwitnessed: false }, witnesses)).toEqual([]);
  expect(problemsOf([], undefined)).toEqual([]);
});

describe('changed contents', () => {
  it.each([1, 5, 7, 12])('are found at %i', (seq) => {
    const events = withAt(seq, (event) => ({ ...event, actorName: 'somebody else' }));
    expect(problemsOf(events, head, witnesses)).toEqual([{ kind: 'altered', chain, seq }]);
  });

  it.each([1, 3, 5, 11])('are found at %i with their hash changed too', (seq) => {
    const events = withAt(seq, (event) => rehashed(event, { actorName: 'somebody else' }));
    expect(problemsOf(events, head, witnesses)).toEqual([{ kind: 'altered', chain, seq }]);
  });

  it('are found in the last one by the head', () => {
    const events = withAt(12, (event) => rehashed(event, { actorName: 'somebody else' }));
    expect(problemsOf(events, head)).toEqual([{ kind: 'head_differs', chain, seq: 12 }]);
  });

  it('are found with everything behind chained anew, between two checkpoints', () => {
    const events = rechained(
      withAt(5, (event) => ({ ...event, actorName: 'somebody else' })),
      5,
    );
    expect(problemsOf(events, headOf(events), witnesses)).toEqual([
      { kind: 'rewritten', chain, from: 4, to: 7, checkpoint: 2 },
    ]);
  });

  it('that no checkpoint has witnessed can be hidden by chaining anew: that is what checkpoints are for', () => {
    const events = rechained(
      withAt(8, (event) => ({ ...event, actorName: 'somebody else' })),
      8,
    );
    expect(problemsOf(events, headOf(events), witnesses.slice(0, 2))).toEqual([]);
  });

  it('are found many at once', () => {
    const events = good.map((event) => (event.seq % 3 === 0 ? { ...event, act: 'x' } : event));
    expect(problemsOf(events, head, witnesses)).toEqual(
      [3, 6, 9, 12].map((seq) => ({ kind: 'altered', chain, seq })),
    );
  });
});

describe('missing events', () => {
  it.each([[[1]], [[5]], [[5, 6, 7]]])('%j are found', (seqs) => {
    const [from = 0, to = from] = [seqs[0], seqs.at(-1)];
    expect(problemsOf(without(...seqs), head, witnesses)).toEqual([{ kind: 'missing', chain, from, to }]);
  });

  it('are found when the others were renumbered', () => {
    const events = renumbered(without(5));
    expect(problemsOf(events, head, witnesses)).toEqual([
      { kind: 'missing', chain, from: 5, to: 5 },
      { kind: 'renumbered', chain, from: 5, to: 11, by: -1 },
    ]);
  });

  it('are found at the end by the head, or by a checkpoint when the head was turned back', () => {
    expect(problemsOf(without(11, 12), head)).toEqual([
      { kind: 'tail_missing', chain, from: 11, to: 12, checkpoint: null },
    ]);
    const cut = without(11, 12);
    expect(problemsOf(cut, headOf(cut), witnesses)).toEqual([
      { kind: 'tail_missing', chain, from: 11, to: 12, checkpoint: 3 },
    ]);
  });

  it('are found when nothing is left at all', () => {
    expect(problemsOf([], undefined, witnesses)).toEqual([
      { kind: 'tail_missing', chain, from: 1, to: 12, checkpoint: 3 },
    ]);
  });

  it('are found when a cut chain grew again', () => {
    const cut = without(11, 12);
    const grown = [...cut, nextEvent(cut.at(-1), 'new')];
    expect(problemsOf([...grown, nextEvent(grown.at(-1), 'newer')], undefined, witnesses)).toEqual([
      { kind: 'head_missing', chain },
      { kind: 'rewritten', chain, from: 8, to: 12, checkpoint: 3 },
    ]);
  });
});

describe('inserted events', () => {
  const fake = (seq: number) =>
    rehashed(good[seq - 2], { seq, previousHash: good[seq - 2]?.hash ?? NO_HASH });

  it('are found at the end', () => {
    const events = [...good, nextEvent(good.at(-1), 'fake')];
    expect(problemsOf(events, head, witnesses)).toEqual([{ kind: 'inserted', chain, from: 13, to: 13 }]);
    const crude = [...good, { ...fake(13), actorName: 'x' }];
    expect(problemsOf(crude, head, witnesses)).toEqual([{ kind: 'inserted', chain, from: 13, to: 13 }]);
  });

  it.each([
    ['one that fits', fake(5)],
    ['one that does not fit', { ...fake(5), actorName: 'x' }],
  ])('are found in between, the others renumbered: %s', (_, inserted) => {
    const events = renumbered([...good.slice(0, 4), inserted, ...good.slice(4)]);
    expect(problemsOf(events, head, witnesses)).toEqual([
      { kind: 'inserted', chain, from: 5, to: 5 },
      { kind: 'renumbered', chain, from: 6, to: 13, by: 1 },
    ]);
  });

  it('are found at a place that is taken', () => {
    const events = [...good.slice(0, 5), fake(5), ...good.slice(5)];
    expect(problemsOf(events, head, witnesses)).toEqual([{ kind: 'inserted', chain, from: 5, to: 5 }]);
  });

  it('are found in place of another', () => {
    const events = withAt(5, () => fake(5));
    expect(problemsOf(events, head, witnesses)).toEqual([{ kind: 'altered', chain, seq: 5 }]);
  });

  it('are found as a chain of its own', () => {
    expect(problemsOf(aChain(2, 'fake'), undefined)).toEqual([{ kind: 'head_missing', chain }]);
  });
});

describe('swapped events', () => {
  it.each([
    [4, 5],
    [1, 12],
    [3, 9],
  ])('%i and %i are found', (a, b) => {
    const events = good.map((event) => {
      const other = event.seq === a ? good[b - 1] : event.seq === b ? good[a - 1] : event;
      return { ...(other ?? event), seq: event.seq };
    });
    expect(problemsOf(events, head, witnesses)).toEqual([{ kind: 'swapped', chain, seq: a, with: b }]);
  });

  it('are found as rewritten when all was chained anew', () => {
    const [fourth, fifth] = [good[3], good[4]];
    if (!fourth || !fifth) throw new Error('the chain is too short');
    const events = rechained([...good.slice(0, 3), fifth, fourth, ...good.slice(5)], 4);
    expect(problemsOf(events, headOf(events), witnesses)).toEqual([
      { kind: 'rewritten', chain, from: 4, to: 7, checkpoint: 2 },
    ]);
  });
});

describe('the head and the checkpoints', () => {
  it('a head that goes missing or names another hash is found', () => {
    expect(problemsOf(good, undefined, witnesses)).toEqual([{ kind: 'head_missing', chain }]);
    expect(problemsOf(good, { ...head, hash: NO_HASH }, witnesses)).toEqual([
      { kind: 'head_differs', chain, seq: 12 },
    ]);
  });

  it('an end that should have been witnessed and was not is found', () => {
    expect(problemsOf(good, { ...head, unwitnessed: false }, witnesses.slice(0, 2))).toEqual([
      { kind: 'witness_missing', chain, seq: 12 },
    ]);
  });

  it('an unsound checkpoint is not believed', () => {
    const liar = { ...witnessOf(good, 5, 9), hash: NO_HASH, isSound: false };
    expect(problemsOf(good, head, [...witnesses, liar])).toEqual([]);
  });
});

it('holds its memory and its tongue over a long run: one renumbering is one problem', () => {
  const long = aChain(2_000);
  const problems = problemsOf(renumbered(long.filter(({ seq }) => seq !== 700)), headOf(long));
  expect(problems).toEqual([
    { kind: 'missing', chain, from: 700, to: 700 },
    { kind: 'renumbered', chain, from: 700, to: 1_999, by: -1 },
  ]);
});
