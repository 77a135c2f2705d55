import type { Decision } from '@sochi/signature';
import { appendEvent } from '#modules/filings/index.ts';
import { announceFiling } from '#modules/live/index.ts';
import type { Tx } from '../../db/database.ts';
import { markDecided } from './queries.ts';

/** Moves a delivered filing to what its agency's curator decided; the decision itself is kept by the caller. Does nothing twice. */
export const applyDecision = async (
  tx: Tx,
  filing: { id: string; companyId: string },
  { verdict, reasons, text, decidedAt }: Decision,
  now: Temporal.Instant,
): Promise<void> => {
  const rejection = verdict === 'rejected' ? { codes: [...reasons], text } : null;
  if (!(await markDecided(tx, { id: filing.id, verdict, decidedAt, rejection, now }))) return;
  await appendEvent(tx, {
    filingId: filing.id,
    at: now,
    event: verdict === 'accepted' ? 'accept' : 'reject',
    from: 'awaiting_check',
    to: verdict,
    ...(text === '' ? {} : { note: text }),
  });
  await announceFiling(tx, filing.companyId, { id: filing.id, delivery: 'delivered', check: verdict });
};
