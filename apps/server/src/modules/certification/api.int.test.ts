import { ApiError, createClient, endpoints, type Client } from '@sochi/contract';
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { aCentreOfficer, DOCUMENTS } from '../../test/a-centre-officer.ts';
import { createTestPortal, injectFetch, type TestPortal } from '../../test/portal.ts';
import { removeOfficer } from './commands/manage-officers.ts';

const INN = '01503201810015';

let portal: TestPortal;
let call: Client;
let folder: string;
const as = (token: string): Client =>
  createClient({ fetch: injectFetch(portal.app), language: () => 'ru', token: () => token });

beforeAll(async () => {
  portal = await createTestPortal();
  call = as((await aCentreOfficer(portal.ctx)).token);
  folder = mkdtempSync(join(tmpdir(), 'sochi-requests-'));
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await portal.close();
});
afterEach(() => portal.query('delete from login_attempt', []));

const refusal = async (promise: Promise<unknown>): Promise<ApiError> => {
  const error = await promise.then(
    () => new Error('not refused'),
    (reason: unknown) => reason,
  );
  if (error instanceof ApiError) return error;
  throw error;
};

/** Not blocking: a server that hangs for seconds while a key is made would call itself overloaded. */
const openssl = (...args: readonly string[]) => promisify(execFile)('openssl', args);

/** A request made the way a token's software would, by openssl. */
const request = async (key: readonly string[], ...more: readonly string[]): Promise<string> => {
  const [keyFile, requestFile] = [join(folder, `${randomUUID()}.key`), join(folder, `${randomUUID()}.csr`)];
  await openssl('genpkey', ...key, '-out', keyFile);
  await openssl('req', '-new', '-key', keyFile, '-subj', '/CN=Anybody', '-out', requestFile, ...more);
  return readFileSync(requestFile, 'utf8');
};
const ec = (curve: string) => ['-algorithm', 'EC', '-pkeyopt', `ec_paramgen_curve:${curve}`];
const rsa = (bits: number, exponent = 65_537) => [
  '-algorithm',
  'RSA',
  '-pkeyopt',
  `rsa_keygen_bits:${bits}`,
  '-pkeyopt',
  `rsa_keygen_pubexp:${exponent}`,
];

const issue = (requestText: string, idempotencyKey = randomUUID()) =>
  call(endpoints.issueCertificate, {
    body: {
      holder: { kind: 'officer', inn: INN, role: 'accountant' },
      request: requestText,
      documents: DOCUMENTS,
    },
    idempotencyKey,
  });

describe('an officer of the certification centre', () => {
  it.each([
    ['P-256', ec('P-256')],
    ['P-384', ec('P-384')],
    ['RSA 2048', rsa(2048)],
    ['RSA 4096', rsa(4096)],
  ])('issues to a token with a key of %s, made by openssl', async (_, key) => {
    const issued = await issue(await request(key));
    expect(issued).toMatchObject({
      profile: 'accountant',
      state: 'active',
      subject: { commonName: 'Осмонова Айгүл Сатыбалдыевна', companyInn: INN },
      acts: [{ act: 'issue', documents: DOCUMENTS }],
    });
    writeFileSync(join(folder, 'own.pem'), issued.pem);
    await openssl('x509', '-in', join(folder, 'own.pem'), '-noout');
  });

  it.each([
    ['certification_request.malformed', () => Promise.resolve('nonsense')],
    ['certification_request.malformed', async () => (await request(ec('P-256'))).slice(0, 200)],
    ['certification_request.proof_wrong', async () => damaged(await request(ec('P-256')))],
    ['certification_request.key_weak', () => request(rsa(1024))],
    ['certification_request.key_weak', () => request(rsa(2048, 3))],
    ['certification_request.key_unsupported', () => request(ec('secp256k1'))],
    ['certification_request.key_unsupported', () => request(['-algorithm', 'ED25519'])],
    ['certification_request.proof_unsupported', () => request(rsa(2048), '-sha1')],
  ])('is refused with %s (%#)', async (code, make) => {
    const error = await refusal(issue(await make()));
    expect(error.problem).toMatchObject({ code, status: 422 });
    expect(error.problem?.title.length).toBeGreaterThan(5);
  });

  it('suspends, resumes, renews and revokes, each once, and reads every act back', async () => {
    const { id, pem } = await issue(await request(ec('P-256')));
    expect(pem.match(/BEGIN/g)).toHaveLength(2);
    const act = { params: { id }, body: { documents: DOCUMENTS } };
    const key = randomUUID();
    for (let time = 0; time < 2; time += 1)
      expect(await call(endpoints.suspendCertificate, { ...act, idempotencyKey: key })).toMatchObject({
        state: 'suspended',
        stateReason: 'certificateHold',
      });
    await call(endpoints.resumeCertificate, { ...act, idempotencyKey: randomUUID() });
    const successor = await call(endpoints.renewCertificate, { ...act, idempotencyKey: randomUUID() });
    expect(successor).toMatchObject({ replaces: id, acts: [{ act: 'renew' }] });
    await call(endpoints.revokeCertificate, {
      params: { id: successor.id },
      body: { reason: 'affiliationChanged', documents: DOCUMENTS },
      idempotencyKey: randomUUID(),
    });
    const { acts, state } = await call(endpoints.getCertificate, { params: { id } });
    expect(state).toBe('revoked');
    expect(acts.map((one) => one.act)).toEqual(['issue', 'suspend', 'resume', 'revoke']);
    const { certificates } = await call(endpoints.listCertificates, {
      query: { inn: INN, state: 'revoked' },
    });
    expect(certificates.map((one) => one.id)).toContain(id);
  });

  it('must name documents, a known reason, and a certificate that is there', async () => {
    const { id } = await issue(await request(ec('P-256')));
    const revoke = (params: { id: string }, body: object) =>
      call(endpoints.revokeCertificate, {
        params,
        // What a careless program would send.
        body: body as { reason: 'unspecified'; documents: [] },
        idempotencyKey: randomUUID(),
      });
    const codes = [
      await refusal(revoke({ id }, { reason: 'unspecified', documents: [] })),
      await refusal(revoke({ id }, { reason: 'boredom', documents: DOCUMENTS })),
      await refusal(
        revoke(
          { id },
          { reason: 'unspecified', documents: [{ kind: 'rumour', number: '1', date: '2026-01-01' }] },
        ),
      ),
      await refusal(revoke({ id: randomUUID() }, { reason: 'unspecified', documents: DOCUMENTS })),
    ].map(({ code }) => code);
    expect(codes).toEqual([
      'certificate.documents_required',
      'request.invalid',
      'request.invalid',
      'certificate.not_found',
    ]);
  });
});

const damaged = (pem: string): string => {
  const der = Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64');
  der[der.length - 1] = (der.at(-1) ?? 0) ^ 1;
  return der.toString('base64');
};

describe('access', () => {
  const list = (client: Client) => client(endpoints.listCertificates, { query: {} });

  it('ends with the officer, and is nobody else’s', async () => {
    const { token, basis } = await aCentreOfficer(portal.ctx);
    expect((await list(as(token))).certificates.length).toBeGreaterThan(0);
    expect((await refusal(list(as(token.toLowerCase())))).code).toBe('certification.token_refused');
    await removeOfficer(portal.ctx, basis().officer?.fullName ?? '');
    expect((await refusal(list(as(token)))).code).toBe('certification.token_refused');
    expect((await refusal(list(await portal.login('head')))).code).toBe('certification.token_required');
  });

  it('is slowed down for an address that guesses, and each guess is in the audit trail', async () => {
    const refused = async () =>
      Number(
        (
          await portal.query<{ n: string }>(
            `select count(*) as n from audit_event where act = 'login.refused' and data like '%certification%'`,
            [],
          )
        ).rows[0]?.n,
      );
    const before = await refused();
    const codes: string[] = [];
    for (let guess = 0; guess < 22; guess += 1) codes.push((await refusal(list(as('B'.repeat(43))))).code);
    expect(codes.slice(0, 20)).toEqual(Array(20).fill('certification.token_refused'));
    expect(codes.slice(20)).toEqual(['request.rate_limited', 'request.rate_limited']);
    expect((await refused()) - before).toBe(20);
  });

  it('stays open to an officer at an address that others guess from', async () => {
    for (let guess = 0; guess < 21; guess += 1) await refusal(list(as('C'.repeat(43))));
    expect((await refusal(list(as('C'.repeat(43))))).code).toBe('request.rate_limited');
    const { token } = await aCentreOfficer(portal.ctx);
    expect((await list(as(token))).certificates.length).toBeGreaterThan(0);
  });

  it('leaves no token in the database', async () => {
    const { token } = await aCentreOfficer(portal.ctx);
    const { rows } = await portal.query<{ row: string }>(
      'select certification_officer::text as row from certification_officer',
      [],
    );
    const hex = Buffer.from(token, 'base64url').toString('hex');
    expect(rows.some(({ row }) => row.includes(token) || row.includes(hex))).toBe(false);
  });
});
