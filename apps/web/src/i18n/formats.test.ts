import { expect, it } from 'vitest';
import { bishkekDayOf, formatDay, formatMinute, formatMoment, formatSom, groupDigits } from './formats.ts';
import { periodName } from './use-period-name.ts';
import { periodWords } from './period-words.ts';
import './rich-message.ts';
import { sayIn } from './words.ts';

it('tells moments in Bishkek, six hours ahead of UTC, summer and winter', () => {
  expect(formatMoment('2026-07-03T05:00:24Z')).toBe('03.07.2026 11:00:24');
  expect(formatMoment('2026-12-31T18:00:00Z')).toBe('01.01.2027 00:00:00');
  expect(formatMinute('2026-01-05T23:59:59.999Z')).toBe('06.01.2026 05:59');
  expect(bishkekDayOf(new Date('2026-11-23T18:30:00Z'))).toBe('2026-11-24');
});

it('writes days and sums as people here do', () => {
  expect(formatDay('2026-07-20')).toBe('20.07.2026');
  expect(groupDigits('1234567.5')).toBe('1\u202f234\u202f567,5');
  expect(groupDigits('-1000')).toBe('\u22121\u202f000');
  expect(groupDigits('999')).toBe('999');
  expect(formatSom(5_713_150)).toBe('57\u202f131,50');
});

it('names periods', () => {
  const quarter = { from: '2026-01-01', to: '2026-03-31' };
  expect(periodName(sayIn(periodWords, 'ru'), quarter)).toBe('1 квартал 2026 года');
  expect(periodName(sayIn(periodWords, 'ky'), quarter)).toBe('2026-жыл, 1-чейрек');
  expect(periodName(sayIn(periodWords, 'en'), { from: '2026-02-01', to: '2026-02-28' })).toBe(
    'February 2026',
  );
  expect(periodName(sayIn(periodWords, 'ru'), { from: '2026-01-01', to: '2026-12-31' })).toBe('2026 год');
  expect(periodName(sayIn(periodWords, 'ru'), { from: '2026-01-15', to: '2026-02-10' })).toBe(
    'с 15.01.2026 по 10.02.2026',
  );
});
