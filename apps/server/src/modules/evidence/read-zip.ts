/**
 * Reads a small zip strictly: one disk, no zip64, no encryption, entries stored or deflated that follow each other without
 * gaps, local headers that agree with the directory, every CRC checked, all sizes bounded before anything is inflated.
 */
import { crc32, inflateRawSync } from 'node:zlib';
import { MAX_BUNDLE_BYTES } from './bundle-layout.ts';

export type ZipProblem =
  | 'zip_not_a_zip'
  | 'zip_damaged'
  | 'zip_too_big'
  | 'zip_unsupported'
  | 'zip_bad_name'
  | 'zip_name_twice'
  | 'zip_crc';

export type ReadZip =
  | { readonly ok: true; readonly files: ReadonlyMap<string, Uint8Array> }
  | { readonly ok: false; readonly reason: ZipProblem; readonly path: string | null };

class ZipError extends Error {
  readonly reason: ZipProblem;
  readonly path: string | null;

  constructor(reason: ZipProblem, path: string | null = null) {
    super(reason);
    this.reason = reason;
    this.path = path;
  }
}

const END = { signature: 0x06054b50, size: 22 };
const CENTRAL = { signature: 0x02014b50, size: 46 };
const LOCAL = { signature: 0x04034b50, size: 30 };
const MAX_ENTRIES = 128;
const SAFE_NAME = /^[A-Za-z0-9._-]+(\/[A-Za-z0-9._-]+)*\/?$/;
// Bits 1-2 tell the deflate level, bit 11 that names are UTF-8; encryption and data descriptors are refused.
const ALLOWED_FLAGS = 0x0806;

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly crc: number;
  readonly packedSize: number;
  readonly size: number;
  readonly offset: number;
}

const expect = (isFine: boolean, reason: ZipProblem, path: string | null = null): void => {
  if (!isFine) throw new ZipError(reason, path);
};

const readEnd = (zip: Buffer) => {
  const at = zip.length - END.size;
  expect(at >= 0 && zip.readUInt32LE(at) === END.signature, 'zip_not_a_zip');
  const count = zip.readUInt16LE(at + 10);
  const [size, offset] = [zip.readUInt32LE(at + 12), zip.readUInt32LE(at + 16)];
  const isOneDisk =
    zip.readUInt32LE(at + 4) === 0 && zip.readUInt16LE(at + 8) === count && zip.readUInt16LE(at + 20) === 0;
  expect(isOneDisk && offset + size === at, 'zip_damaged');
  expect(count <= MAX_ENTRIES, 'zip_too_big');
  return { count, offset, at };
};

const readCentral = (
  zip: Buffer,
  at: number,
  limit: number,
): { readonly entry: Entry; readonly next: number } => {
  expect(at + CENTRAL.size <= limit && zip.readUInt32LE(at) === CENTRAL.signature, 'zip_damaged');
  const nameLength = zip.readUInt16LE(at + 28);
  const next = at + CENTRAL.size + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  expect(next <= limit, 'zip_damaged');
  const name = zip.toString('latin1', at + CENTRAL.size, at + CENTRAL.size + nameLength);
  const isSafe = SAFE_NAME.test(name) && !name.split('/').some((part) => /^\.+$/.test(part));
  expect(isSafe, 'zip_bad_name', name);
  expect((zip.readUInt16LE(at + 8) & ~ALLOWED_FLAGS) === 0, 'zip_unsupported', name);
  const entry = {
    name,
    method: zip.readUInt16LE(at + 10),
    crc: zip.readUInt32LE(at + 16),
    packedSize: zip.readUInt32LE(at + 20),
    size: zip.readUInt32LE(at + 24),
    offset: zip.readUInt32LE(at + 42),
  };
  return { entry, next };
};

const inflate = (packed: Uint8Array, { name, method, size }: Entry): Uint8Array => {
  if (method === 0) return packed;
  expect(method === 8, 'zip_unsupported', name);
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, size) });
  } catch {
    throw new ZipError('zip_damaged', name);
  }
};

const readEntry = (
  zip: Buffer,
  entry: Entry,
  limit: number,
): { readonly bytes: Uint8Array; readonly end: number } => {
  const { name, offset } = entry;
  expect(offset + LOCAL.size <= limit && zip.readUInt32LE(offset) === LOCAL.signature, 'zip_damaged', name);
  const nameEnd = offset + LOCAL.size + zip.readUInt16LE(offset + 26);
  const start = nameEnd + zip.readUInt16LE(offset + 28);
  const end = start + entry.packedSize;
  const agrees =
    end <= limit &&
    zip.toString('latin1', offset + LOCAL.size, nameEnd) === name &&
    (zip.readUInt16LE(offset + 6) & ~ALLOWED_FLAGS) === 0 &&
    zip.readUInt16LE(offset + 8) === entry.method &&
    zip.readUInt32LE(offset + 14) === entry.crc &&
    zip.readUInt32LE(offset + 18) === entry.packedSize &&
    zip.readUInt32LE(offset + 22) === entry.size;
  expect(agrees, 'zip_damaged', name);
  const bytes = inflate(zip.subarray(start, end), entry);
  expect(bytes.length === entry.size, 'zip_damaged', name);
  expect(crc32(bytes) === entry.crc, 'zip_crc', name);
  return { bytes, end };
};

const readAll = (zip: Buffer): Map<string, Uint8Array> => {
  const { count, offset, at } = readEnd(zip);
  const entries: Entry[] = [];
  let next = offset;
  for (let index = 0; index < count; index += 1) {
    const central = readCentral(zip, next, at);
    entries.push(central.entry);
    next = central.next;
  }
  expect(next === at, 'zip_damaged');
  expect(entries.reduce((sum, { size }) => sum + size, 0) <= MAX_BUNDLE_BYTES, 'zip_too_big');
  const files = new Map<string, Uint8Array>();
  let position = 0;
  for (const entry of entries.toSorted((left, right) => left.offset - right.offset)) {
    expect(entry.offset === position, 'zip_damaged', entry.name);
    const { bytes, end } = readEntry(zip, entry, offset);
    position = end;
    if (entry.name.endsWith('/')) continue;
    expect(!files.has(entry.name), 'zip_name_twice', entry.name);
    files.set(entry.name, bytes);
  }
  expect(position === offset, 'zip_damaged');
  return files;
};

/** The files of a zip of at most 128 entries and 64 MiB; bytes of any kind never make it throw. */
export const readZip = (bytes: Uint8Array): ReadZip => {
  if (bytes.length > MAX_BUNDLE_BYTES) return { ok: false, reason: 'zip_too_big', path: null };
  try {
    return { ok: true, files: readAll(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)) };
  } catch (error) {
    if (error instanceof ZipError) return { ok: false, reason: error.reason, path: error.path };
    throw error;
  }
};
