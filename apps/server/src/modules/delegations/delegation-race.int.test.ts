import { endpoints, type Client, type Filing, type FilingDetail } from '@sochi/contract';
import { verifySignedData } from '@sochi/signature';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inTransaction } from '../../db/database.ts';
import { delegate, openTerms } from '../../test/a-delegation.ts';
import { aDraft, createTestPortal, type TestPortal } from '../../test/portal.ts';
import { auditEnded, endDelegationsOf } from './end-delegations.ts';

/**
 * Reports are sent through two web processes while a third party ends the delegation. Whoever ends it holds the row alone, whoever
 * records a signature made by it shares it; so in the company's audit trail, which both lock before they commit, no use may stand
 * behind the end.
 */
const ROUNDS = 6;
const SENDERS = 8;

let portal: TestPortal;
let head: Client;
let senders: Client[];
let endings: Record<string, () => Promise<unknown>>;

beforeAll(async () => {
  portal = await createTestPortal({ DATABASE_POOL: '8' });
  const beside = await portal.openBeside();
  head = await portal.login('head');
  const headBeside = await beside.login('head');
  const accountants = [await portal.login('accountant'), await beside.login('accountant')];
  senders = Array.from({ length: SENDERS }, (_, index) => accountants[index % 2] ?? head);
  const endOf = (role: string, why: 'pin_changed' | 'certificate_revoked') => () =>
    inTransaction(beside.ctx.db, async (tx) => {
      const { id } = await tx
        .selectFrom('credential')
        .innerJoin('officer', 'officer.id', 'credential.officer_id')
        .innerJoin('company', 'company.id', 'officer.company_id')
        .select('credential.id')
        .where('company.inn', '=', '01503201810015')
        .where('officer.role', '=', role)
        .executeTakeFirstOrThrow();
      const ended = await endDelegationsOf(tx, id, { at: portal.clock.now(), why });
      await auditEnded(tx, ended, { actor: { kind: 'system', name: 'test' } });
    });
  endings = {
    taken_away: () => headBeside(endpoints.endDelegation, {}),
    pin_changed: endOf('head', 'pin_changed'),
    certificate_revoked: endOf('accountant', 'certificate_revoked'),
  };
});
afterAll(() => portal.close());

const send = (call: Client, draft: FilingDetail): Promise<Filing> =>
  call(endpoints.sendFiling, {
    params: { id: draft.id },
    body: { version: draft.version },
    idempotencyKey: randomUUID(),
  });

/** Sends all drafts at once and ends the delegation among them; then sends one more, which must not be signed for. */
const race = async (round: number, end: () => Promise<unknown>): Promise<Filing[]> => {
  const drafts = await Promise.all(senders.map((call) => aDraft(call)));
  const late = await aDraft(head);
  await delegate(head, openTerms(portal.clock.now()));
  const sending = senders.map((call, index) => send(call, drafts[index] ?? late));
  // In half of the rounds one report is through before the end begins; in the others they begin together.
  if (round % 2 === 0) await Promise.race(sending);
  const ended = end().then(() => send(senders[round % 2] ?? head, late));
  const [afterwards, ...sent] = await Promise.all([ended, ...sending]);
  expect(afterwards.delivery).toBe('awaiting_head');
  return sent;
};

const storedOf = async (id: string) => {
  const { rows } = await portal.query<{ cms: Buffer; xml: Buffer; uses: string; documents: string[] }>(
    `select c.bytes as cms, x.bytes as xml, (select count(*) from delegation_use where filing_id = f.id) as uses,
            array(select kind from filing_document where filing_id = f.id order by kind) as documents
       from filing f join content c on c.sha256 = f.signature_sha256 join content x on x.sha256 = f.report_sha256
      where f.id = $1`,
    [id],
  );
  const [row] = rows;
  if (!row) throw new Error(`filing ${id} is lost`);
  const { signers } = await verifySignedData({
    cms: row.cms,
    content: row.xml,
    trustAnchors: [portal.ctx.operator.root],
    timestamps: { trustAnchors: [portal.ctx.operator.root], intermediates: [] },
    at: portal.clock.now(),
    required: { roles: ['head', 'accountant'], companyInn: '01503201810015' },
  });
  return { signers: signers.length, uses: Number(row.uses), documents: row.documents };
};

describe.each(['taken_away', 'pin_changed', 'certificate_revoked'])('a delegation that ends (%s)', (why) => {
  it('signs nothing from its end on, and loses nothing', async () => {
    const states: string[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const filing of await race(round, endings[why] ?? Promise.reject)) {
        states.push(filing.delivery);
        const isSigned = filing.delivery === 'queued';
        // Who asked for the delegation after its end never had one.
        expect(isSigned ? [null] : [null, 'ended']).toContain(filing.notOnBehalf);
        expect(await storedOf(filing.id)).toEqual(
          isSigned
            ? { signers: 2, uses: 1, documents: ['delegation', 'postmark'] }
            : { signers: 1, uses: 0, documents: [] },
        );
      }
    }
    expect(new Set(states)).toEqual(new Set(['queued', 'awaiting_head']));
    const { rows } = await portal.query<{ ended: string; late: string }>(
      `with trail as (
         select seq, act, case act when 'delegation.ended' then subject_id else data::jsonb ->> 'delegationId' end as delegation
           from audit_event where act in ('delegation.ended', 'signature.made_on_behalf'))
       select count(*) filter (where act = 'delegation.ended') as ended,
              count(*) filter (where act = 'signature.made_on_behalf' and exists (
                select from trail e where e.delegation = trail.delegation and e.act = 'delegation.ended' and e.seq < trail.seq)) as late
         from trail`,
      [],
    );
    expect(Number(rows[0]?.ended)).toBeGreaterThanOrEqual(ROUNDS);
    expect(rows[0]?.late).toBe('0');
  });
});
