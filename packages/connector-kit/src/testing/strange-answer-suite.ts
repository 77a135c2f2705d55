import { expect, it } from 'vitest';
import { aDelivery, RECEIPT } from './a-delivery.ts';
import { startFakeAgency, type Play } from './fake-agency.ts';
import { answer, endless } from './plays.ts';
import type { SuiteContext } from './suite-context.ts';

/** Far above the limit of any receipt, far below what would hurt. */
const BOUND_BYTES = 32 * 1024 * 1024;

/** What no repetition mends, and what must not be believed or followed. */
export const itStopsForAPerson = ({ open, agency, replies }: SuiteContext): void => {
  const outcomeOf = async (play: Play) => {
    agency().play(play);
    return open().submit(aDelivery());
  };

  it('believes no receipt that comes with an error', async () => {
    expect(await outcomeOf(answer(500, replies.received(RECEIPT)))).toMatchObject({ outcome: 'retry' });
    const { status } = replies.refused;
    expect(await outcomeOf(answer(status, replies.received(RECEIPT)))).toMatchObject({ outcome: 'stuck' });
  });

  it.each([400, 401, 403, 404, 409, 410, 413, 418, 451])('asks a person about status %i', async (status) => {
    expect(await outcomeOf(answer(status, { status: 'what is this' }))).toMatchObject({ outcome: 'stuck' });
  });

  it.each([301, 302, 307, 308])('does not follow a redirect (%i)', async (status) => {
    const elsewhere = await startFakeAgency();
    elsewhere.play(answer(200, replies.received(RECEIPT)));
    try {
      const outcome = await outcomeOf(answer(status, '', { location: elsewhere.url }));
      expect(outcome).toMatchObject({ outcome: 'stuck' });
      expect(elsewhere.heard).toHaveLength(0);
    } finally {
      await elsewhere.stop();
    }
  });

  it('reads no more than a receipt can hold', async () => {
    let sent = 0;
    const outcome = await outcomeOf(
      endless((total) => {
        sent = total;
      }),
    );
    expect(outcome.outcome).not.toBe('accepted');
    expect(sent).toBeLessThan(BOUND_BYTES);
  });
};
