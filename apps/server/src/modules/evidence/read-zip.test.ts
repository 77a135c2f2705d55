import { zipSync, type Zippable } from 'fflate';
import { describe, expect, it } from 'vitest';
import { readZip } from './read-zip.ts';

const text = (content: string) => Buffer.from(content);
const zip = (files: Zippable, level: 0 | 6 = 6) => Buffer.from(zipSync(files, { level }));
const reason = (bytes: Uint8Array) => {
  const read = readZip(bytes);
  return read.ok ? 'ok' : read.reason;
};

/** Overwrites one byte at an offset from the first place a text stands at. */
const patched = (bytes: Buffer, place: string, offset: number, value: number): Buffer => {
  const copy = Buffer.from(bytes);
  copy[copy.indexOf(place, 0, 'latin1') + offset] = value;
  return copy;
};

const CENTRAL = 'PK\x01\x02';
const END = 'PK\x05\x06';

it('reads stored and deflated files, empty ones and folders', () => {
  for (const level of [0, 6] as const) {
    const read = readZip(
      zip({ a: text('one'.repeat(100)), 'b/c': new Uint8Array(), 'd/': new Uint8Array() }, level),
    );
    expect(read.ok && [...read.files].map(([path, bytes]) => [path, bytes.length])).toEqual([
      ['a', 300],
      ['b/c', 0],
    ]);
  }
});

describe('refuses', () => {
  const stored = zip({ a: text('content'), b: text('other') }, 0);

  it.each<[string, Uint8Array, string]>([
    ['no zip', text('hello'), 'zip_not_a_zip'],
    ['bytes before', Buffer.concat([text('x'), stored]), 'zip_damaged'],
    ['bytes after', Buffer.concat([stored, text('x')]), 'zip_not_a_zip'],
    ['altered content', patched(stored, 'content', 0, 0x43), 'zip_crc'],
    ['another name in the directory', patched(stored, CENTRAL, 46, 0x62), 'zip_damaged'],
    ['another size in the directory', patched(stored, CENTRAL, 24, 6), 'zip_damaged'],
    ['another checksum in the directory', patched(stored, CENTRAL, 16, 0), 'zip_damaged'],
    ['encryption', patched(stored, CENTRAL, 8, 1), 'zip_unsupported'],
    ['an entry that is not counted', patched(patched(stored, END, 8, 1), END, 10, 1), 'zip_damaged'],
    ['a second disk', patched(stored, END, 4, 1), 'zip_damaged'],
    ['a name that leads out', zip({ '../a': text('x') }), 'zip_bad_name'],
    ['a name from the root', zip({ '/a': text('x') }), 'zip_bad_name'],
    ['a name with a space', zip({ 'a b': text('x') }), 'zip_bad_name'],
    [
      'too many files',
      zip(Object.fromEntries(Array.from({ length: 129 }, (_, n) => [`f${n}`, text('x')]))),
      'zip_too_big',
    ],
  ])('%s', (_, bytes, expected) => {
    expect(reason(bytes)).toBe(expected);
  });

  it('the same name twice', () => {
    const twice = Buffer.from(stored);
    for (let at = twice.indexOf('b', 0); at >= 0; at = twice.indexOf('b', at + 1)) twice[at] = 0x61;
    expect(reason(twice)).toBe('zip_name_twice');
  });

  it('bytes hidden between two files', () => {
    const second = stored.lastIndexOf('PK\x03\x04', stored.length, 'latin1');
    const spaced = Buffer.concat([stored.subarray(0, second), text('xyz'), stored.subarray(second)]);
    const central = spaced.lastIndexOf(CENTRAL, spaced.length, 'latin1');
    spaced.writeUInt32LE(second + 3, central + 42);
    const end = spaced.indexOf(END, 0, 'latin1');
    spaced.writeUInt32LE(spaced.readUInt32LE(end + 16) + 3, end + 16);
    expect(reason(spaced)).toBe('zip_damaged');
  });

  it('a file that unpacks to more than it says', () => {
    const packed = zip({ a: text('x'.repeat(1000)) });
    const lying = patched(patched(packed, CENTRAL, 24, 10), 'PK\x03\x04', 22, 10);
    lying[lying.indexOf(CENTRAL, 0, 'latin1') + 25] = 0;
    lying[23] = 0;
    expect(reason(lying)).toBe('zip_damaged');
  });
});
