import { fieldErrorTexts } from '@sochi/forms';
import type { FormLabels, Finding, Language } from '@sochi/forms-engine';
import { groupDigits } from '#i18n/formats.ts';

// A code such as 004 is no number to group.
const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?$/;

const shown = (value: string): string =>
  value
    .split('; ')
    .map((part) => (NUMBER.test(part) ? groupDigits(part) : part))
    .join('; ');

/** The words of a finding: those of the form for its own checks, otherwise those for any cell; the code where both are silent. */
export const findingText = (
  { code, data = {} }: Pick<Finding, 'code' | 'data'>,
  labels: FormLabels,
  language: Language,
): string => {
  const common: Readonly<Record<string, string>> = fieldErrorTexts[language];
  const text = labels[code] ?? common[code] ?? code;
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = data[name];
    return value === undefined ? whole : shown(value);
  });
};
