import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { AuditEvent } from './audit-event.ts';
import { eventBytes } from './event-hash.ts';
import { makeEvent } from './make-event.ts';

// Few and short texts, so that two random events often differ in where a text ends rather than in what it says.
const text = fc.oneof(
  fc.constantFrom('', '\n', '0', '1', 'a', 'aa', '\u0000', '\u0001\u0000\u0000\u0000\u0001a', 'ү', '😀'),
  fc.string({ unit: 'binary', maxLength: 3 }),
);
const maybe = fc.option(text);

const event: fc.Arbitrary<AuditEvent> = fc.record({
  chain: text,
  seq: fc.oneof(fc.integer({ min: 1, max: 12 }), fc.maxSafeInteger()),
  at: fc
    .bigInt({ min: -62_000_000_000_000_000n, max: 250_000_000_000_000_000n })
    .map((microseconds) => Temporal.Instant.fromEpochNanoseconds(microseconds * 1000n)),
  act: text,
  actorKind: text,
  actorId: maybe,
  actorName: maybe,
  address: maybe,
  userAgent: maybe,
  onBehalfOf: maybe,
  subjectKind: maybe,
  subjectId: maybe,
  data: text,
  previousHash: fc.uint8Array({ minLength: 32, maxLength: 32 }),
});

const NAMES = [
  'chain',
  'act',
  'actorKind',
  'actorId',
  'actorName',
  'address',
  'userAgent',
  'onBehalfOf',
  'subjectKind',
  'subjectId',
  'data',
] as const;

const isSame = (a: AuditEvent, b: AuditEvent): boolean =>
  NAMES.every((name) => a[name] === b[name]) &&
  a.seq === b.seq &&
  a.at.equals(b.at) &&
  Buffer.compare(a.previousHash, b.previousHash) === 0;

it('two events have the same bytes only when all their fields are the same', () => {
  fc.assert(
    fc.property(event, event, (a, b) => {
      const haveSameBytes = Buffer.compare(eventBytes(a), eventBytes(b)) === 0;
      expect(haveSameBytes).toBe(isSame(a, b));
    }),
    { numRuns: 2_000 },
  );
});

it('moving a text from any field to its neighbour, whole or in part, gives other bytes', () => {
  fc.assert(
    fc.property(event, fc.nat(NAMES.length - 2), text, (one, index, moved) => {
      const [from, to] = [NAMES[index], NAMES[index + 1]];
      if (from === undefined || to === undefined || moved === '') return;
      const before = { ...one, [from]: `${one[from] ?? ''}${moved}`, [to]: one[to] ?? '' };
      const after = { ...one, [from]: one[from] ?? '', [to]: `${moved}${one[to] ?? ''}` };
      expect(Buffer.compare(eventBytes(before), eventBytes(after))).not.toBe(0);
    }),
    { numRuns: 2_000 },
  );
});

it('an event can be read back as it was written: what the database cannot keep never gets into it', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme-composite', maxLength: 600 }),
      fc.string({ unit: 'binary', maxLength: 600 }),
      fc.string({ maxLength: 600 }).map((ascii) => `${ascii}\ud83d`),
      (name, userAgent, address) => {
        const made = makeEvent(
          {
            chain: 'operator',
            act: 'logout',
            actor: { kind: 'system', name },
            from: { address, userAgent },
            at: Temporal.Instant.fromEpochNanoseconds(1n),
          },
          { seq: 0, hash: new Uint8Array(32) },
        );
        for (const kept of [made.actorName, made.userAgent, made.address]) {
          expect(kept?.isWellFormed()).toBe(true);
          expect(kept).not.toContain('\u0000');
        }
        expect(made.at.epochNanoseconds % 1000n).toBe(0n);
        expect(() => eventBytes(made)).not.toThrow();
      },
    ),
  );
});
