import { expect, it } from 'vitest';
import { checkpointBytes } from './checkpoint.ts';
import { eventBytes, eventHash, NO_HASH } from './event-hash.ts';
import { makeEvent } from './make-event.ts';

const event = makeEvent(
  {
    chain: 'operator',
    act: 'login.refused',
    actor: { kind: 'stranger' },
    from: { address: '::1', userAgent: 'ky' },
    data: { role: 'head', attemptsLeft: 4 },
    at: Temporal.Instant.from('2026-11-25T10:00:00.1Z'),
  },
  { seq: 0, hash: NO_HASH },
);

it('the bytes of an event are those of the documentation', () => {
  const field = (text: string) =>
    `01${Buffer.from(text).length.toString(16).padStart(8, '0')}${Buffer.from(text).toString('hex')}`;
  const expected = [
    Buffer.from('sochi-audit-event-1\n').toString('hex'),
    field('operator'),
    field('1'),
    field('2026-11-25T10:00:00.100000Z'),
    field('login.refused'),
    field('stranger'),
    '00',
    '00',
    field('::1'),
    field('ky'),
    '00',
    '00',
    '00',
    field('{"attemptsLeft":4,"role":"head"}'),
    `0100000020${'00'.repeat(32)}`,
  ].join('');
  expect(Buffer.from(eventBytes(event)).toString('hex')).toBe(expected);
});

it('the hash of a known event never changes: old trails must stay verifiable', () => {
  expect(eventHash(event).toString('hex')).toMatchInlineSnapshot(
    `"e6c6d99fe27316e8f264a4bc19b9afd7a742928a3fd91dacba1ced628998ac37"`,
  );
});

it('half a letter is refused rather than hashed as another one', () => {
  expect(() => eventBytes({ ...event, act: '\ud83d' })).toThrow(RangeError);
});

it('a checkpoint is text that a person can read, and the name of a chain cannot pretend to be a line', () => {
  const bytes = checkpointBytes({
    number: 3,
    at: Temporal.Instant.from('2026-11-25T10:00:00Z'),
    previousHash: NO_HASH,
    heads: [
      { chain: 'operator', seq: 7, hash: Buffer.alloc(32, 1) },
      { chain: 'x"\nheads 9', seq: 1, hash: Buffer.alloc(32, 2) },
    ],
  });
  expect(Buffer.from(bytes).toString()).toBe(
    [
      'sochi-audit-checkpoint 1',
      'number 3',
      'at 2026-11-25T10:00:00.000000Z',
      `previous ${'00'.repeat(32)}`,
      'heads 2',
      `${'01'.repeat(32)} 7 "operator"`,
      `${'02'.repeat(32)} 1 "x\\"\\nheads 9"`,
      '',
    ].join('\n'),
  );
});
