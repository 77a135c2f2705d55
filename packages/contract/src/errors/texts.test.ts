import { expect, it } from 'vitest';
import { LANGUAGES, preferredLanguage } from '../language.ts';
import { ERRORS, errorText, type ErrorCode } from './index.ts';

// Object.keys loses the literal type of the table's keys.
const codes = Object.keys(ERRORS) as ErrorCode[];

it.each(LANGUAGES)('says every refusal in %s', (language) => {
  for (const code of codes) {
    const { title, detail } = errorText(code, language);
    expect(title.length, code).toBeGreaterThan(3);
    expect(detail.length, code).toBeGreaterThan(3);
  }
});

it('uses the same data in every language', () => {
  const names = (text: string) =>
    [...text.matchAll(/\{(\w+)\}/g)]
      .map(([, name = '']) => name)
      .sort((left, right) => left.localeCompare(right));
  for (const code of codes) {
    const [ru, ...others] = LANGUAGES.map((language) => names(errorText(code, language).detail));
    for (const other of others) expect(other, code).toEqual(ru);
  }
});

it('fills in the data', () => {
  expect(errorText('login.refused', 'ru', { attemptsLeft: 3 }).detail).toContain('3');
});

it('chooses the language a reader prefers', () => {
  expect(preferredLanguage('ky-KG,ky;q=0.9,ru;q=0.8')).toBe('ky');
  expect(preferredLanguage('de, en;q=0.5, ky;q=0.7')).toBe('ky');
  expect(preferredLanguage(undefined)).toBe('ru');
});
