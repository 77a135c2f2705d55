import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { link, mkdir, open, unlink } from 'node:fs/promises';
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

const isThere = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'EEXIST';

/** Written aside and then given its name in one step: whoever finds the file finds it whole. The first of several stays. */
const makeMasterKey = async (path: string): Promise<void> => {
  const draft = `${path}.${randomUUID()}`;
  const file = await open(draft, 'wx', 0o600);
  try {
    await file.writeFile(`${randomBytes(32).toString('hex')}\n`);
    await file.sync();
    await link(draft, path);
  } catch (error) {
    if (!isThere(error)) throw error;
  } finally {
    await file.close();
    await unlink(draft);
  }
};

/** Reads the master key (32 bytes); makes one, in a file only its owner can read, where there is none yet. */
export const loadMasterKey = async (path: string): Promise<Uint8Array> => {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  if (!existsSync(path)) await makeMasterKey(path);
  return readMasterKey(path);
};
