import type { FilingDetail } from '@sochi/contract';
import { parseDecision, type AgencyReceipt } from '@sochi/signature';
import type { ConnectorInstance, DeliveryOutcome } from '@sochi/connector-kit';
import { appendEvent, insertDocument } from '#modules/filings/index.ts';
import { announceFiling } from '#modules/live/index.ts';
import { isAppError } from '../../app-error.ts';
import type { AppContext } from '../../context.ts';
import { inTransaction, type Tx } from '../../db/database.ts';
import { KeystoreUnavailable } from '../../keys/keystore.ts';
import { applyDecision } from './apply-decision.ts';
import { proveDelivery, type ProvableAcceptance } from './prove-delivery.ts';
import {
  claimForDelivery,
  closeWorkItem,
  findDocument,
  finishAttempt,
  markDelivered,
  openWorkItem,
  type ClaimedFiling,
} from './queries.ts';
import { checkReceipt } from './receipts.ts';

type Context = Pick<
  AppContext,
  'db' | 'clock' | 'operator' | 'metrics' | 'log' | 'timestamps' | 'responder' | 'revocationLists'
>;

/** The agency cannot be reached now: the queue runs the job again, later and later. */
export class DeliveryPostponed extends Error {}

const call = (connector: ConnectorInstance, filing: ClaimedFiling): Promise<DeliveryOutcome> => {
  // `send` wrote the context together with the report.
  const { profile } = filing.context as FilingDetail['context'];
  return connector.submit({
    number: filing.number,
    formId: filing.form_id,
    period: { from: filing.period_from, to: filing.period_to },
    companyInn: profile.inn,
    office: profile.officeCode,
    reportXml: filing.report,
    signature: filing.signature,
    reportSha256: filing.report_sha256.toString('hex'),
    signatureSha256: filing.signature_sha256.toString('hex'),
    isRepeat: filing.attempt > 1,
  });
};

/** A decision that overtook the delivery was kept, checked, by the feed: its time is now. */
const applyEarlyDecision = async (tx: Tx, filing: ClaimedFiling, now: Temporal.Instant): Promise<void> => {
  const early = await findDocument(tx, filing.id, 'decision');
  const parsed = early && parseDecision(early.json);
  if (parsed?.ok) await applyDecision(tx, { id: filing.id, companyId: filing.company_id }, parsed.value, now);
};

const recordDelivered = async (
  ctx: Context,
  filing: ClaimedFiling,
  accepted: ProvableAcceptance & { signed: AgencyReceipt },
): Promise<void> => {
  const { handOver, receipt } = await proveDelivery(ctx, filing, accepted);
  const now = ctx.clock.now();
  await inTransaction(ctx.db, async (tx) => {
    const delivered = await markDelivered(tx, {
      id: filing.id,
      handedOverAt: accepted.handedOverAt,
      agencyReceivedAt: accepted.signed.receivedAt,
      agencyNumber: accepted.signed.agencyNumber,
      now,
    });
    await finishAttempt(tx, {
      id: filing.attempt_id,
      at: now,
      outcome: 'accepted',
      detail: JSON.stringify(accepted.evidence),
    });
    if (!delivered) return;
    await insertDocument(tx, filing.id, 'hand-over', handOver);
    await insertDocument(tx, filing.id, 'agency-receipt', receipt);
    await appendEvent(tx, {
      filingId: filing.id,
      at: now,
      event: 'deliver',
      from: 'queued',
      to: 'delivered',
      note: accepted.signed.agencyNumber,
      data: { ...accepted.evidence },
    });
    await announceFiling(tx, filing.company_id, {
      id: filing.id,
      delivery: 'delivered',
      check: 'awaiting_check',
    });
    await applyEarlyDecision(tx, filing, now);
    await closeWorkItem(tx, { kind: 'delivery_late', filingId: filing.id, now });
  });
  ctx.metrics.deliverySeconds.observe(
    { agency: filing.agency },
    filing.postmarked_at.until(now).total('seconds'),
  );
};

/** Nothing stops silently: a person is told, and the filing stays queued with its date safe. */
const park = async (ctx: Context, filing: ClaimedFiling, kind: string, detail: string): Promise<void> => {
  const now = ctx.clock.now();
  await finishAttempt(ctx.db, { id: filing.attempt_id, at: now, outcome: kind, detail });
  await openWorkItem(ctx.db, { kind: `delivery_${kind}`, filingId: filing.id, detail, now });
  ctx.metrics.alarms.inc({ kind: `delivery_${kind}` });
  ctx.log.error({ filingId: filing.id, detail }, `delivery ${kind}: a person must look`);
};

const postpone = async (
  ctx: Context,
  filing: ClaimedFiling,
  outcome: string,
  reason: string,
): Promise<never> => {
  await finishAttempt(ctx.db, { id: filing.attempt_id, at: ctx.clock.now(), outcome, detail: reason });
  throw new DeliveryPostponed(reason);
};

const settle = async (
  ctx: Context,
  filing: ClaimedFiling,
  outcome: DeliveryOutcome,
  handedOverAt: Temporal.Instant,
): Promise<void> => {
  switch (outcome.outcome) {
    case 'accepted': {
      const bytes = { json: outcome.receipt.json, signature: outcome.receipt.p7s };
      const receipt = await checkReceipt(ctx, bytes, {
        number: filing.number,
        agency: filing.agency,
        reportSha256: filing.report_sha256.toString('hex'),
        signatureSha256: filing.signature_sha256.toString('hex'),
      });
      if (!receipt.ok) return park(ctx, filing, 'stuck', receipt.reason);
      if (receipt.value.agencyNumber !== outcome.agencyNumber)
        return park(ctx, filing, 'stuck', 'the agency signed for another number than it said');
      return recordDelivered(ctx, filing, {
        ...outcome,
        handedOverAt,
        signed: receipt.value,
        revocation: receipt.revocation,
      });
    }
    case 'rejected':
      return park(ctx, filing, 'refused', outcome.reasons.join('; '));
    case 'stuck':
      return park(ctx, filing, 'stuck', outcome.reason);
    case 'pending':
      return postpone(ctx, filing, 'pending', outcome.receiptId);
    case 'retry':
      return postpone(ctx, filing, 'retry', outcome.reason);
  }
};

/** Nobody vouches for the moment now, or the operator's key is out of reach: the agency gives the same receipt once more. */
const isForLater = (error: unknown): error is Error =>
  error instanceof KeystoreUnavailable || (isAppError(error) && error.code === 'timestamp.unavailable');

/**
 * One attempt to deliver: claim, call, record. Safe to run any number of times and by several workers at once: the agency takes
 * a number only once and gives the same receipt again, and only a queued filing becomes delivered. Throws DeliveryPostponed
 * when the queue shall try again.
 */
export const deliverFiling = async (
  ctx: Context,
  connector: ConnectorInstance,
  filingId: string,
): Promise<void> => {
  const filing = await claimForDelivery(ctx.db, filingId, ctx.clock.now());
  if (!filing) return;
  const handedOverAt = ctx.clock.now();
  const outcome = await call(connector, filing);
  ctx.metrics.deliveries.inc({ agency: filing.agency, outcome: outcome.outcome });
  try {
    await settle(ctx, filing, outcome, handedOverAt);
  } catch (error) {
    if (!isForLater(error)) throw error;
    await postpone(ctx, filing, 'retry', error.message);
  }
};
