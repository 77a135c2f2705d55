import { classifyFault, type DeliveryOutcome, type XRoadReply } from '@sochi/connector-kit';
import { SubmitReply } from './wire.ts';

const RETRY_MS = 2_000;
const retry = (reason: string): DeliveryOutcome => ({ outcome: 'retry', afterMs: RETRY_MS, reason });
const stuck = (reason: string): DeliveryOutcome => ({ outcome: 'stuck', reason });

type Answer = Extract<XRoadReply, { kind: 'answer' }>;

/** Statuses of the agency that say by themselves what to do; every other answer must be one of the wire's shapes. */
const BY_STATUS: Record<number, (reason: string) => DeliveryOutcome> = {
  408: retry,
  409: (reason) => stuck(`the agency has this number with other bytes: ${reason}`),
  413: (reason) => stuck(`too large for the agency: ${reason}`),
  429: retry,
};

const parseJson = (bytes: Uint8Array): unknown => {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
};

const fromAnswer = (answer: Answer, xRoadId: string): DeliveryOutcome => {
  const text = new TextDecoder().decode(answer.body.subarray(0, 200));
  if (answer.status >= 500) return retry(`the agency answered ${answer.status}`);
  if (answer.status >= 300 && answer.status < 400)
    return stuck(`the agency answered with a redirect (${answer.status})`);
  const byStatus = BY_STATUS[answer.status];
  if (byStatus) return byStatus(text);
  const parsed = SubmitReply.safeParse(parseJson(answer.body));
  // A success we cannot read may hide a receipt: the next attempt asks again by our number.
  if (!parsed.success)
    return answer.status < 300
      ? retry(`an answer that cannot be read: ${text}`)
      : stuck(`status ${answer.status}: ${text}`);
  if (parsed.data.status === 'refused') return { outcome: 'rejected', reasons: parsed.data.reasons };
  const { agencyNumber, receipt, signature } = parsed.data;
  return {
    outcome: 'accepted',
    agencyNumber,
    receipt: { json: receipt, p7s: signature },
    evidence: { xRoadId, xRoadRequestId: answer.requestId, xRoadRequestHash: answer.requestHash },
  };
};

/** The one place where what the agency and X-Road say becomes an outcome of ours. */
export const outcomeOf = (reply: XRoadReply, xRoadId: string): DeliveryOutcome => {
  if (reply.kind === 'none') return retry(reply.reason);
  if (reply.kind === 'answer') return fromAnswer(reply, xRoadId);
  const reason = `X-Road: ${reply.type} ${reply.message}`.trim();
  return classifyFault(reply.type) === 'retry' ? retry(reason) : stuck(reason);
};
