import fc from 'fast-check';
import { expect, it } from 'vitest';
import { eventHash, NO_HASH } from '../event-hash.ts';
import { ChainChecker, type StoredHead, type Witness } from './chain-checker.ts';
import type { StoredEvent } from './find-origins.ts';
import type { TrailProblem } from './problem.ts';

const chained = (names: readonly string[], before: readonly StoredEvent[] = []): StoredEvent[] => {
  const events = [...before];
  for (const name of names) {
    const event = {
      chain: 'c',
      seq: events.length + 1,
      at: Temporal.Instant.fromEpochMilliseconds(0),
      act: 'logout',
      actorKind: 'system',
      actorId: null,
      actorName: name,
      address: null,
      userAgent: null,
      onBehalfOf: null,
      subjectKind: null,
      subjectId: null,
      data: '{}',
      previousHash: events.at(-1)?.hash ?? NO_HASH,
    };
    events.push({ ...event, hash: eventHash(event) });
  }
  return events;
};

const headOf = (events: readonly StoredEvent[]): StoredHead => ({
  seq: events.length,
  hash: events.at(-1)?.hash ?? NO_HASH,
  unwitnessed: false,
});

/** A chain with a checkpoint at some places and at its end, as the worker leaves it. */
const whole = fc
  .record({
    names: fc.array(fc.string({ maxLength: 3 }), { minLength: 1, maxLength: 30 }),
    witnessed: fc.array(fc.nat(29)),
  })
  .map(({ names, witnessed }) => {
    const events = chained(names);
    const places = [...new Set([...witnessed.map((at) => at + 1), names.length])].filter(
      (at) => at <= names.length,
    );
    const witnesses: Witness[] = places
      .toSorted((a, b) => a - b)
      .map((seq, at) => ({ seq, hash: events[seq - 1]?.hash ?? NO_HASH, checkpoint: at + 1, isSound: true }));
    return { events, witnesses };
  });

type Tampering = (events: readonly StoredEvent[], at: number, other: number) => StoredEvent[];

const renumbered = (events: readonly StoredEvent[]): StoredEvent[] =>
  events.map((event, index) => ({ ...event, seq: index + 1 }));
const rechained = (events: readonly StoredEvent[]): StoredEvent[] =>
  chained(events.map(({ actorName }) => actorName ?? ''));
const swap: Tampering = (events, at, other) =>
  events.map((event, index) => events[index === at ? other : index === other ? at : index] ?? event);

const TAMPERINGS: Readonly<Record<string, Tampering>> = {
  'alter one': (events, at) => events.map((event, index) => (index === at ? { ...event, act: 'x' } : event)),
  'alter one and all behind it': (events, at) =>
    rechained(events.map((event, index) => (index === at ? { ...event, actorName: 'forged' } : event))),
  'take out one': (events, at) => events.filter((_, index) => index !== at),
  'take out one and close the gap': (events, at) => renumbered(events.filter((_, index) => index !== at)),
  'take out one and chain anew': (events, at) => rechained(events.filter((_, index) => index !== at)),
  'cut off the end': (events, at) => events.slice(0, at),
  'put in a copy': (events, at, other) =>
    renumbered([...events.slice(0, at), ...events.slice(other, other + 1), ...events.slice(at)]),
  'put in a copy and chain anew': (events, at, other) =>
    rechained([...events.slice(0, at), ...events.slice(other, other + 1), ...events.slice(at)]),
  swap: (events, at, other) => renumbered(swap(events, at, other)),
  'swap and chain anew': (events, at, other) => rechained(swap(events, at, other)),
};

const check = (
  events: readonly StoredEvent[],
  head: StoredHead | undefined,
  witnesses: readonly Witness[],
): TrailProblem[] => {
  const problems: TrailProblem[] = [];
  const checker = new ChainChecker('c', (problem) => problems.push(problem));
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

const isSame = (a: readonly StoredEvent[], b: readonly StoredEvent[]): boolean =>
  a.length === b.length &&
  a.every((event, index) => {
    const other = b[index];
    return (
      other !== undefined &&
      event.seq === other.seq &&
      Buffer.compare(eventHash(event), eventHash(other)) === 0
    );
  });

it('a chain as it was recorded never has a problem', () => {
  fc.assert(
    fc.property(whole, ({ events, witnesses }) => {
      expect(check(events, headOf(events), witnesses)).toEqual([]);
    }),
  );
});

it.each(Object.entries(TAMPERINGS))(
  'whoever does this is found, whether the head is left, made to fit or taken away: %s',
  (_, tamper) => {
    fc.assert(
      fc.property(whole, fc.nat(29), fc.nat(29), ({ events, witnesses }, x, y) => {
        const [at, other] = [x % events.length, y % events.length];
        const forged = tamper(events, at, other);
        // Adding behind the end is what the portal itself does; everything else is found.
        fc.pre(!isSame(forged.slice(0, events.length), events));
        for (const head of [headOf(events), { ...headOf(forged), unwitnessed: true }, undefined])
          expect(check(forged, head, witnesses)).not.toEqual([]);
      }),
      { numRuns: 300 },
    );
  },
);
