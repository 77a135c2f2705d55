import { expect, it } from 'vitest';
import { deliver, type DeliverySteps } from './deliver.ts';
import type { DeliveryOutcome, ReportDelivery, StatusOutcome, UnknownOutcome } from './outcome.ts';

const DELIVERY: ReportDelivery = {
  number: '1',
  formId: 'gns/sti-091/9',
  period: { from: '2026-07-01', to: '2026-09-30' },
  companyInn: '01503201810015',
  office: '004',
  reportXml: new Uint8Array(60),
  signature: new Uint8Array(40),
  reportSha256: '',
  signatureSha256: '',
};

const ACCEPTED: DeliveryOutcome = {
  outcome: 'accepted',
  agencyNumber: 'A-1',
  receipt: { json: new Uint8Array(), p7s: new Uint8Array() },
  evidence: { xRoadId: '', xRoadRequestId: '', xRoadRequestHash: '' },
};
const REJECTED: DeliveryOutcome = { outcome: 'rejected', reasons: ['a.b'] };
const STUCK: DeliveryOutcome = { outcome: 'stuck', reason: 'conflict' };
const ABSENT = { outcome: 'absent' } as const;
const unknown = (reason: string): UnknownOutcome => ({ outcome: 'unknown', reason });
const retry = (reason: string) => ({ outcome: 'retry', afterMs: 2_000, reason });

const play = (sent: DeliveryOutcome | UnknownOutcome, known: StatusOutcome) => {
  const calls: string[] = [];
  const steps: DeliverySteps = {
    submit: async () => (calls.push('submit'), sent),
    status: async () => (calls.push('status'), known),
  };
  const run = (more: Partial<ReportDelivery> = {}, largestDeliveryBytes = 100) =>
    deliver(steps, { largestDeliveryBytes }, { ...DELIVERY, ...more });
  return { calls, run };
};

it.each([ACCEPTED, REJECTED, STUCK])(
  'takes a clear answer as it is, and asks nothing: $outcome',
  async (clear) => {
    const { calls, run } = play(clear, ABSENT);
    expect(await run()).toBe(clear);
    expect(calls).toEqual(['submit']);
  },
);

it.each([ACCEPTED, REJECTED, STUCK])(
  'asks after an unclear answer, and believes: $outcome',
  async (known) => {
    const { calls, run } = play(unknown('timeout'), known);
    expect(await run()).toBe(known);
    expect(calls).toEqual(['submit', 'status']);
  },
);

it.each([
  ['does not have it', ABSENT],
  ['does not say', unknown('silent too')],
])('tries again when after an unclear answer the agency %s', async (_, known) => {
  expect(await play(unknown('timeout'), known).run()).toEqual(retry('timeout'));
});

it.each([ACCEPTED, REJECTED, STUCK])(
  'on a repeat asks first, and sends nothing after: $outcome',
  async (known) => {
    const { calls, run } = play(ACCEPTED, known);
    expect(await run({ isRepeat: true })).toBe(known);
    expect(calls).toEqual(['status']);
  },
);

it('on a repeat sends only what the agency does not have', async () => {
  const { calls, run } = play(ACCEPTED, ABSENT);
  expect(await run({ isRepeat: true })).toBe(ACCEPTED);
  expect(calls).toEqual(['status', 'submit']);
});

it('on a repeat sends nothing while the agency cannot say whether it has it', async () => {
  const { calls, run } = play(ACCEPTED, unknown('silent'));
  expect(await run({ isRepeat: true })).toEqual(retry('silent'));
  expect(calls).toEqual(['status']);
});

it('sends nothing larger than the agency takes', async () => {
  const { calls, run } = play(ACCEPTED, ABSENT);
  expect(await run({}, 99)).toMatchObject({ outcome: 'stuck' });
  expect(calls).toEqual([]);
  expect(await run({}, 100)).toBe(ACCEPTED);
});
