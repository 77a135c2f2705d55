import { endpoints } from '@sochi/contract';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { verifyTrail, type TrailProblem } from '#modules/audit/index.ts';
import { verifyBundle } from '#modules/evidence/index.ts';
import { makeCheckpoint } from '../modules/audit/commands/make-checkpoint.ts';
import { delegate, openTerms } from './a-delegation.ts';
import { aSentFiling, createTestPortal, type TestPortal } from './portal.ts';

/** Time comes from an authority on another machine, certified under our root: here another portal's own, asked over HTTP. */
let portal: TestPortal;
let beside: Awaited<ReturnType<TestPortal['openBeside']>>;
let asked = 0;

beforeAll(async () => {
  portal = await createTestPortal();
  portal.app.addHook('onResponse', (request, _, done) => {
    if (request.url === '/pki/tsa') asked += 1;
    done();
  });
  await portal.app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = portal.app.server.address() as AddressInfo;
  beside = await portal.openBeside({ TIMESTAMP_AUTHORITIES: `http://127.0.0.1:${port}/pki/tsa` });
});
afterAll(() => portal.close());

it('is believed by delegations, by bundles and by the audit trail', async () => {
  const [head, accountant] = [await beside.login('head'), await beside.login('accountant')];
  await delegate(head, openTerms(portal.clock.now()));
  const filing = await aSentFiling(accountant);
  expect(filing).toMatchObject({ delivery: 'queued', notOnBehalf: null });
  const bundle = await accountant(endpoints.getEvidence, { params: { id: filing.id } });
  expect((await verifyBundle(bundle)).checks.filter(({ status }) => status === 'failed')).toEqual([]);
  expect(await makeCheckpoint(beside.ctx)).toBeGreaterThan(0);
  const problems: TrailProblem[] = [];
  expect(await verifyTrail(beside.ctx.db, { report: (problem) => problems.push(problem) })).toMatchObject({
    checkpoints: 1,
  });
  expect(problems).toEqual([]);
  // The delegation, both signatures of the report, the postmark, the manifest and the checkpoint.
  expect(asked).toBe(6);
});
