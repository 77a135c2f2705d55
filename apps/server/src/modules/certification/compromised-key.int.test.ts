import { ApiError, endpoints } from '@sochi/contract';
import { generateP256KeyPair } from '@sochi/signature';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { isAppError } from '../../app-error.ts';
import { aCentreOfficer } from '../../test/a-centre-officer.ts';
import { aCertifiedCompany } from '../../test/a-certified-company.ts';
import { openTerms } from '../../test/a-delegation.ts';
import { aRequest } from '../../test/a-request.ts';
import { createTestPortal, type TestPortal } from '../../test/portal.ts';
import { revoke } from './commands/change-state.ts';
import { issueFromRequest } from './commands/issue-from-request.ts';
import { renew } from './commands/renew.ts';
import { renewServiceCertificate } from './commands/renew-service-certificate.ts';
import { readCertificateDetail, readCertificates } from './read-certificates.ts';
import type { Basis } from './record-certificate.ts';

let portal: TestPortal;
let basis: () => Basis;
beforeAll(async () => {
  portal = await createTestPortal();
  ({ basis } = await aCentreOfficer(portal.ctx));
});
afterAll(() => portal.close());

const refusal = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'not refused',
    (error: unknown) => {
      if (error instanceof ApiError || isAppError(error)) return error.code;
      throw error;
    },
  );

const auditedRevocations = async (id: string): Promise<number> => {
  const { rows } = await portal.query<{ n: number }>(
    `select count(*)::int as n from audit_event where act = 'certificate.revoked' and subject_id = $1`,
    [id],
  );
  return rows[0]?.n ?? 0;
};

const expectCompromised = async (id: string) => {
  const { state, stateReason, acts } = await readCertificateDetail(portal.ctx, id);
  expect({ state, stateReason }).toEqual({ state: 'revoked', stateReason: 'keyCompromise' });
  expect(acts.at(-1)).toMatchObject({ act: 'revoke', reason: 'keyCompromise' });
  expect(await auditedRevocations(id)).toBe(1);
};

it('takes along the successor with the same key, its credential, sessions and delegations', async () => {
  const { head, login, pinOf } = await aCertifiedCompany(portal, basis());
  const successor = await renew(portal.ctx, basis(), { id: head, key: 'same' });
  const call = portal.anonymous();
  await login('head', pinOf('head'), call);
  const { current } = await call(endpoints.grantDelegation, {
    body: { terms: openTerms(portal.clock.now()), pin: pinOf('head') },
    idempotencyKey: randomUUID(),
  });
  await revoke(portal.ctx, basis(), { id: head, reason: 'keyCompromise' });
  for (const id of [head, successor]) await expectCompromised(id);
  expect(await refusal(call(endpoints.getSession, {}))).toBe('session.expired');
  expect(await refusal(login('head'))).toBe('login.refused');
  const { rows } = await portal.query('select ended_why from delegation where id = $1', [current?.id]);
  expect(rows).toEqual([{ ended_why: 'certificate_revoked' }]);
});

it('takes along every signature on the token that holds the key', async () => {
  const { inn } = await aCertifiedCompany(portal, basis());
  const key = await generateP256KeyPair();
  const issue = async () =>
    issueFromRequest(portal.ctx, basis(), {
      holder: { kind: 'officer', inn, role: 'head' },
      request: await aRequest(key),
    });
  const ids = [await issue(), await issue()];
  await revoke(portal.ctx, basis(), { id: ids[0] ?? '', reason: 'keyCompromise' });
  for (const id of ids) await expectCompromised(id);
  const { rows } = await portal.query(
    'select distinct c.state from credential c join issued_certificate i on i.credential_id = c.id where i.id = any($1)',
    [ids],
  );
  expect(rows).toEqual([{ state: 'revoked' }]);
});

it('lets a successor with a key of its own go on', async () => {
  const { head, login } = await aCertifiedCompany(portal, basis());
  const successor = await renew(portal.ctx, basis(), { id: head, key: { pin: '246802' } });
  await revoke(portal.ctx, basis(), { id: head, reason: 'keyCompromise' });
  expect((await readCertificateDetail(portal.ctx, successor)).state).toBe('active');
  expect((await login('head', '246802')).officer.role).toBe('head');
});

it('certifies a compromised key for nobody who asks at the same moment', async () => {
  const { inn } = await aCertifiedCompany(portal, basis());
  const key = await generateP256KeyPair();
  const issue = async () =>
    issueFromRequest(portal.ctx, basis(), {
      holder: { kind: 'officer', inn, role: 'head' },
      request: await aRequest(key),
    });
  const first = await issue();
  const [, ...later] = await Promise.all([
    revoke(portal.ctx, basis(), { id: first, reason: 'keyCompromise' }),
    ...[1, 2, 3].map(() => issue().catch(() => undefined)),
  ]);
  for (const id of [first, ...later]) if (id !== undefined) await expectCompromised(id);
});

it('is revoked after it was replaced, when it is a service’s', async () => {
  const { certificates } = await readCertificates(portal.ctx, { profile: 'timestamp' });
  const id = certificates[0]?.id ?? '';
  const revokeIt = () => revoke(portal.ctx, basis(), { id, reason: 'keyCompromise' });
  expect(await refusal(revokeIt())).toBe('certificate.in_use');
  expect(await renewServiceCertificate(portal.ctx, 'timestamp', basis())).toBe(true);
  await revokeIt();
  await expectCompromised(id);
});
