import type { FilingDetail } from '@sochi/contract';
import { DELIVERY_STATES, CHECK_STATES } from '@sochi/contract';
import type { Say } from '#i18n/words.ts';
import type { statusWords } from './status-words.ts';
import type { filingWords } from './words.ts';

/** What may happen to a filing, as the server names it. */
export const EVENTS = [
  'create',
  'await_head',
  'await_accountant',
  'sign_on_behalf',
  'postmark',
  'deliver',
  'accept',
  'reject',
  'discard',
] as const;

type SayStatus = Say<keyof typeof statusWords.ru>;

/** A state by its name in both lists; a state that these screens do not know yet stays as the server writes it. */
const stateText = (state: string, say: SayStatus): string => {
  const delivery = DELIVERY_STATES.find((one) => one === state);
  if (delivery) return say(`delivery.${delivery}`);
  const check = CHECK_STATES.find((one) => one === state);
  return check ? say(`check.${check}`) : state;
};

/** One line of the history in words; an event that is new to these screens is told by its states. */
export const eventText = (
  { event, from, to }: FilingDetail['events'][number],
  say: Say<keyof typeof filingWords.ru>,
  sayStatus: SayStatus,
): string => {
  const known = EVENTS.find((one) => one === event);
  if (known) return say(`event.${known}`);
  return say('event.other', {
    from: from === null ? '' : stateText(from, sayStatus),
    to: stateText(to, sayStatus),
  });
};
