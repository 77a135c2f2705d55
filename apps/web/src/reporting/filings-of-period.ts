import type { Filing } from '@sochi/contract';
import type { TaxPeriod } from '@sochi/kernel';

/** The newest filing of a form for a period among those given (newest first). */
export const filingOf = (filings: readonly Filing[], formId: string, period: TaxPeriod): Filing | undefined =>
  filings.find(
    (filing) =>
      filing.formId === formId && filing.period.from === period.from && filing.period.to === period.to,
  );
