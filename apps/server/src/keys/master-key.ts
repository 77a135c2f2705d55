import { randomBytes } from 'node:crypto';
import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { readPrivateFile } from './read-private-file.ts';

/** The file of the master key holds something else. */
export class MasterKeyError extends Error {}

/** Reads the master key (32 bytes); throws PrivateFileError or MasterKeyError. */
export const readMasterKey = async (path: string): Promise<Uint8Array> => {
  const key = Buffer.from(await readPrivateFile(path, 'master key'), 'hex');
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
