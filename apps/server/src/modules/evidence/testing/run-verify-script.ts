/** Runs a bundle's verify.sh under dash or bash with a PATH that holds openssl and unzip and nothing else. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readZip } from '../read-zip.ts';

const which = (program: string): string =>
  execFileSync('sh', ['-c', `command -v ${program} || :`], { encoding: 'utf8' }).trim();

/** The program that lets others believe in another date; undefined where it is not installed. */
export const findFaketime = (): string | undefined => which('faketime') || undefined;

export interface ScriptRun {
  readonly status: number | null;
  readonly output: string;
}

/** A temporary folder with the only two programs the script may use. */
export const createToolFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'sochi-evidence-'));
  const tools = join(folder, 'tools');
  mkdirSync(tools);
  for (const program of ['openssl', 'unzip']) symlinkSync(which(program), join(tools, program));
  return folder;
};

const DASH = which('dash || command -v sh');
const BASH = which('bash');

/** The shells the script is run by: dash, or whatever `sh` is, and bash where it is installed. */
export const SHELLS: readonly string[] = BASH === '' ? [DASH] : [DASH, BASH];

export interface ScriptOptions {
  readonly args?: readonly string[];
  readonly cwd?: string;
  readonly language?: string;
  /** By default dash. */
  readonly shell?: string;
  /** The date the script and its programs shall believe in, and the program that makes them. */
  readonly believing?: { readonly date: string; readonly faketime: string };
}

/** Runs `sh verify.sh ...`, or another shell, with nothing on standard input. */
export const runScript = (folder: string, script: string, options: ScriptOptions = {}): ScriptRun => {
  const { believing, shell = DASH } = options;
  const command = [shell, script, ...(options.args ?? [])];
  const [program = shell, ...args] =
    believing === undefined ? command : [believing.faketime, '-f', `@${believing.date}`, ...command];
  const run = spawnSync(program, args, {
    cwd: options.cwd ?? folder,
    env: { PATH: join(folder, 'tools'), LANG: options.language ?? 'en_US.UTF-8' },
    encoding: 'utf8',
    timeout: 60_000,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return { status: run.status, output: run.stdout + run.stderr };
};

/** The files of a bundle, to be altered before they are written out. */
export const filesOf = (zip: Uint8Array): Map<string, Uint8Array> => {
  const read = readZip(zip);
  if (!read.ok) throw new Error(read.reason);
  return new Map(read.files);
};

/** Writes files below `folder`. */
export const writeFiles = (folder: string, files: ReadonlyMap<string, Uint8Array>): void => {
  for (const [path, bytes] of files) {
    const target = join(folder, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, bytes);
  }
};
