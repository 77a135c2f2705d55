import {
  classifyFault,
  type DeliveryOutcome,
  type ReportDelivery,
  type StatusOutcome,
  type UnknownOutcome,
  type XRoadReply,
} from '@sochi/connector-kit';
import { Absent, AnsweredTo, Receipt, Refusal } from './wire.ts';

/** The agency may have taken the report: the kit asks by our number before it says retry. */
const unknown = (reason: string): UnknownOutcome => ({ outcome: 'unknown', reason });
const stuck = (reason: string): DeliveryOutcome => ({ outcome: 'stuck', reason });

type Answer = Extract<XRoadReply, { kind: 'answer' }>;

const parseJson = (bytes: Uint8Array): unknown => {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
};

const CODE = /^[\w.:-]{1,60}$/;

/**
 * Codes in the agency's own words about what is wrong. Free text is left out: an agency may echo the report, and what is said
 * here goes to logs and to the operator's screen.
 */
const codesOf = (body: unknown): string => {
  const values = typeof body === 'object' && body !== null ? Object.values(body).flat() : [];
  const codes = values.filter((value): value is string => typeof value === 'string' && CODE.test(value));
  return codes.slice(0, 5).join(' ');
};

const received = (answer: Answer, body: unknown, xRoadId: string): DeliveryOutcome | UnknownOutcome => {
  const parsed = Receipt.safeParse(body);
  // A success we cannot read may hide a receipt.
  if (!parsed.success) return unknown(`a success (${answer.status}) that cannot be read`);
  const { agencyNumber, receipt, signature } = parsed.data;
  return {
    outcome: 'accepted',
    agencyNumber,
    receipt: { json: receipt, p7s: signature },
    evidence: { xRoadId, xRoadRequestId: answer.requestId, xRoadRequestHash: answer.requestHash },
  };
};

const refused = (body: unknown): DeliveryOutcome => {
  const parsed = Refusal.safeParse(body);
  return parsed.success
    ? { outcome: 'rejected', reasons: parsed.data.reasons }
    : stuck('a refusal (422) whose reasons cannot be read');
};

const fromAnswer = (answer: Answer, xRoadId: string): DeliveryOutcome | UnknownOutcome => {
  const { status } = answer;
  const body = parseJson(answer.body);
  if (status >= 200 && status < 300) return received(answer, body, xRoadId);
  if (status === 422) return refused(body);
  const said = `the agency answered ${status} ${codesOf(body)}`.trim();
  if (status >= 500 || status === 408 || status === 429) return unknown(said);
  if (status < 400) return stuck(`${said}: redirects are not followed`);
  if (status === 409) return stuck(`${said}: it has this number with other bytes`);
  return stuck(said);
};

/** The one place where what the agency and X-Road say becomes an outcome of ours. */
export const outcomeOf = (reply: XRoadReply, xRoadId: string): DeliveryOutcome | UnknownOutcome => {
  if (reply.kind === 'none') return unknown(reply.reason);
  if (reply.kind === 'answer') return fromAnswer(reply, xRoadId);
  const reason = `X-Road: ${reply.type} ${reply.message}`.trim();
  return classifyFault(reply.type) === 'retry' ? unknown(reason) : stuck(reason);
};

/** The same for the answer to a question by our number, which must be about the very bytes of `delivery`. */
export const statusOf = (reply: XRoadReply, xRoadId: string, delivery: ReportDelivery): StatusOutcome => {
  const body = reply.kind === 'answer' ? parseJson(reply.body) : undefined;
  if (reply.kind === 'answer' && reply.status === 404 && Absent.safeParse(body).success)
    return { outcome: 'absent' };
  const outcome = outcomeOf(reply, xRoadId);
  if (outcome.outcome !== 'accepted' && outcome.outcome !== 'rejected') return outcome;
  const to = AnsweredTo.safeParse(body).data;
  const isSame =
    to?.reportSha256 === delivery.reportSha256 && to.signatureSha256 === delivery.signatureSha256;
  return isSame ? outcome : stuck('the agency has this number with other bytes');
};
