import { periodLabelParts, type TaxPeriod } from '@sochi/kernel';
import { formatDay } from './formats.ts';
import { periodWords } from './period-words.ts';
import { useWords, type Say } from './words.ts';

/** A reporting period in words: «1 квартал 2026 года»; what is no calendar period is named by its two days. */
export const periodName = (say: Say<keyof typeof periodWords.ru>, period: TaxPeriod): string => {
  const { unit, ...parts } = periodLabelParts(period);
  const params = Object.entries(parts).map(([name, value]) => [
    name,
    unit === 'other' ? formatDay(String(value)) : String(value),
  ]);
  // Object.fromEntries forgets that all values are texts.
  return say(unit, Object.fromEntries(params) as Record<string, string>);
};

export const usePeriodName = (): ((period: TaxPeriod) => string) => {
  const say = useWords(periodWords);
  return (period) => periodName(say, period);
};
