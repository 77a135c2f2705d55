import type { ArrivedDecision } from '@sochi/connector-kit';
import type { Decision } from '@sochi/signature';
import type { AppContext } from '../../context.ts';
import type { Tx } from '../../db/database.ts';
import { applyDecision } from './apply-decision.ts';
import { findDocument, insertDocument, lockByNumber, openWorkItem } from './queries.ts';
import { checkDecision } from './receipts.ts';

type Context = Pick<AppContext, 'clock' | 'operator' | 'metrics'>;
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
 * Records one decision as it came from the feed of `agency`. It is kept even when it overtakes our own record of the delivery
 * (the agency's answer was lost, or is still under way): whoever records the delivery then finds it and applies it.
 */
export const recordDecision = async (
  ctx: Context,
  tx: Tx,
  agency: string,
  arrived: ArrivedDecision,
): Promise<void> => {
  const checked = await checkDecision(ctx, { json: arrived.json, signature: arrived.p7s }, agency);
  if (!checked.ok) return tellPerson(ctx, tx, null, `${arrived.filingNumber}: ${checked.reason}`);
  const filing = await lockByNumber(tx, agency, checked.value.filingNumber);
  const problem = objection(filing, checked.value);
  if (!filing || problem) return tellPerson(ctx, tx, filing?.id ?? null, problem ?? '');
  const earlier = await findDocument(tx, filing.id, 'decision');
  if (earlier) {
    if (!earlier.json.equals(arrived.json))
      await tellPerson(
        ctx,
        tx,
        filing.id,
        `${checked.value.filingNumber}: another decision is there already`,
      );
    return;
  }
  const { json, p7s: signature } = arrived;
  await insertDocument(tx, { filingId: filing.id, kind: 'decision', json, signature });
  if (filing.delivery === 'delivered')
    await applyDecision(tx, { id: filing.id, companyId: filing.company_id }, checked.value, ctx.clock.now());
};
