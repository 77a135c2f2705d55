import { en } from './texts/texts.en.ts';
import { ky } from './texts/texts.ky.ts';
import { ru } from './texts/texts.ru.ts';
import type { CheckName, Reason } from './check-names.ts';
import type { CheckStatus, Indication } from './verification-report.ts';

/** The words a verification report is told in. */
export interface VerificationWords {
  readonly checks: Readonly<Record<CheckName, string>>;
  readonly reasons: Readonly<Record<Reason, string>>;
  readonly statuses: Readonly<Record<CheckStatus, string>>;
  readonly indications: Readonly<Record<Indication, string>>;
  readonly signer: string;
  readonly unnamed: string;
  readonly timestamp: string;
}

export type ReportLanguage = 'ru' | 'ky' | 'en';

/** Every check, reason and verdict in every language: one that is missing does not compile. */
export const verificationTexts: Readonly<Record<ReportLanguage, VerificationWords>> = { ru, ky, en };
