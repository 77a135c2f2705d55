import type { Language } from '@sochi/contract';
import { BISHKEK } from '@sochi/kernel';
import type { BundleCheck, BundleCheckName, BundleReason, BundleReport } from './bundle-report.ts';
import { en } from './texts/verify-texts.en.ts';
import { ky } from './texts/verify-texts.ky.ts';
import { ru } from './texts/verify-texts.ru.ts';

interface Words {
  readonly checks: Readonly<Record<BundleCheckName, string>>;
  readonly reasons: Readonly<Record<BundleReason, string>>;
}

// The types see to it that every check and every reason has its words in every language.
const TEXTS = { ru, ky, en } satisfies Record<Language, Words>;

const bishkekTime = (instant: Temporal.Instant): string =>
  instant.toZonedDateTimeISO(BISHKEK).toString({ smallestUnit: 'second', timeZoneName: 'never' });

/** The report as lines for a terminal: a line for each check, then what the bundle is about, then the verdict. */
export const renderVerifyReport = (report: BundleReport, language: Language): string => {
  const texts = TEXTS[language];
  const line = ({ check, reason, subject }: BundleCheck): string => {
    const about = subject === null ? '' : ` (${subject})`;
    const verdict = reason === null ? texts.passed : `${texts.failed}: ${texts.reasons[reason]} [${reason}]`;
    return `${reason === null ? '+' : '-'} ${texts.checks[check]}${about}: ${verdict}`;
  };
  const { receiptNumber, postmarkedAt, companyInn, rootSha256 } = report;
  return [
    ...report.checks.map(line),
    '',
    ...(receiptNumber === null ? [] : [`${texts.receiptNumber}: ${receiptNumber}`]),
    ...(companyInn === null ? [] : [`${texts.company}: ${companyInn}`]),
    ...(postmarkedAt === null ? [] : [`${texts.postmarkedAt}: ${bishkekTime(postmarkedAt)}`]),
    ...(rootSha256 === null ? [] : [`${texts.root}: ${rootSha256}`]),
    ...(report.isRootFromBundle && rootSha256 !== null ? [texts.compareRoot] : []),
    report.indication === 'TOTAL-PASSED' ? `OK ${texts.valid}` : `FAILED ${texts.invalid}`,
  ].join('\n');
};
