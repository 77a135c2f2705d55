import { checkInn } from '@sochi/kernel';

/** What to say about an ИНН that is being typed. `blocks`: going on makes no sense, the server would not even look at it. */
export type InnAdvice =
  | { readonly word: undefined; readonly blocks: false }
  | { readonly word: 'innDigits' | 'innLength'; readonly blocks: true }
  | { readonly word: 'innFirstDigit' | 'innDate'; readonly blocks: false };

export const INN_LENGTH = 14;

/** Spaces between groups of digits are how people copy an ИНН; they are not part of it. */
export const withoutSpaces = (typed: string): string => typed.replace(/\s/g, '');

/**
 * The advice for a typed ИНН on the Bishkek day `today`. A wrong first digit or date is only a warning: whether such a company
 * exists is for the server to say.
 */
export const innAdvice = (inn: string, today: string): InnAdvice => {
  const check = checkInn(inn, today);
  if (check.ok) return { word: undefined, blocks: false };
  switch (check.reason) {
    case 'digits':
      return { word: 'innDigits', blocks: true };
    case 'length':
      return { word: 'innLength', blocks: true };
    case 'first_digit':
      return { word: 'innFirstDigit', blocks: false };
    case 'date':
    case 'year':
      return { word: 'innDate', blocks: false };
  }
};

/** Whether to show the advice while typing goes on: an unfinished ИНН is no mistake yet. */
export const isWorthSaying = (advice: InnAdvice, inn: string, asked: boolean): boolean =>
  advice.word !== undefined && (advice.word !== 'innLength' || asked || inn.length > INN_LENGTH);
