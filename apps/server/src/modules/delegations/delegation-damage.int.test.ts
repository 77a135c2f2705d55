import { endpoints, type Client } from '@sochi/contract';
import { parseDelegation, serialiseDelegation, type Delegation } from '@sochi/signature';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DelegatedKey } from '../../keys/keystore.ts';
import { delegate, openTerms } from '../../test/a-delegation.ts';
import { aSentFiling, createTestPortal, type TestPortal } from '../../test/portal.ts';

let portal: TestPortal;
let head: Client;
let accountant: Client;

beforeAll(async () => {
  portal = await createTestPortal();
  head = await portal.login('head');
  accountant = await portal.login('accountant');
});
beforeEach(async () => {
  await portal.query('delete from work_item', []);
  await delegate(head, {
    ...openTerms(portal.clock.now()),
    forms: ['gns/sti-091'],
    periodFrom: '2026-01-01',
    periodTo: '2026-12-31',
    taxCeiling: 6_700,
  });
});
afterAll(() => portal.close());

type Row = { id: string; record: Buffer; sealed_key: Buffer; head_credential_id: string };
const active = async (): Promise<Row & { delegation: Delegation }> => {
  const { rows } = await portal.query<Row>(
    'select id, record, sealed_key, head_credential_id from delegation where ended_at is null',
    [],
  );
  const [row] = rows;
  const record = row && parseDelegation(row.record);
  if (!row || !record?.ok) throw new Error('no delegation');
  return { ...row, delegation: record.value };
};

/** Each field of the record as somebody who writes in the database might want it. */
const EDITS: Partial<{ [Field in keyof Delegation]: (value: Delegation[Field]) => Delegation[Field] }> = {
  delegationId: () => '01999999-0000-7000-8000-000000000000',
  companyInn: () => '02711201910023',
  headCertificateSha256: () => 'a'.repeat(64),
  headCredentialId: () => '01999999-0000-7000-8000-000000000001',
  delegateOfficerId: () => '01999999-0000-7000-8000-000000000002',
  delegateFullName: () => 'Кто-то Другой',
  delegateCertificateSha256: () => 'b'.repeat(64),
  forms: () => ['*'],
  periodFrom: () => '',
  periodTo: () => '2099-12-31',
  taxCeiling: (ceiling) => ceiling + 1,
  validFrom: (instant) => instant.subtract({ hours: 1 }),
  expiresAt: (instant) => instant.add({ hours: 1 }),
  nonce: () => '0'.repeat(32),
};
const edited = (record: Delegation, field: keyof Delegation): Buffer => {
  // The edit of a field takes and gives that field's own type.
  const edit = EDITS[field] as ((value: unknown) => unknown) | undefined;
  return Buffer.from(serialiseDelegation({ ...record, [field]: edit?.(record[field]) }));
};
const FIELDS = Object.keys(EDITS) as (keyof Delegation)[];

it('edits every field there is', async () => {
  const { delegation } = await active();
  const fields = Object.keys(delegation).filter((field) => field !== 'version');
  expect(fields.sort()).toEqual([...FIELDS].sort());
});

describe.each(FIELDS)('a record whose %s was edited', (field) => {
  it('opens no key', async () => {
    const { delegation, sealed_key, record, head_credential_id: credentialId } = await active();
    // Read from the column that only the keystore writes.
    const key = sealed_key as Uint8Array as DelegatedKey;
    const authorize = (bytes: Uint8Array) =>
      portal.ctx.keystore.authorize({ kind: 'delegation', key, record: bytes, credentialId }, [
        '00'.repeat(32),
      ]);
    await expect(authorize(edited(delegation, field))).rejects.toThrow(/does not open/);
    await expect(authorize(record)).resolves.toHaveProperty('id');
  });

  it('signs nothing: the report waits for the head, and a person is told', async () => {
    const { id, delegation } = await active();
    await portal.query('update delegation set record = $2 where id = $1', [id, edited(delegation, field)]);
    const filing = await aSentFiling(accountant);
    expect(filing).toMatchObject({ delivery: 'awaiting_head', notOnBehalf: 'damaged' });
    expect(filing.signatures).toHaveLength(1);
  });
});

describe('what else may be written over', () => {
  it.each([
    ['the signature of the record', 'signature = set_byte(signature, length(signature) - 5, 0)'],
    [
      'the sealed key',
      'sealed_key = set_byte(sealed_key, length(sealed_key) - 1, 255 - get_byte(sealed_key, length(sealed_key) - 1))',
    ],
    ['the record, by something unreadable', `record = 'nothing'`],
    ['whose key it is', 'head_credential_id = delegate_credential_id'],
    ['who may sign', 'delegate_credential_id = head_credential_id, delegate_id = head_id'],
  ])('%s', async (_, change) => {
    await portal.query(`update delegation set ${change} where ended_at is null`, []);
    expect(await aSentFiling(accountant)).toMatchObject({
      delivery: 'awaiting_head',
      notOnBehalf: 'damaged',
    });
  });
});

it('leaves a work item, an alarm and an entry in the trail, once', async () => {
  const { id } = await active();
  await portal.query(`update delegation set record = '{}' where id = $1`, [id]);
  await Promise.all([aSentFiling(accountant), aSentFiling(accountant)]);
  const items = await portal.query<{ kind: string; detail: string }>(
    'select kind, detail from work_item',
    [],
  );
  expect(items.rows).toEqual([{ kind: 'delegation_damaged', detail: expect.stringContaining(id) }]);
  const trail = await portal.query<{ data: string; actor_kind: string }>(
    `select data, actor_kind from audit_event where act = 'delegation.ended' and subject_id = $1`,
    [id],
  );
  expect(trail.rows).toEqual([{ data: '{"why":"damaged"}', actor_kind: 'system' }]);
  expect(await portal.ctx.metrics.registry.metrics()).toMatch(
    /sochi_alarms_total\{kind="delegation_damaged".*\} \d+/,
  );
  expect((await head(endpoints.getDelegation, {})).lastEnd?.why).toBe('damaged');
});
