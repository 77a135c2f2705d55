import { readFile, stat } from 'node:fs/promises';

/** A file with a secret cannot be used; the message is one sentence for the operator. */
export class PrivateFileError extends Error {}

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';

/** The text of a file that its owner alone may read; `what` names it in the refusal. */
export const readPrivateFile = async (path: string, what: string): Promise<string> => {
  const { mode } = await stat(path).catch((error: unknown) => {
    if (isMissing(error)) throw new PrivateFileError(`There is no ${what} in ${path}.`);
    throw error;
  });
  if ((mode & 0o077) !== 0)
    throw new PrivateFileError(`Others can read the ${what} ${path}: run chmod 600 on it.`);
  return (await readFile(path, 'utf8')).trim();
};
