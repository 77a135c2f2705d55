import { ApiError, endpoints, type Client } from '@sochi/contract';
import { randomUUID } from 'node:crypto';
import { QUARTER, STI_091_VECTOR } from '../portal.ts';

/** What the portal acknowledged: the report with this hash is postmarked. */
export type Acknowledged = { id: string; number: string; reportSha256: string; postmarkedMs: number };

export type Journal = { begun: number; acknowledged: Acknowledged[] };

/** Saving has no key but the version: when the answer was lost, the draft tells whether it was saved. */
const save = async (accountant: Client, draft: { id: string; version: number }): Promise<number> => {
  const params = { id: draft.id };
  try {
    const body = { version: draft.version, answers: STI_091_VECTOR };
    return (await accountant(endpoints.saveDraft, { params, body })).version;
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'draft.changed_elsewhere') throw error;
    return (await accountant(endpoints.getFiling, { params })).version;
  }
};

/** One report from the draft to the postmark; every command keeps its key however often it is given. */
export const fileReport = async (accountant: Client, head: Client, journal: Journal): Promise<void> => {
  journal.begun += 1;
  const draft = await accountant(endpoints.createFiling, {
    body: { formId: 'gns/sti-091/9', period: QUARTER, kind: 'initial' },
    idempotencyKey: randomUUID(),
  });
  const params = { id: draft.id };
  const version = await save(accountant, draft);
  const sent = await accountant(endpoints.sendFiling, {
    params,
    body: { version },
    idempotencyKey: randomUUID(),
  });
  const signed = await head(endpoints.signFiling, {
    params,
    body: { reportSha256: sent.reportSha256 ?? '' },
    idempotencyKey: randomUUID(),
  });
  journal.acknowledged.push({
    id: signed.id,
    number: signed.number,
    reportSha256: signed.reportSha256 ?? '',
    postmarkedMs: Temporal.Instant.from(signed.postmarkedAt ?? '').epochMilliseconds,
  });
};
