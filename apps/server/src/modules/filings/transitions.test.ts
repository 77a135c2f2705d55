import { CHECK_STATES, DELIVERY_STATES } from '@sochi/contract';
import { OFFICER_ROLES } from '@sochi/kernel';
import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import {
  actionsFor,
  afterSigning,
  CHECK_TRANSITIONS,
  DELIVERY_TRANSITIONS,
  nextDelivery,
  waitsFor,
} from './transitions.ts';

it('is drawn in the README as it is', async () => {
  const readme = await readFile(new URL('README.md', import.meta.url), 'utf8');
  const drawn = [...readme.matchAll(/^(\w+) --(\w+)--> (\w+)$/gm)].map(([line]) => line);
  const lines = (table: Record<string, Partial<Record<string, string>>>): string[] =>
    Object.entries(table).flatMap(([from, events]) =>
      Object.entries(events).map(([event, to]) => `${from} --${event}--> ${to}`),
    );
  expect(drawn).toEqual([...lines(DELIVERY_TRANSITIONS), ...lines(CHECK_TRANSITIONS)]);
});

it('leads from every state to states that exist', () => {
  for (const events of Object.values(DELIVERY_TRANSITIONS)) {
    for (const to of Object.values(events)) expect(DELIVERY_STATES).toContain(to);
  }
  for (const events of Object.values(CHECK_TRANSITIONS))
    for (const to of Object.values(events)) expect(CHECK_STATES).toContain(to);
});

it('reaches delivery from every state', () => {
  const reaches = (state: (typeof DELIVERY_STATES)[number]): boolean =>
    state === 'delivered' || Object.values(DELIVERY_TRANSITIONS[state]).some((to) => reaches(to));
  for (const state of DELIVERY_STATES) expect(reaches(state), state).toBe(true);
});

it('never queues before every required role has signed', () => {
  expect(afterSigning(['accountant'], ['head', 'accountant'])).toBe('await_head');
  expect(afterSigning(['head'], ['head', 'accountant'])).toBe('await_accountant');
  expect(afterSigning(['head', 'accountant'], ['head', 'accountant'])).toBe('postmark');
  expect(afterSigning(['head'], ['head'])).toBe('postmark');
  expect(() => afterSigning(['accountant'], ['head'])).toThrow(RangeError);
});

it('knows no event that moves a delivered filing', () => {
  for (const event of ['await_head', 'await_accountant', 'postmark', 'deliver'])
    expect(nextDelivery('delivered', event)).toBeUndefined();
});

it('offers signing exactly to the role that is waited for', () => {
  for (const delivery of DELIVERY_STATES) {
    for (const role of OFFICER_ROLES) {
      expect(actionsFor({ delivery, postmarked: false }, role).includes('sign'), `${delivery} ${role}`).toBe(
        waitsFor(delivery, role),
      );
    }
  }
});

it('offers editing only for drafts and evidence only after the postmark', () => {
  expect(actionsFor({ delivery: 'draft', postmarked: false }, 'head')).toEqual(['edit', 'discard', 'send']);
  expect(actionsFor({ delivery: 'delivered', postmarked: true }, 'head')).toEqual(['report', 'evidence']);
  expect(actionsFor({ delivery: 'awaiting_head', postmarked: false }, 'accountant')).toEqual(['report']);
});
