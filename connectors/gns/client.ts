import {
  callXRoad,
  type DecisionPage,
  type DeliveryOutcome,
  type ReportDelivery,
  type XRoadReply,
} from '@sochi/connector-kit';
import { randomUUID } from 'node:crypto';
import type { GnsConfig } from './config.ts';
import { outcomeOf } from './mapping.ts';
import { DecisionsReply } from './wire.ts';

const RECEIPT_LIMIT = 1_000_000;
const DECISIONS_LIMIT = 20_000_000;

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

const addressed = (config: GnsConfig) => ({
  baseUrl: config.GNS_URL,
  client: config.GNS_CLIENT,
  service: config.GNS_SERVICE,
});

/** Hands a report over. The agency takes a number only once: submitting again gives the receipt of the first time. */
export const submitReport = async (config: GnsConfig, delivery: ReportDelivery): Promise<DeliveryOutcome> => {
  const messageId = randomUUID();
  const { number, formId, period, companyInn, office } = delivery;
  const reply = await callXRoad({
    ...addressed(config),
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
    timeoutMs: config.GNS_TIMEOUT_MS,
    limitBytes: RECEIPT_LIMIT,
    messageId,
    issue: number,
    representedParty: companyInn,
  });
  return outcomeOf(reply, messageId);
};

/** The agency's decisions could not be read now. */
export class DecisionsUnavailable extends Error {}

const pageOf = (reply: XRoadReply): DecisionPage => {
  if (reply.kind === 'none') throw new DecisionsUnavailable(reply.reason);
  if (reply.kind === 'fault') throw new DecisionsUnavailable(`X-Road: ${reply.type} ${reply.message}`);
  if (reply.status !== 200) throw new DecisionsUnavailable(`status ${reply.status}`);
  const { cursor, decisions } = DecisionsReply.parse(JSON.parse(new TextDecoder().decode(reply.body)));
  return {
    cursor,
    decisions: decisions.map(({ filingNumber, decision, signature }) => ({
      filingNumber,
      json: decision,
      p7s: signature,
    })),
  };
};

/** Decisions after `after`, waiting at the agency up to `waitMs` for one. */
export const readDecisions = async (
  config: GnsConfig,
  request: { after: string; waitMs: number; signal: AbortSignal },
): Promise<DecisionPage> => {
  const query = new URLSearchParams({ after: request.after, wait: String(request.waitMs) });
  const reply = await callXRoad({
    ...addressed(config),
    method: 'GET',
    path: `/decisions?${query.toString()}`,
    timeoutMs: request.waitMs + config.GNS_TIMEOUT_MS,
    limitBytes: DECISIONS_LIMIT,
    messageId: randomUUID(),
    signal: request.signal,
  });
  return pageOf(reply);
};
