import { endpoints } from '@sochi/contract';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isAppError } from '../../app-error.ts';
import { aCentreOfficer } from '../../test/a-centre-officer.ts';
import { aCertifiedCompany } from '../../test/a-certified-company.ts';
import { openTerms } from '../../test/a-delegation.ts';
import { aRequest } from '../../test/a-request.ts';
import { aSentFiling, createTestPortal, type TestPortal } from '../../test/portal.ts';
import { waitUntil } from '../../test/wait-until.ts';
import { holdActiveCredential } from '#modules/sessions/index.ts';
import { resume, revoke, suspend } from './commands/change-state.ts';
import { issueFromRequest } from './commands/issue-from-request.ts';
import { renew, type RenewedKey } from './commands/renew.ts';
import { findSuccessor } from './queries.ts';
import { readCertificateDetail } from './read-certificates.ts';
import type { Basis } from './record-certificate.ts';

let portal: TestPortal;
let basis: () => Basis;
beforeAll(async () => {
  portal = await createTestPortal();
  ({ basis } = await aCentreOfficer(portal.ctx));
});
afterAll(() => portal.close());

const aCompany = () => aCertifiedCompany(portal, basis());

const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'not refused',
    (error: unknown) => {
      if (isAppError(error)) return error.code;
      throw error;
    },
  );

/** A portal whose keystore is asked for the first time while somebody else acts. */
const whileKeysAreUsed = (act: () => Promise<unknown>): TestPortal['ctx'] => {
  const { keystore } = portal.ctx;
  let acted: Promise<unknown> | undefined;
  const actOnce = () => (acted ??= act());
  return {
    ...portal.ctx,
    keystore: {
      ...keystore,
      async createKey(...order) {
        await actOnce();
        return keystore.createKey(...order);
      },
      async authorize(...order) {
        await actOnce();
        return keystore.authorize(...order);
      },
    },
  };
};

const credentialOf = async (certificateId: string): Promise<{ id: string; state: string }> => {
  const { rows } = await portal.query<{ id: string; state: string }>(
    'select c.id, c.state from credential c join issued_certificate i on i.credential_id = c.id where i.id = $1',
    [certificateId],
  );
  if (!rows[0]) throw new Error('no credential');
  return rows[0];
};

describe('a renewal during which the certificate changes', () => {
  const revokeIt = (id: string) => revoke(portal.ctx, basis(), { id, reason: 'keyCompromise' });
  const suspendIt = (id: string) => suspend(portal.ctx, basis(), id);

  it.each<[string, (id: string) => Promise<unknown>, RenewedKey, string]>([
    ['revoked, with the same key', revokeIt, 'same', 'revoked'],
    [
      'revoked for another reason',
      (id) => revoke(portal.ctx, basis(), { id, reason: 'affiliationChanged' }),
      'same',
      'revoked',
    ],
    ['revoked, with a new key', revokeIt, { pin: '246802' }, 'revoked'],
    ['suspended, with the same key', suspendIt, 'same', 'suspended'],
    ['suspended, with a new key', suspendIt, { pin: '246802' }, 'suspended'],
  ])('gives nothing: %s', async (_, act, key, state) => {
    const { head } = await aCompany();
    const ctx = whileKeysAreUsed(() => act(head));
    expect(await codeOf(renew(ctx, basis(), { id: head, key }))).toBe('certificate.wrong_state');
    expect(await findSuccessor(portal.ctx.db, head)).toBeUndefined();
    expect((await credentialOf(head)).state).toBe(state);
  });

  it.each([revokeIt, suspendIt])('gives nothing to an agency either (%#)', async (act) => {
    const id = await issueFromRequest(portal.ctx, basis(), {
      holder: { kind: 'agency', name: 'Соцфонд', organization: 'Социальный фонд' },
      request: await aRequest(),
    });
    const request = await aRequest();
    const ctx = whileKeysAreUsed(() => act(id));
    expect(await codeOf(renew(ctx, basis(), { id, key: { request } }))).toBe('certificate.wrong_state');
    expect(await findSuccessor(portal.ctx.db, id)).toBeUndefined();
  });

  it('says of an agency’s, too, that another has renewed it meanwhile', async () => {
    const id = await issueFromRequest(portal.ctx, basis(), {
      holder: { kind: 'agency', name: 'ГНС', organization: 'Налоговая служба' },
      request: await aRequest(),
    });
    const ctx = whileKeysAreUsed(() => renew(portal.ctx, basis(), { id, key: 'same' }));
    expect(await codeOf(renew(ctx, basis(), { id, key: 'same' }))).toBe('certificate.replaced_already');
  });

  it('goes on when it was suspended and resumed', async () => {
    const { head } = await aCompany();
    const ctx = whileKeysAreUsed(async () => {
      await suspendIt(head);
      await resume(portal.ctx, basis(), head);
    });
    const id = await renew(ctx, basis(), { id: head, key: 'same' });
    expect((await readCertificateDetail(portal.ctx, id)).state).toBe('active');
  });
});

const aSecondAfter = (instant: Temporal.Instant): string =>
  instant.round({ smallestUnit: 'second', roundingMode: 'trunc' }).add({ seconds: 1 }).toString();

const isWaiting = () =>
  waitUntil('it waits for a lock', async () => {
    const { rows } = await portal.query(
      `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      [],
    );
    return rows.length > 0;
  });

describe('the moment of a revocation', () => {
  it('is after a signature that it has waited for, and in the next second, as lists name whole ones', async () => {
    const { head } = await aCompany();
    const { id: credentialId } = await credentialOf(head);
    let revoking: Promise<unknown> | undefined;
    await portal.ctx.db.transaction().execute(async (tx) => {
      await holdActiveCredential(tx, credentialId);
      revoking = revoke(portal.ctx, basis(), { id: head, reason: 'affiliationChanged' });
      await isWaiting();
      portal.clock.advance({ seconds: 3 });
    });
    await revoking;
    expect((await readCertificateDetail(portal.ctx, head)).stateSince).toBe(aSecondAfter(portal.clock.now()));
  });

  it('is after the head’s signature by a delegation that it has waited for', async () => {
    const { head, login, pinOf } = await aCompany();
    const call = portal.anonymous();
    await login('head', pinOf('head'), call);
    const { current } = await call(endpoints.grantDelegation, {
      body: { terms: openTerms(portal.clock.now()), pin: pinOf('head') },
      idempotencyKey: randomUUID(),
    });
    let suspending: Promise<unknown> | undefined;
    await portal.ctx.db.transaction().execute(async (tx) => {
      await tx
        .selectFrom('delegation')
        .select('id')
        .where('id', '=', current?.id ?? '')
        .forShare()
        .executeTakeFirstOrThrow();
      suspending = suspend(portal.ctx, basis(), head);
      await isWaiting();
      portal.clock.advance({ seconds: 3 });
    });
    await suspending;
    expect((await readCertificateDetail(portal.ctx, head)).stateSince).toBe(aSecondAfter(portal.clock.now()));
  });

  it('is after a signature recorded by a process whose clock is ahead', async () => {
    const { accountant, login, pinOf } = await aCompany();
    const call = portal.anonymous();
    await login('accountant', pinOf('accountant'), call);
    await aSentFiling(call);
    const signedAt = portal.clock.now();
    portal.clock.advance({ minutes: -1 });
    await revoke(portal.ctx, basis(), { id: accountant, reason: 'affiliationChanged' });
    portal.clock.set(signedAt);
    expect((await readCertificateDetail(portal.ctx, accountant)).stateSince).toBe(aSecondAfter(signedAt));
  });
});
