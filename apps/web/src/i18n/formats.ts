import type { Tyiyn } from '@sochi/kernel';
import { somText, tyiyn } from '@sochi/kernel';

/** Every date and time on the screen is that of Bishkek, whatever the computer's zone. */
const ZONE = 'Asia/Bishkek';
const NARROW_SPACE = '\u202f';

const clock = new Intl.DateTimeFormat('en-GB', {
  timeZone: ZONE,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});

const partsOf = (instant: Date): Record<string, string> =>
  Object.fromEntries(clock.formatToParts(instant).map(({ type, value }) => [type, value]));

/** An instant as `03.07.2026 11:00:24`, Bishkek time. */
export const formatMoment = (instant: string): string => {
  const { day, month, year, hour, minute, second } = partsOf(new Date(instant));
  return `${day}.${month}.${year} ${hour}:${minute}:${second}`;
};

/** An instant as `03.07.2026 11:00`, Bishkek time. */
export const formatMinute = (instant: string): string => formatMoment(instant).slice(0, -3);

/** A calendar day `2026-07-20` as `20.07.2026`. */
export const formatDay = (day: string): string => day.split('-').reverse().join('.');

/** The calendar day in Bishkek at an instant, ISO. */
export const bishkekDayOf = (instant: Date): string => {
  const { day, month, year } = partsOf(instant);
  return `${year}-${month}-${day}`;
};

/** Today in Bishkek, ISO. */
export const bishkekToday = (): string => bishkekDayOf(new Date());

/** A plain decimal text as people read it: `57131.5` is `57 131,5`; the digits after the point stay as they are. */
export const groupDigits = (plain: string): string => {
  const [whole = '', fraction] = plain.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, NARROW_SPACE).replace(/^-/, '\u2212');
  return fraction === undefined ? grouped : `${grouped},${fraction}`;
};

/** Tyiyn as `57 131,50`; the word «сом» is the catalogue's. */
export const formatSom = (amount: number | Tyiyn): string => groupDigits(somText(tyiyn(amount)));
