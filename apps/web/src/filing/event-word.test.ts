import { CHECK_STATES, DELIVERY_STATES, LANGUAGES } from '@sochi/contract';
import { expect, it } from 'vitest';
import { sayIn } from '#i18n/words.ts';
import { EVENTS, eventText } from './event-word.ts';
import { statusWords } from './status-words.ts';
import { filingWords } from './words.ts';

const line = (event: string) => ({
  at: '2026-11-24T00:00:00Z',
  event,
  from: 'queued',
  to: 'awaiting_check',
  by: null,
  note: null,
});

it.each(LANGUAGES)('has words in %s for every status and event', (language) => {
  const say = sayIn(statusWords, language);
  const statuses = [
    ...DELIVERY_STATES.map((state) => say(`delivery.${state}`)),
    ...CHECK_STATES.flatMap((state) => [say(`check.${state}`), say(`checkLong.${state}`)]),
  ];
  expect(statuses.filter((text) => !text)).toEqual([]);
  const events = EVENTS.map((event) => eventText(line(event), sayIn(filingWords, language), say));
  expect(new Set(events).size).toBe(EVENTS.length);
});

it('tells an event that it does not know yet by its states', () => {
  expect(eventText(line('teleport'), sayIn(filingWords, 'ru'), sayIn(statusWords, 'ru'))).toBe(
    'Состояние изменилось: Ожидает отправки → Ожидает проверки в К/П',
  );
  const unknown = { ...line('teleport'), from: null, to: 'limbo' };
  expect(eventText(unknown, sayIn(filingWords, 'en'), sayIn(statusWords, 'en'))).toBe(
    'State changed:  → limbo',
  );
});

it('uses the names that users of СОчИ know', () => {
  const say = sayIn(statusWords, 'ru');
  expect(say('delivery.awaiting_head')).toBe('Ожидает проверки руководителем');
  expect(say('delivery.awaiting_accountant')).toBe('Ожидает проверки бухгалтером');
  expect(sayIn(statusWords, 'ky')('delivery.awaiting_head')).toBe('Жетекчинин текшерүүсүн күтүүдө');
  expect(sayIn(statusWords, 'ky')('checkLong.awaiting_check')).toBe(
    'Кураторлук тиркемеде (К/П) текшерүүнү күтүүдө',
  );
});
