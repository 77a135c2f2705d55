/** Why the system cannot start, in one sentence a person can act on; `exitCode` is what the program ends with. */
export class StartError extends Error {
  override readonly name = 'StartError';
  readonly exitCode: number;

  constructor(sentence: string, options?: { cause?: unknown; exitCode?: number }) {
    super(sentence, { cause: options?.cause });
    this.exitCode = options?.exitCode ?? 1;
  }
}

/** The `code` of a system error (ENOENT, EADDRINUSE, 28P01), if it has one. */
export const errorCode = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

const FILE_ERRORS: Record<string, (path: string) => string> = {
  EACCES: (path) =>
    `Cannot write to ${path}: give this user the right to write there, or run from another folder.`,
  EPERM: (path) =>
    `Cannot write to ${path}: give this user the right to write there, or run from another folder.`,
  EROFS: (path) => `Cannot write to ${path}: the disk is read-only.`,
  ENOSPC: (path) => `The disk is full: free some space for ${path} and start again.`,
  EDQUOT: (path) => `The disk quota is used up: free some space for ${path} and start again.`,
  ENOTDIR: (path) => `Cannot use ${path}: a file stands where a folder should be.`,
  EEXIST: (path) => `Cannot use ${path}: a file stands where a folder should be.`,
};

/** Any error as a StartError: known file errors in plain words, the rest with `doing` in front. */
export const asStartError = (error: unknown, doing: string): StartError => {
  if (error instanceof StartError) return error;
  const sentence = FILE_ERRORS[errorCode(error) ?? ''];
  const path = error instanceof Error && 'path' in error ? String(error.path) : 'the data folder';
  if (sentence) return new StartError(sentence(path), { cause: error });
  const message = error instanceof Error ? error.message : String(error);
  return new StartError(`${doing} failed: ${message}`, { cause: error });
};
