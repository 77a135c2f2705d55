import { BISHKEK } from '@sochi/kernel';
import type { Check, CheckStatus, SignerReport, VerificationReport } from './verification-report.ts';
import { verificationTexts, type ReportLanguage, type VerificationWords } from './verification-texts.ts';

const MARKS: Readonly<Record<CheckStatus, string>> = { passed: '+', failed: '-', indeterminate: '?' };

const bishkekTime = (instant: Temporal.Instant): string =>
  instant.toZonedDateTimeISO(BISHKEK).toString({ smallestUnit: 'second', timeZoneName: 'never' });

const lineOf = (
  { check, status, reason, subIndication, detail }: Check,
  words: VerificationWords,
): string => {
  const verdict = `${MARKS[status]} ${words.checks[check]}: ${words.statuses[status]}`;
  if (reason === null) return verdict;
  const names = [reason, subIndication, detail].filter((name) => name !== null).join(', ');
  return `${verdict}: ${words.reasons[reason]} [${names}]`;
};

const signerLine = (
  { certificate, timestamp }: SignerReport,
  index: number,
  words: VerificationWords,
): string => {
  const { commonName, role } = certificate?.subject ?? {};
  const stamp = timestamp === null ? '' : `, ${words.timestamp} ${bishkekTime(timestamp.at)}`;
  return `${words.signer} ${index + 1}: ${commonName ?? words.unnamed}${role === undefined ? '' : ` (${role})`}${stamp}`;
};

/** The report as lines for a terminal, times in Bishkek's: the checks of the whole, those of each signer, the verdict. */
export const renderVerificationReport = (report: VerificationReport, language: ReportLanguage): string => {
  const words = verificationTexts[language];
  const linesOf = (signer: number | null) =>
    report.checks.filter((check) => check.signer === signer).map((check) => lineOf(check, words));
  const { indication, subIndication } = report;
  return [
    ...linesOf(null),
    ...report.signers.flatMap((signer, index) => [
      signerLine(signer, index, words),
      ...linesOf(index).map((line) => `  ${line}`),
    ]),
    `${[indication, subIndication].filter((name) => name !== null).join(' ')}: ${words.indications[indication]}`,
  ].join('\n');
};
