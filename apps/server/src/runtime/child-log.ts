import { createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { openLogFile } from './log-file.ts';

/** Pino's number for `error`. */
const ERROR_LEVEL = 50;

/** The text of a structured line that a person at the terminal must see; undefined when it is not one. */
export const errorTextOf = (line: string): string | undefined => {
  if (!line.startsWith('{')) return undefined;
  try {
    const entry: unknown = JSON.parse(line);
    if (typeof entry !== 'object' || entry === null || !('level' in entry) || !('msg' in entry))
      return undefined;
    if (typeof entry.level !== 'number' || entry.level < ERROR_LEVEL) return undefined;
    const { err } = entry as { err?: { message?: unknown } }; // pino puts the error there
    return typeof err?.message === 'string' && err.message !== entry.msg
      ? `${String(entry.msg)}: ${err.message}`
      : String(entry.msg);
  } catch {
    return undefined;
  }
};

/**
 * Copies what a child prints to `path`, line by line. Errors (lines on standard error, structured lines of level error
 * and above) also go to `report`. Answers a function that closes the file.
 */
export const collectLog = (
  streams: { stdout: Readable; stderr: Readable },
  options: { path: string; report: (line: string) => void },
): (() => void) => {
  const file = createWriteStream(options.path, { fd: openLogFile(options.path) });
  file.on('error', () => undefined); // a full disk must not end the system; the terminal still shows errors
  createInterface({ input: streams.stdout }).on('line', (line) => {
    file.write(`${line}\n`);
    const text = errorTextOf(line);
    if (text) options.report(text);
  });
  createInterface({ input: streams.stderr }).on('line', (line) => {
    file.write(`${line}\n`);
    options.report(errorTextOf(line) ?? line);
  });
  return () => file.end();
};
