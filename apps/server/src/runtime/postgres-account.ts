import { execFileSync, spawnSync } from 'node:child_process';
import { StartError } from './start-error.ts';

/*
 * Who runs PostgreSQL.
 *
 * PostgreSQL refuses to run as root. An ordinary user runs it as is. Root runs it as an unprivileged account that the
 * machine already has; where that account cannot reach the program or the data (a clone under /root, a 0700 folder), it
 * runs in a user namespace in which root carries the account's number. Nothing of the machine is changed for either.
 */

type Launch = { command: string; args: string[]; uid?: number; gid?: number };

/** A way to run PostgreSQL: how a command is launched, and who must own its files (undefined: whoever makes them). */
export type PostgresAccount = {
  label: string;
  owner: { uid: number; gid: number } | undefined;
  launch: (command: string, args: readonly string[]) => Launch;
};

const SAFE_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
/** The whole environment of PostgreSQL: PG* and locale variables of the user must not steer it. */
export const POSTGRES_ENVIRONMENT: Record<string, string> = { PATH: SAFE_PATH, LC_ALL: 'C', TZ: 'UTC' };

/** Accounts to look for; initdb insists on a number that has a name. */
const ACCOUNT_NAMES = ['postgres', 'nobody', 'daemon', 'bin'];

const asMyself: PostgresAccount = {
  label: 'this user',
  owner: undefined,
  launch: (command, args) => ({ command, args: [...args] }),
};

const asAccount = (name: string, uid: number, gid: number): PostgresAccount => ({
  label: `account ${name}`,
  owner: { uid, gid },
  launch: (command, args) => ({ command, args: [...args], uid, gid }),
});

const inNamespace = (name: string, uid: number, gid: number): PostgresAccount => ({
  label: `user namespace (root as ${name})`,
  owner: { uid: 0, gid: 0 },
  launch: (command, args) => ({
    command: 'unshare',
    args: ['--user', `--map-user=${uid}`, `--map-group=${gid}`, '--', command, ...args],
  }),
});

const numberOf = (flag: '-u' | '-g', name: string): number => {
  return Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
};

const findAccounts = (): { name: string; uid: number; gid: number }[] =>
  ACCOUNT_NAMES.flatMap((name) => {
    try {
      const account = { name, uid: numberOf('-u', name), gid: numberOf('-g', name) };
      return account.uid > 0 && account.gid > 0 ? [account] : [];
    } catch {
      return []; // no such account here
    }
  });

/** Whether `account` can reach `folder` and run `binary`. */
const canRun = (account: PostgresAccount, binary: string, folder: string): boolean => {
  const { command, args, ...identity } = account.launch('/bin/sh', [
    '-c',
    'cd "$1" && "$2" --version',
    'sh',
    folder,
    binary,
  ]);
  return (
    spawnSync(command, args, { ...identity, cwd: '/', env: POSTGRES_ENVIRONMENT, stdio: 'ignore' }).status ===
    0
  );
};

/** Finds a way to run `binary` on data below `folder`. Throws StartError when this is root and there is none. */
export const choosePostgresAccount = (binary: string, folder: string): PostgresAccount => {
  if (process.getuid?.() !== 0) return asMyself;
  const accounts = findAccounts();
  const ways = [
    ...accounts.map(({ name, uid, gid }) => asAccount(name, uid, gid)),
    ...accounts.map(({ name, uid, gid }) => inNamespace(name, uid, gid)),
  ];
  const way = ways.find((candidate) => canRun(candidate, binary, folder));
  if (way) return way;
  throw new StartError(
    `PostgreSQL does not run as root and no other account can reach ${folder}: ` +
      'start as an ordinary user, move the project to a folder every user may enter, or set DATABASE_URL.',
  );
};
