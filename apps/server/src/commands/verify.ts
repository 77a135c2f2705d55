import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { LANGUAGES, type Language } from '@sochi/contract';
import { renderVerifyReport, verifyBundle } from '#modules/evidence/index.ts';
import { certificatesFromPem } from '@sochi/signature';
import type { Command } from './command.ts';

const isLanguage = (text: string): text is Language => LANGUAGES.some((language) => language === text);

export const verifyCommand: Command = {
  name: 'verify',
  summary: 'Verify an evidence bundle offline and say what was found',
  help: 'Usage: npm run sochi -- verify FILE.zip [--root ROOT.pem] [--language ru|ky|en]\nExit code 0 only when everything in the bundle holds.',
  async run(args) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { root: { type: 'string' }, language: { type: 'string', default: 'ru' } },
    });
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0 || !isLanguage(values.language)) {
      process.stderr.write(`${this.help}\n`);
      return 2;
    }
    const [trustAnchor] = values.root ? certificatesFromPem(await readFile(values.root, 'utf8')) : [];
    const report = await verifyBundle(await readFile(file), trustAnchor ? { trustAnchor } : {});
    process.stdout.write(`${renderVerifyReport(report, values.language)}\n`);
    return report.indication === 'TOTAL-PASSED' ? 0 : 1;
  },
};
