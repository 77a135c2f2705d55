import { expect, it } from 'vitest';
import { innAdvice, isWorthSaying, withoutSpaces } from './inn-advice.ts';
import { pinProblem } from './pin.ts';

const TODAY = '2026-11-24';
const GOOD = '01503201810015';

it.each([
  [GOOD, undefined, false],
  ['', 'innLength', true],
  ['0150320181001', 'innLength', true],
  [`${GOOD}1`, 'innLength', true],
  ['01503201810o15', 'innDigits', true],
  ['91503201810015', 'innFirstDigit', false],
  ['09903201810015', 'innDate', false],
  ['01503209910015', 'innDate', false],
])('advises on %j: %s, blocks %s', (inn, word, blocks) => {
  expect(innAdvice(inn, TODAY)).toEqual({ word, blocks });
});

it('does not scold while the ИНН is being typed', () => {
  const said = (inn: string, asked: boolean): boolean => isWorthSaying(innAdvice(inn, TODAY), inn, asked);
  expect(said('0150', false)).toBe(false);
  expect(said('0150', true)).toBe(true);
  expect(said('015O', false)).toBe(true);
  expect(said(`${GOOD}99`, false)).toBe(true);
  expect(said(GOOD, true)).toBe(false);
});

it('takes a pasted ИНН with spaces', () => expect(withoutSpaces(' 0150 3201\u00a08100 15\n')).toBe(GOOD));

it('knows a PIN by its six digits', () => {
  expect(pinProblem('12', false)).toBeUndefined();
  expect(pinProblem('12', true)).toBe('pinShort');
  expect(pinProblem('12a', false)).toBe('pinDigits');
  expect(pinProblem('123456', true)).toBeUndefined();
});
