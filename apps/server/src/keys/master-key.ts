import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** The master key cannot be used: its file is readable by others, damaged or missing. */
export class MasterKeyError extends Error {}

const readMasterKey = async (path: string): Promise<Uint8Array> => {
  const { mode } = await stat(path);
  if ((mode & 0o077) !== 0)
    throw new MasterKeyError(`Others can read the master key ${path}: run chmod 600 on it.`);
  const key = Buffer.from((await readFile(path, 'utf8')).trim(), 'hex');
  if (key.length !== 32)
    throw new MasterKeyError(`The master key ${path} is damaged: it must hold 64 hexadecimal digits.`);
  return key;
};

/** Reads the master key (32 bytes); makes one, in a file only its owner can read, where there is none yet. */
export const loadMasterKey = async (path: string): Promise<Uint8Array> => {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  try {
    const file = await open(path, 'wx', 0o600);
    await file.writeFile(`${randomBytes(32).toString('hex')}\n`);
    await file.sync();
    await file.close();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  return readMasterKey(path);
};
