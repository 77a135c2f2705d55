import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { LANGUAGES, type Language } from '@sochi/contract';
import { renderVerifyReport, verifyBundle, verifyPair } from '#modules/evidence/index.ts';
import {
  certificatesFromPem,
  MalformedError,
  readCertificate,
  renderVerificationReport,
  type Indication,
} from '@sochi/signature';
import { systemClock } from '../system-clock.ts';
import { UsageError, type Command } from './command.ts';

const isLanguage = (text: string): text is Language => LANGUAGES.some((language) => language === text);

const EXIT_CODES: Readonly<Record<Indication, number>> = {
  'TOTAL-PASSED': 0,
  'TOTAL-FAILED': 1,
  INDETERMINATE: 3,
};

const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

type Options = { root: string | undefined; lists: readonly string[]; language: Language };

const readRoots = async ({ root }: Options): Promise<Uint8Array[]> =>
  root === undefined ? [] : certificatesFromPem(await readFile(root, 'utf8'));

const verifyBundleFile = async (file: string, options: Options): Promise<number> => {
  const [trustAnchor] = await readRoots(options);
  const report = await verifyBundle(await readFile(file), trustAnchor ? { trustAnchor } : {});
  say(renderVerifyReport(report, options.language));
  return EXIT_CODES[report.indication];
};

const verifyPairFiles = async (content: string, cms: string, options: Options): Promise<number> => {
  const report = await verifyPair({
    content: await readFile(content),
    cms: await readFile(cms),
    trustAnchors: (await readRoots(options)).map(readCertificate),
    lists: await Promise.all(options.lists.map((list) => readFile(list))),
    at: systemClock.now(),
  });
  say(renderVerificationReport(report, options.language));
  return EXIT_CODES[report.indication];
};

const verifyFiles = ([first, second, ...more]: readonly string[], options: Options): Promise<number> => {
  if (first === undefined || more.length > 0)
    throw new UsageError('Name a bundle, or a file and its signature: npm run sochi -- verify --help');
  return second === undefined ? verifyBundleFile(first, options) : verifyPairFiles(first, second, options);
};

export const verifyCommand: Command = {
  name: 'verify',
  summary: 'Verify an evidence bundle, or a file and its signature, offline and say what was found',
  help: [
    'Usage: npm run sochi -- verify FILE.zip [--root ROOT.pem] [--language ru|ky|en]',
    '       npm run sochi -- verify report.xml report.p7s --root ROOT.pem [--crl FILE.crl ...] [--language ru|ky|en]',
    'Exit code 0: everything holds; 1: something does not; 3: what was given is not enough to tell, and the report says what is lacking',
    '(the root that is trusted, or the revocation lists of the time of signing: a bundle has them all).',
  ].join('\n'),
  async run(args) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        root: { type: 'string' },
        crl: { type: 'string', multiple: true, default: [] },
        language: { type: 'string', default: 'ru' },
      },
    });
    const { root, crl: lists, language } = values;
    if (!isLanguage(language)) throw new UsageError('--language takes ru, ky or en.');
    try {
      return await verifyFiles(positionals, { root, lists, language });
    } catch (error) {
      if (!(error instanceof MalformedError)) throw error;
      throw new UsageError(`The root or a revocation list cannot be read (${error.code}).`, { cause: error });
    }
  },
};
