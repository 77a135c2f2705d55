import {
  callXRoad,
  DecisionsUnavailable,
  type ConnectorPorts,
  type DecisionPage,
  type DeliveryOutcome,
  type ReportDelivery,
  type StatusOutcome,
  type UnknownOutcome,
  type XRoadReply,
} from '@sochi/connector-kit';
import type { GnsConfig } from './config.ts';
import { outcomeOf, statusOf } from './mapping.ts';
import { DecisionsReply } from './wire.ts';

const RECEIPT_LIMIT = 1_000_000;
const DECISIONS_LIMIT = 20_000_000;
/** A question by number is small: it does not get the time of a report. */
const LONGEST_QUESTION_MS = 5_000;

/** Settings and ports of one open connector. */
export type GnsCall = { config: GnsConfig; ports: ConnectorPorts };

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

const addressed = ({ config }: GnsCall) => ({
  baseUrl: config.GNS_URL,
  client: config.GNS_CLIENT,
  service: config.GNS_SERVICE,
});

/** Hands a report over. The agency takes a number only once: submitting again gives the receipt of the first time. */
export const submitReport = async (
  call: GnsCall,
  delivery: ReportDelivery,
): Promise<DeliveryOutcome | UnknownOutcome> => {
  const messageId = call.ports.newId();
  const { number, formId, period, companyInn, office } = delivery;
  const reply = await callXRoad({
    ...addressed(call),
    method: 'POST',
    path: '/reports',
    body: {
      number,
      formId,
      period,
      companyInn,
      office,
      report: base64(delivery.reportXml),
      signature: base64(delivery.signature),
    },
    timeoutMs: call.config.GNS_TIMEOUT_MS,
    limitBytes: RECEIPT_LIMIT,
    messageId,
    issue: number,
    representedParty: [companyInn],
  });
  return outcomeOf(reply, messageId);
};

/** What the agency answered to our number before. */
export const askStatus = async (call: GnsCall, delivery: ReportDelivery): Promise<StatusOutcome> => {
  const messageId = call.ports.newId();
  const reply = await callXRoad({
    ...addressed(call),
    method: 'GET',
    path: `/reports/${encodeURIComponent(delivery.number)}`,
    timeoutMs: Math.min(call.config.GNS_TIMEOUT_MS, LONGEST_QUESTION_MS),
    limitBytes: RECEIPT_LIMIT,
    messageId,
    issue: delivery.number,
    representedParty: [delivery.companyInn],
  });
  return statusOf(reply, messageId, delivery);
};

const parsePage = (bytes: Uint8Array): DecisionsReply | undefined => {
  try {
    return DecisionsReply.safeParse(JSON.parse(new TextDecoder().decode(bytes))).data;
  } catch {
    return undefined;
  }
};

const pageOf = (reply: XRoadReply): DecisionPage => {
  if (reply.kind === 'none') throw new DecisionsUnavailable(reply.reason);
  if (reply.kind === 'fault') throw new DecisionsUnavailable(`X-Road: ${reply.type} ${reply.message}`);
  if (reply.status !== 200) throw new DecisionsUnavailable(`status ${reply.status}`);
  const page = parsePage(reply.body);
  if (!page) throw new DecisionsUnavailable('a page of decisions that cannot be read');
  return {
    cursor: page.cursor,
    decisions: page.decisions.map(({ filingNumber, decision, signature }) => ({
      filingNumber,
      json: decision,
      p7s: signature,
    })),
  };
};

/** Decisions after `after`, waiting at the agency up to `waitMs` for one. Throws DecisionsUnavailable. */
export const readDecisions = async (
  call: GnsCall,
  request: { after: string; waitMs: number; signal: AbortSignal },
): Promise<DecisionPage> => {
  const query = new URLSearchParams({ after: request.after, wait: String(request.waitMs) });
  const reply = await callXRoad({
    ...addressed(call),
    method: 'GET',
    path: `/decisions?${query.toString()}`,
    timeoutMs: request.waitMs + call.config.GNS_TIMEOUT_MS,
    limitBytes: DECISIONS_LIMIT,
    messageId: call.ports.newId(),
    signal: request.signal,
  });
  return pageOf(reply);
};
