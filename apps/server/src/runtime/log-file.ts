import { closeSync, fstatSync, mkdirSync, openSync, readSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

const ROTATE_ABOVE_BYTES = 10_000_000;

/** Opens a log for appending and answers its descriptor; a log above 10 MB is first set aside as `<name>.1`. */
export const openLogFile = (path: string): number => {
  mkdirSync(dirname(path), { recursive: true });
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size > ROTATE_ABOVE_BYTES) renameSync(path, `${path}.1`);
  return openSync(path, 'a', 0o600);
};

/** The size of a file in bytes, 0 when it is not there. */
export const fileSize = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

/** What was written to a log after byte `from`, at most its last 8 KB. */
export const readLogFrom = (path: string, from: number): string => {
  if (fileSize(path) === 0) return '';
  const descriptor = openSync(path, 'r');
  try {
    const end = fstatSync(descriptor).size;
    const start = Math.max(Math.min(from, end), end - 8_192);
    const buffer = Buffer.alloc(end - start);
    readSync(descriptor, buffer, 0, buffer.length, start);
    return buffer.toString('utf8');
  } finally {
    closeSync(descriptor);
  }
};

/** The last `count` lines of a text. */
export const lastLines = (text: string, count: number): string =>
  text.trimEnd().split('\n').slice(-count).join('\n');
