import { readCertificate, readCrl } from '@sochi/signature';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KeystoreUnavailable } from '../../keys/keystore.ts';
import { getServiceKey } from '../../keys/service-keys.ts';
import { createLog } from '../../log.ts';
import { aCentreOfficer } from '../../test/a-centre-officer.ts';
import { aRequest } from '../../test/a-request.ts';
import { createTestPortal, type TestPortal } from '../../test/portal.ts';
import { revoke, suspend } from './commands/change-state.ts';
import { issueFromRequest } from './commands/issue-from-request.ts';
import { publishRevocationLists } from './publish-revocation-lists.ts';
import { readCertificateDetail, readCertificates } from './read-certificates.ts';
import type { Basis } from './record-certificate.ts';
import { tendOnce } from './tend-certification.ts';

let portal: TestPortal;
let basis: () => Basis;
beforeAll(async () => {
  portal = await createTestPortal();
  ({ basis } = await aCentreOfficer(portal.ctx));
});
afterAll(() => portal.close());

const lists = async (authority: 'root' | 'issuing') => {
  const { rows } = await portal.query<{ number: string; der: Buffer }>(
    'select number, der from revocation_list where authority = $1 order by number',
    [authority],
  );
  return rows.map(({ number, der }) => ({ number: Number(number), crl: readCrl(der) }));
};

const aCertificate = async (): Promise<string> =>
  issueFromRequest(portal.ctx, basis(), {
    holder: { kind: 'agency', name: 'Соцфонд', organization: 'Социальный фонд' },
    request: await aRequest(),
  });

const isListed = async (id: string): Promise<boolean> => {
  const { serial } = await readCertificateDetail(portal.ctx, id);
  const last = (await lists('issuing')).at(-1);
  return last?.crl.find(serial) !== undefined;
};

/** A keystore that does not answer. */
const away = (): TestPortal['ctx'] => ({
  ...portal.ctx,
  log: createLog({ service: 'test', level: 'silent' }),
  keystore: {
    ...portal.ctx.keystore,
    authorize: () => Promise.reject(new KeystoreUnavailable('the HSM does not answer')),
  },
});

describe('revocation lists', () => {
  it('are there from the beginning, of both authorities', async () => {
    for (const authority of ['root', 'issuing'] as const) {
      const [first] = await lists(authority);
      expect(first).toMatchObject({ number: 1, crl: { number: 1n, size: 0 } });
    }
  });

  it('come anew when something changed, else when they are old', async () => {
    expect(await publishRevocationLists(portal.ctx)).toEqual([]);
    const id = await aCertificate();
    await suspend(portal.ctx, basis(), id);
    expect(await isListed(id)).toBe(true);
    expect(await publishRevocationLists(portal.ctx)).toEqual([]);
    const before = portal.clock.now();
    portal.clock.advance({ hours: 6 });
    expect(await publishRevocationLists(portal.ctx)).toEqual(['issuing']);
    portal.clock.advance({ hours: 7 * 24 });
    expect(await publishRevocationLists(portal.ctx)).toEqual(['root', 'issuing']);
    portal.clock.set(before);
  });

  it('have numbers without gaps when many publish at once, each knowing no less than the one before', async () => {
    const ids = await Promise.all([aCertificate(), aCertificate(), aCertificate(), aCertificate()]);
    await Promise.all([
      ...ids.map((id) => revoke(portal.ctx, basis(), { id, reason: 'superseded' })),
      ...[1, 2, 3, 4].map(() => publishRevocationLists(portal.ctx, { always: true })),
    ]);
    const all = await lists('issuing');
    expect(all.map(({ number }) => number)).toEqual(all.map((_, index) => index + 1));
    expect(all.map(({ crl }) => Number(crl.number))).toEqual(all.map(({ number }) => number));
    const sizes = all.map(({ crl }) => crl.size);
    expect(sizes).toEqual(sizes.toSorted((a, b) => a - b));
    for (const id of ids) expect(await isListed(id)).toBe(true);
  });

  it('are published by the worker when the keystore was away at the moment of a revocation', async () => {
    const id = await aCertificate();
    await revoke(away(), basis(), { id, reason: 'keyCompromise' });
    expect((await readCertificateDetail(portal.ctx, id)).state).toBe('revoked');
    expect(await isListed(id)).toBe(false);
    await tendOnce(portal.ctx);
    expect(await isListed(id)).toBe(true);
  });

  it('never look older than the one before, though the clock was set back', async () => {
    const before = portal.clock.now();
    portal.clock.advance({ hours: -5 });
    await publishRevocationLists(portal.ctx, { always: true });
    portal.clock.set(before);
    const [previous, last] = (await lists('issuing')).slice(-2);
    expect(Temporal.Instant.compare(last?.crl.thisUpdate ?? before, previous?.crl.thisUpdate ?? before)).toBe(
      0,
    );
    expect(last?.number).toBe((previous?.number ?? 0) + 1);
  });

  it('forget a certificate a week after its end', async () => {
    const id = await aCertificate();
    await revoke(portal.ctx, basis(), { id, reason: 'unspecified' });
    const end = Temporal.Instant.from((await readCertificateDetail(portal.ctx, id)).validTo);
    const before = portal.clock.now();
    portal.clock.set(end.add({ hours: 24 }));
    await publishRevocationLists(portal.ctx);
    expect(await isListed(id)).toBe(true);
    portal.clock.set(end.add({ hours: 24 * 8 }));
    await publishRevocationLists(portal.ctx);
    expect(await isListed(id)).toBe(false);
    portal.clock.set(before);
  });

  it('cannot be changed or taken back', async () => {
    await expect(portal.query('delete from revocation_list', [])).rejects.toThrow('append-only');
    await expect(portal.query('update certification_act set reason = null', [])).rejects.toThrow(
      'append-only',
    );
    await expect(portal.query('delete from issued_certificate', [])).rejects.toThrow('kept for ever');
    await expect(portal.query('update issued_certificate set serial = serial || $1', ['0'])).rejects.toThrow(
      'rewritten',
    );
  });
});

describe('certificates of services', () => {
  const serialOf = async (name: 'ocsp' | 'operator' | 'timestamp') =>
    (await getServiceKey(portal.ctx.db, name)).certificate;

  it('are renewed before they end, with a new key; what signs takes the new ones up', async () => {
    const before = portal.clock.now();
    const [ocsp, operator] = [await serialOf('ocsp'), await serialOf('operator')];
    portal.clock.set(ocsp.notAfter.subtract({ hours: 24 * 9 }));
    await Promise.all([tendOnce(portal.ctx), tendOnce(portal.ctx)]);
    const renewed = await serialOf('ocsp');
    expect(renewed.serial).not.toBe(ocsp.serial);
    expect(renewed.publicKey.equals(ocsp.publicKey)).toBe(false);
    expect((await serialOf('operator')).serial).toBe(operator.serial);
    const { certificates } = await readCertificates(portal.ctx, { profile: 'ocsp' });
    expect(certificates.map(({ state }) => state)).toEqual(['active', 'active']);

    portal.clock.set(operator.notAfter.subtract({ hours: 24 * 29 }));
    await tendOnce(portal.ctx);
    await portal.ctx.operator.sign(Buffer.from('anything'));
    expect(portal.ctx.operator.certificate.serial).toBe((await serialOf('operator')).serial);
    expect(portal.ctx.operator.certificate.serial).not.toBe(operator.serial);
    portal.clock.set(before);
  });

  it('last as they should: root 20 years, issuing and timestamps 10, within one another', async () => {
    const years = async (name: 'root' | 'issuing' | 'timestamp') => {
      const { certificate } = await getServiceKey(portal.ctx.db, name);
      const { notBefore, notAfter } = readCertificate(certificate.der);
      return notBefore
        .toZonedDateTimeISO('Asia/Bishkek')
        .until(notAfter.toZonedDateTimeISO('Asia/Bishkek'), { largestUnit: 'years' }).years;
    };
    expect(await years('root')).toBe(20);
    expect(await years('issuing')).toBe(10);
    expect(await years('timestamp')).toBeGreaterThanOrEqual(9);
    const [issuing, timestamp] = await Promise.all(
      (['issuing', 'timestamp'] as const).map((name) => getServiceKey(portal.ctx.db, name)),
    );
    expect(
      Temporal.Instant.compare(
        timestamp?.certificate.notAfter ?? portal.clock.now(),
        issuing?.certificate.notAfter ?? portal.clock.now(),
      ),
    ).toBeLessThanOrEqual(0);
  });
});
