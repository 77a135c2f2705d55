import { expect, it } from 'vitest';
import { aDelivery, RECEIPT } from './a-delivery.ts';
import type { Play } from './fake-agency.ts';
import { answer, cutShort, hang, stall } from './plays.ts';
import { TIMEOUT_MS, type SuiteContext } from './suite-context.ts';

/** What passes by itself, with the outcome unknown or not. */
export const itSurvives = ({ open, agency, replies }: SuiteContext): void => {
  const outcomeOf = async (play: Play) => {
    agency().play(play);
    return open().submit(aDelivery());
  };

  it.each([500, 502, 503, 504, 429, 408])('tries again after status %i', async (status) => {
    expect(await outcomeOf(answer(status, { error: 'out of order' }))).toMatchObject({ outcome: 'retry' });
  });

  it.each([
    ['says nothing', hang],
    ['stops in the middle', stall],
  ])('tries again when the agency %s, after its own timeout', async (_, play) => {
    const began = performance.now();
    expect(await outcomeOf(play)).toMatchObject({ outcome: 'retry' });
    expect(performance.now() - began).toBeLessThan(TIMEOUT_MS * 8);
  });

  it('tries again when nobody listens', async () => {
    await agency().stop();
    expect(await open().submit(aDelivery())).toMatchObject({ outcome: 'retry' });
  });

  it('tries again after half an answer: the report may have been taken', async () => {
    const whole = JSON.stringify(replies.received(RECEIPT));
    expect(await outcomeOf(cutShort(whole))).toMatchObject({ outcome: 'retry' });
    expect(await outcomeOf(answer(200, whole.slice(0, whole.length / 2)))).toMatchObject({
      outcome: 'retry',
    });
  });

  it.each([
    ['garbage', '%PDF-1.4'],
    ['nothing', ''],
    ['a page for people', '<html>Добро пожаловать</html>'],
    ['another shape', '{"ok":true}'],
    ['null', 'null'],
  ])('tries again after a success that is %s', async (_, body) => {
    expect(await outcomeOf(answer(200, body))).toMatchObject({ outcome: 'retry' });
  });
};
