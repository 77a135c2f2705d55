import { expect, it } from 'vitest';
import { aDelivery, RECEIPT } from './a-delivery.ts';
import { answer } from './plays.ts';
import type { SuiteContext } from './suite-context.ts';

/** The good and the plain bad answer. */
export const itSubmits = ({ open, agency, replies }: SuiteContext): void => {
  it('reads the receipt, byte for byte, and keeps the evidence of the call', async () => {
    const headers = { 'x-road-request-id': 'request-7', 'x-road-request-hash': 'hash-7' };
    agency().play(answer(200, replies.received(RECEIPT), headers));
    const outcome = await open().submit(aDelivery());
    expect(outcome).toMatchObject({
      outcome: 'accepted',
      agencyNumber: RECEIPT.agencyNumber,
      evidence: { xRoadRequestId: 'request-7', xRoadRequestHash: 'hash-7' },
    });
    expect(outcome).toHaveProperty('receipt.json', RECEIPT.json);
    expect(outcome).toHaveProperty('receipt.p7s', RECEIPT.p7s);
  });

  it('submits again under the same number and with the same bytes, and gets the same receipt', async () => {
    agency().play(answer(200, replies.received(RECEIPT)));
    const [first, second] = [await open().submit(aDelivery()), await open().submit(aDelivery())];
    expect(second).toHaveProperty('receipt', 'receipt' in first ? first.receipt : 'no receipt');
    const [one, other] = agency().heard;
    expect(other?.body).toBe(one?.body);
    expect(one?.body).toContain('2026-00000042');
  });

  it('gives the reasons of a refusal', async () => {
    const { status, body } = replies.refused;
    agency().play(answer(status, body(['signature.head.revoked', 'taxpayer_is_another'])));
    expect(await open().submit(aDelivery())).toEqual({
      outcome: 'rejected',
      reasons: ['signature.head.revoked', 'taxpayer_is_another'],
    });
  });
};
