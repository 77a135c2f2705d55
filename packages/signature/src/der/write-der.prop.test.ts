import fc from 'fast-check';
import { expect, it } from 'vitest';
import { bodyOf, childrenOf, rawOf, readDer } from './read-der.ts';
import { oidOf } from './read-values.ts';
import { instantOf, derTime } from './time.ts';
import { derOctetString, derOid, derSequence, derSetOf } from './write-der.ts';

it('reads back any bytes it wrote', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 400 }), { maxLength: 8 }), (parts) => {
      const children = childrenOf(readDer(derSequence(...parts.map(derOctetString))));
      expect(children.map((child) => Buffer.from(bodyOf(child)))).toEqual(
        parts.map((part) => Buffer.from(part)),
      );
    }),
  );
});

it('sorts a SET OF whatever the order given', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 20 }), { maxLength: 8 }), (parts) => {
      const values = parts.map(derOctetString);
      const set = derSetOf(values);
      expect(derSetOf(values.toReversed())).toEqual(set);
      const raws = childrenOf(readDer(set)).map(rawOf);
      expect(raws).toEqual(raws.toSorted(Buffer.compare));
    }),
  );
});

it('keeps any object identifier and any second between 1950 and 9999', () => {
  const arc = fc.nat(1_000_000_000);
  fc.assert(
    fc.property(fc.nat(2), fc.nat(39), fc.array(arc, { maxLength: 4 }), (first, second, rest) => {
      const oid = [first, second, ...rest].join('.');
      expect(oidOf(readDer(derOid(oid)))).toBe(oid);
    }),
  );
  fc.assert(
    fc.property(fc.integer({ min: -631_152_000, max: 253_402_300_799 }), (second) => {
      const instant = Temporal.Instant.fromEpochMilliseconds(second * 1000);
      expect(instantOf(readDer(derTime(instant))).equals(instant)).toBe(true);
    }),
  );
});
