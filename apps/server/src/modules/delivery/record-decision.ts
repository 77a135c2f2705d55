import type { ArrivedDecision } from '@sochi/connector-kit';
import type { Decision } from '@sochi/signature';
import { insertDocument, type ProvenDocument } from '#modules/filings/index.ts';
import type { AppContext } from '../../context.ts';
import type { Tx } from '../../db/database.ts';
import { applyDecision } from './apply-decision.ts';
import { findDocument, lockByNumber, openWorkItem } from './queries.ts';
import { proveSigned } from './prove-delivery.ts';
import { checkDecision } from './receipts.ts';

type Context = Pick<AppContext, 'clock' | 'metrics'>;
type CheckContext = Pick<AppContext, 'clock' | 'operator' | 'timestamps' | 'responder' | 'revocationLists'>;

/** A decision, checked and made a lasting proof of, or why it cannot be used; made before the transaction that records it. */
export type ReadyDecision = { filingNumber: string } & (
  { ok: true; decision: Decision; document: ProvenDocument } | { ok: false; reason: string }
);

/** Checks a decision as it came from the feed of `agency`. Refuses with `timestamp.unavailable`. */
export const prepareDecision = async (
  ctx: CheckContext,
  agency: string,
  { filingNumber, json, p7s: signature }: ArrivedDecision,
): Promise<ReadyDecision> => {
  const checked = await checkDecision(ctx, { json, signature }, agency);
  if (!checked.ok) return { filingNumber, ok: false, reason: checked.reason };
  const { value: decision, revocation } = checked;
  return {
    filingNumber,
    ok: true,
    decision,
    document: await proveSigned(ctx, { json, signature, revocation }),
  };
};
type Filing = NonNullable<Awaited<ReturnType<typeof lockByNumber>>>;

/** Why a decision that the agency did sign cannot be taken; undefined when it can. */
const objection = (filing: Filing | undefined, decision: Decision): string | undefined => {
  const { filingNumber } = decision;
  if (!filing) return `there is no filing ${filingNumber}`;
  if (filing.report_sha256?.toString('hex') !== decision.reportSha256)
    return `${filingNumber}: it is about another report`;
  const isOnItsWay = filing.delivery === 'queued' || filing.delivery === 'delivered';
  return isOnItsWay ? undefined : `${filingNumber}: the filing was never handed over`;
};

/** What cannot be used is shown to a person, and those that follow go on. */
const tellPerson = async (ctx: Context, tx: Tx, filingId: string | null, detail: string): Promise<void> => {
  await openWorkItem(tx, { kind: 'decision_unusable', filingId, detail, now: ctx.clock.now() });
  ctx.metrics.alarms.inc({ kind: 'decision_unusable' });
};

/**
 * Records one decision of the feed of `agency`. It is kept even when it overtakes our own record of the delivery (the agency's
 * answer was lost, or is still under way): whoever records the delivery then finds it and applies it.
 */
export const recordDecision = async (
  ctx: Context,
  tx: Tx,
  agency: string,
  ready: ReadyDecision,
): Promise<void> => {
  if (!ready.ok) return tellPerson(ctx, tx, null, `${ready.filingNumber}: ${ready.reason}`);
  const { decision, document } = ready;
  const filing = await lockByNumber(tx, agency, decision.filingNumber);
  const problem = objection(filing, decision);
  if (!filing || problem) return tellPerson(ctx, tx, filing?.id ?? null, problem ?? '');
  const earlier = await findDocument(tx, filing.id, 'decision');
  if (earlier) {
    if (!earlier.json.equals(document.json))
      await tellPerson(ctx, tx, filing.id, `${decision.filingNumber}: another decision is there already`);
    return;
  }
  await insertDocument(tx, filing.id, 'decision', document);
  if (filing.delivery === 'delivered')
    await applyDecision(tx, { id: filing.id, companyId: filing.company_id }, decision, ctx.clock.now());
};
