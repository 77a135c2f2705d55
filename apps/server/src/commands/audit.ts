import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { LANGUAGES, type Language } from '@sochi/contract';
import { certificatesFromPem, readCertificate, type Certificate } from '@sochi/signature';
import {
  listInns,
  OPERATOR_CHAIN,
  renderEvents,
  renderVerdict,
  showChain,
  verifyTrail,
  type KnownCheckpoint,
  type TrailProblem,
} from '#modules/audit/index.ts';
import { requireDatabaseUrl } from '../compose.ts';
import { readProcessEnv } from '../config.ts';
import { openDatabase, type Db } from '../db/database.ts';
import { UsageError, type Command } from './command.ts';

/** More problems than these are counted, not shown: the first ones say what happened. */
const MOST_SHOWN = 1_000;

const readLanguage = (text: string): Language => {
  const language = LANGUAGES.find((one) => one === text);
  if (language) return language;
  throw new UsageError(`--language takes one of ${LANGUAGES.join(', ')}.`);
};

const readRoot = async (file: string | undefined): Promise<Certificate | undefined> => {
  if (file === undefined) return undefined;
  const [der, ...more] = certificatesFromPem(await readFile(file, 'utf8'));
  if (der && more.length === 0) return readCertificate(der);
  throw new UsageError(`${file} must hold one certificate (PEM).`);
};

const readKnown = (text: string | undefined): KnownCheckpoint | undefined => {
  if (text === undefined) return undefined;
  const [, number, sha256] = /^([1-9][0-9]{0,14}):([0-9a-f]{64})$/.exec(text) ?? [];
  if (number !== undefined && sha256 !== undefined) return { number: Number(number), sha256 };
  throw new UsageError('--known takes NUMBER:SHA256, as a worker logs it and an earlier verify prints it.');
};

const wholeNumber = (name: string, text: string | undefined, otherwise: number): number => {
  if (text === undefined) return otherwise;
  if (/^[1-9][0-9]{0,14}$/.test(text)) return Number(text);
  throw new UsageError(`--${name} takes a whole number from 1 on.`);
};

const withDatabase = async <T>(work: (db: Db) => Promise<T>): Promise<T> => {
  const database = openDatabase({
    connectionString: requireDatabaseUrl(readProcessEnv().secrets),
    applicationName: 'sochi-audit',
    poolSize: 1,
    onError: () => undefined,
  });
  try {
    return await work(database.db);
  } finally {
    await database.close();
  }
};

const verifyAll = async (args: readonly string[]): Promise<number> => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      root: { type: 'string' },
      known: { type: 'string' },
      language: { type: 'string', default: 'ru' },
    },
  });
  const language = readLanguage(values.language);
  const root = await readRoot(values.root);
  const known = readKnown(values.known);
  return withDatabase(async (db) => {
    const problems: TrailProblem[] = [];
    const verdict = await verifyTrail(db, {
      root,
      known,
      report: (problem) => {
        if (problems.length < MOST_SHOWN) problems.push(problem);
      },
    });
    const inns = await listInns(
      db,
      problems.flatMap((problem) => ('chain' in problem ? [problem.chain] : [])),
    );
    const shown = { problems, inns, isRootGiven: root !== undefined };
    process.stdout.write(`${renderVerdict(verdict, shown, language)}\n`);
    return verdict.problems === 0 ? 0 : 1;
  });
};

const showPage = async (args: readonly string[]): Promise<number> => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      company: { type: 'string' },
      operator: { type: 'boolean', default: false },
      before: { type: 'string' },
      limit: { type: 'string' },
      language: { type: 'string', default: 'ru' },
    },
  });
  const { company } = values;
  if ((company === undefined) !== values.operator)
    throw new UsageError('Name one chain: --company ИНН or --operator.');
  const language = readLanguage(values.language);
  const before = wholeNumber('before', values.before, Number.MAX_SAFE_INTEGER);
  const limit = Math.min(wholeNumber('limit', values.limit, 50), 1_000);
  return withDatabase(async (db) => {
    const chain = company === undefined ? { name: OPERATOR_CHAIN } : { inn: company };
    const events = await showChain(db, { ...chain, before, limit });
    if (!events) throw new UsageError(`There is no company with ИНН ${company ?? ''}.`);
    process.stdout.write(`${renderEvents(events, language)}\n`);
    return 0;
  });
};

export const auditCommand: Command = {
  name: 'audit',
  summary: 'Verify the audit trail, or show a page of it',
  help: [
    'Usage: npm run sochi -- audit verify [--root ROOT.pem] [--known NUMBER:SHA256] [--language ru|ky|en]',
    '       npm run sochi -- audit show --company ИНН | --operator [--before N] [--limit N] [--language ru|ky|en]',
    'verify reads the trail of DATABASE_URL as of now, names every problem and where it is, and ends with 0 only when there is none.',
    '  --root   the certificate to trust; without it the one in the database, which a forger may have replaced',
    '  --known  a checkpoint noted elsewhere (the worker logs each): finds a trail that was set back to an earlier state',
    'show prints the newest events of a chain, 50 of them or --limit; --before reads on backwards.',
  ].join('\n'),
  async run([what, ...args]) {
    if (what === 'verify') return verifyAll(args);
    if (what === 'show') return showPage(args);
    process.stderr.write(`${this.help}\n`);
    return 2;
  },
};
