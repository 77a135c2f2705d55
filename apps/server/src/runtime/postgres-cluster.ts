import { execFileSync, spawn } from 'node:child_process';
import {
  chownSync,
  existsSync,
  lchownSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { newAccess, POSTGRES_ROLE, saveAccess } from './postgres-access.ts';
import { POSTGRES_ENVIRONMENT, type PostgresAccount } from './postgres-account.ts';
import type { PostgresBinaries } from './postgres-binaries.ts';
import { untilClosed } from './processes.ts';
import { StartError } from './start-error.ts';

/** The folder of the database cluster inside the var folder. */
export const dataFolderOf = (varFolder: string): string => join(varFolder, 'postgres');

const LOCALE = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];

type InitdbOptions = { folder: string; passwordFile: string; durable: boolean };

const runInitdb = async (binary: string, account: PostgresAccount, options: InitdbOptions): Promise<void> => {
  const { command, args, ...identity } = account.launch(binary, [
    `--pgdata=${options.folder}`,
    `--username=${POSTGRES_ROLE}`,
    `--pwfile=${options.passwordFile}`,
    '--auth=scram-sha-256',
    ...LOCALE,
    ...(options.durable ? [] : ['--no-sync', '--no-data-checksums']),
  ]);
  const child = spawn(command, args, {
    ...identity,
    cwd: '/',
    env: POSTGRES_ENVIRONMENT,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString('utf8')));
  const code = await untilClosed(child);
  if (code === 0) return;
  if (complaint.includes('No space left')) {
    throw new StartError(`The disk is full: free some space for ${options.folder} and start again.`);
  }
  throw new StartError(`Preparing the database folder failed: ${complaint.trim().split('\n').join(' ')}`);
};

type ClusterOptions = {
  varFolder: string;
  binaries: PostgresBinaries;
  account: PostgresAccount;
  durable: boolean;
};

/**
 * Makes the cluster. It is made beside its place and renamed into it, so that a start interrupted halfway leaves
 * nothing that looks like a database; the password is saved before the rename, so that no database is without one.
 */
export const createCluster = async ({
  varFolder,
  binaries,
  account,
  durable,
}: ClusterOptions): Promise<void> => {
  const fresh = `${dataFolderOf(varFolder)}.new`;
  const access = await newAccess();
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { mode: 0o700 });
  const secrets = mkdtempSync(join(varFolder, 'password-'));
  const passwordFile = join(secrets, 'password');
  try {
    writeFileSync(passwordFile, access.password, { mode: 0o600 });
    for (const path of [fresh, secrets, passwordFile]) {
      if (account.owner) chownSync(path, account.owner.uid, account.owner.gid);
    }
    await runInitdb(binaries.initdb, account, { folder: fresh, passwordFile, durable });
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    throw error;
  } finally {
    rmSync(secrets, { recursive: true, force: true });
  }
  saveAccess(varFolder, access);
  renameSync(fresh, dataFolderOf(varFolder));
};

/** Whether the var folder has a database. Throws StartError when what is there is not one, or not this user's. */
export const hasCluster = (varFolder: string): boolean => {
  const folder = dataFolderOf(varFolder);
  const found = statSync(folder, { throwIfNoEntry: false });
  if (!found) return false;
  const me = process.getuid?.();
  if (me !== undefined && me !== 0 && me !== found.uid) {
    throw new StartError(
      `The database in ${folder} belongs to another user (${found.uid}): start as that user or as root.`,
    );
  }
  if (existsSync(join(folder, 'PG_VERSION'))) return true;
  if (readdirSync(folder).length === 0) return false;
  throw new StartError(`${folder} holds something that is not a database: move it away and start again.`);
};

/** Throws StartError unless the data was written by the major version of these binaries. */
export const assertClusterVersion = (varFolder: string, { postgres }: PostgresBinaries): void => {
  const written = readFileSync(join(dataFolderOf(varFolder), 'PG_VERSION'), 'utf8').trim();
  const ours = /(\d+)\./.exec(execFileSync(postgres, ['--version'], { encoding: 'utf8' }))?.[1];
  if (written === ours) return;
  throw new StartError(
    `The data in ${dataFolderOf(varFolder)} was written by PostgreSQL ${written}, this program brings ${ours}: ` +
      'use the program version that wrote it, or move the data with pg_dump.',
  );
};

/** Gives the cluster to the account that will run it, if another one had it before. */
export const handOver = (varFolder: string, { owner }: PostgresAccount): void => {
  const folder = dataFolderOf(varFolder);
  if (!owner || statSync(folder).uid === owner.uid) return;
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    lchownSync(join(folder, path), owner.uid, owner.gid);
  }
  chownSync(folder, owner.uid, owner.gid);
};
