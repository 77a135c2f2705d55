import { expect, it } from 'vitest';
import { findingText } from './finding-text.ts';

const labels = { 'check.rate.unusual': 'Ставка {rate} %, обычно {usual} %: {office}.' };

it('fills the data into the words of the form, numbers as people read them', () => {
  const finding = { code: 'check.rate.unusual', data: { rate: '0.25', usual: '12345.5', office: '004' } };
  expect(findingText(finding, labels, 'ru')).toBe('Ставка 0,25 %, обычно 12\u202f345,5 %: 004.');
});

it('has words for any cell in each language', () => {
  const texts = (['ru', 'ky', 'en'] as const).map((language) =>
    findingText({ code: 'not_allowed', data: { limit: '0; 0.1; 4' } }, {}, language),
  );
  expect(texts[0]).toContain('0; 0,1; 4');
  expect(new Set(texts).size).toBe(3);
});
