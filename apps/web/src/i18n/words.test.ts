import { expect, it } from 'vitest';
import './rich-message.ts';
import { defineWords, sayIn } from './words.ts';

const words = defineWords({
  ru: {
    left: '{days, plural, =0 {сегодня} one {остался # день} few {осталось # дня} many {осталось # дней} other {осталось # дня}}',
    plain: 'Привет, {name}',
  },
  ky: { left: '{days, plural, =0 {бүгүн} other {# күн калды}}', plain: 'Салам, {name}' },
  en: { left: '{days, plural, =0 {today} one {# day left} other {# days left}}', plain: 'Hello, {name}' },
});

it('says plurals as each language does', () => {
  const left = (language: 'ru' | 'ky' | 'en', days: number): string =>
    sayIn(words, language)('left', { days });
  expect([0, 1, 3, 11, 21, 25].map((days) => left('ru', days))).toEqual([
    'сегодня',
    'остался 1 день',
    'осталось 3 дня',
    'осталось 11 дней',
    'остался 21 день',
    'осталось 25 дней',
  ]);
  expect(left('ky', 5)).toBe('5 күн калды');
  expect(left('en', 1)).toBe('1 day left');
});

it('fills in names, and refuses to say half a sentence', () => {
  expect(sayIn(words, 'ky')('plain', { name: 'Айгүл' })).toBe('Салам, Айгүл');
  expect(() => sayIn(words, 'ru')('plain')).toThrow('no {name}');
  expect(() => sayIn(words, 'ru')('left')).toThrow('days');
});

it('does not compile with a key missing or one too many', () => {
  // @ts-expect-error Kyrgyz has no `two`.
  defineWords({ ru: { one: 'раз', two: 'два' }, ky: { one: 'бир' }, en: { one: 'one', two: 'two' } });
  // @ts-expect-error English has a `three` that Russian has not.
  defineWords({ ru: { one: 'раз' }, ky: { one: 'бир' }, en: { one: 'one', three: 'three' } });
  // @ts-expect-error There is no such word.
  const misspelt = (): string => sayIn(words, 'ru')('rihgt');
  expect(misspelt).toThrow(TypeError);
});
