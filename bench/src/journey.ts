import { endpoints, type Answers } from '@sochi/contract';
import { randomUUID } from 'node:crypto';
import { createCaller, logIn, type BenchOfficer } from './api.ts';
import type { Arrivals } from './arrivals.ts';

export type BenchCompany = { accountant: BenchOfficer; head: BenchOfficer };

export type JourneyResult = {
  filingId: string;
  number: string;
  requests: number;
  /** From the second signature's request to its reply. */
  postmarkMs: number;
  /** From that reply to `delivered`, and to the decision. */
  deliveryMs: number;
  decisionMs: number;
  /** Undefined unless asked for. */
  evidence: Uint8Array | undefined;
};

const PERIOD = { from: '2026-07-01', to: '2026-09-30' };

/** Every line filled in, so that the report has the size of a real one; the sums differ from filing to filing. */
const answers = (index: number): Answers => {
  const bases = [
    '050',
    '053',
    '056',
    '060',
    '063',
    '067',
    '070',
    '074',
    '077',
    '130',
    '133',
    '139',
    '142',
    '145',
    '148',
    '154',
    '157',
    '170',
    '176',
  ];
  const rows = Array.from({ length: 20 }, (_, row) => ({
    description: `Аванс по договору ${row + 1}`,
    amount: String(1000 + row + index),
    rate: '2',
  }));
  return {
    cells: Object.fromEntries(bases.map((cell, at) => [cell, `${100_000 + index * 37 + at * 11}.5`])),
    tables: { ADV_CUR: rows, ADV_PREV: [] },
  };
};

/** One complete journey through the public API: two officers, one report, delivered and decided. */
export const runJourney = async (
  baseUrl: string,
  company: BenchCompany,
  arrivals: Arrivals,
  options: { index: number; evidence: boolean },
): Promise<JourneyResult> => {
  const accountant = createCaller(baseUrl);
  await logIn(accountant, company.accountant);
  const draft = await accountant.call(endpoints.createFiling, {
    body: { formId: 'gns/sti-091/9', period: PERIOD, kind: 'initial' },
    idempotencyKey: randomUUID(),
  });
  const params = { id: draft.id };
  const { version } = await accountant.call(endpoints.saveDraft, {
    params,
    body: { version: draft.version, answers: answers(options.index) },
  });
  const { findings } = await accountant.call(endpoints.checkFiling, { params });
  if (findings.some(({ severity }) => severity === 'E'))
    throw new Error(`the bench's own report has errors: ${JSON.stringify(findings)}`);
  const sent = await accountant.call(endpoints.sendFiling, {
    params,
    body: { version },
    idempotencyKey: randomUUID(),
  });

  const head = createCaller(baseUrl);
  await logIn(head, company.head);
  await head.call(endpoints.getReport, { params });
  const arrived = arrivals.expect(draft.id);
  const asked = performance.now();
  await head.call(endpoints.signFiling, {
    params,
    body: { reportSha256: sent.reportSha256 ?? '' },
    idempotencyKey: randomUUID(),
  });
  const postmarked = performance.now();
  const [delivered, decided] = await Promise.all([arrived.delivered, arrived.decided]);
  const evidence = options.evidence ? await head.call(endpoints.getEvidence, { params }) : undefined;
  return {
    filingId: draft.id,
    number: sent.number,
    requests: accountant.requests() + head.requests(),
    postmarkMs: postmarked - asked,
    deliveryMs: delivered - postmarked,
    decisionMs: decided - postmarked,
    evidence,
  };
};
