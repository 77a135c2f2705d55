import { certificateToPem, readCrl, readOcspResponse, writeOcspRequest } from '@sochi/signature';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Certificate } from '@sochi/signature';
import { KeystoreUnavailable } from '../../keys/keystore.ts';
import { getServiceKey } from '../../keys/service-keys.ts';
import { aCentreOfficer } from '../../test/a-centre-officer.ts';
import { aRequest } from '../../test/a-request.ts';
import { createTestPortal, type TestPortal } from '../../test/portal.ts';
import { freePort } from '../../runtime/ports.ts';
import { resume, revoke, suspend } from './commands/change-state.ts';
import { issueFromRequest } from './commands/issue-from-request.ts';
import { createResponder } from './responder.ts';
import { revocationEvidence } from './revocation-evidence.ts';
import { readCertificateDetail } from './read-certificates.ts';
import type { Basis } from './record-certificate.ts';

let portal: TestPortal;
let basis: () => Basis;
let url: string;
let folder: string;
let root: Certificate;
let issuing: Certificate;

const file = (name: string) => join(folder, name);
/** The server answers from this very process, so it must not be blocked meanwhile. */
const openssl = (command: string): Promise<{ status: number | null; output: string }> =>
  new Promise((resolve) => {
    const child = execFile(
      'openssl',
      command.split(' '),
      { cwd: folder, timeout: 30_000 },
      (_, stdout, stderr) => resolve({ status: child.exitCode, output: stdout + stderr }),
    );
  });

beforeAll(async () => {
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  portal = await createTestPortal({ PORT: String(port) });
  await portal.app.listen({ port, host: '127.0.0.1' });
  ({ basis } = await aCentreOfficer(portal.ctx));
  folder = mkdtempSync(join(tmpdir(), 'sochi-pki-'));
  root = (await getServiceKey(portal.ctx.db, 'root')).certificate;
  issuing = (await getServiceKey(portal.ctx.db, 'issuing')).certificate;
  writeFileSync(file('root.pem'), certificateToPem(root.der));
  writeFileSync(file('issuing.pem'), certificateToPem(issuing.der));
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await portal.close();
});

/** An agency's certificate, and the file it is in. */
const aCertificate = async () => {
  const id = await issueFromRequest(portal.ctx, basis(), {
    holder: { kind: 'agency', name: 'Соцфонд', organization: 'Социальный фонд' },
    request: await aRequest(),
  });
  const { pem, serial } = await readCertificateDetail(portal.ctx, id);
  const path = file(`${serial}.pem`);
  writeFileSync(path, pem.slice(0, pem.indexOf('-----END CERTIFICATE-----') + 26));
  return { id, serial, path };
};

const fetchBytes = async (path: string): Promise<Buffer> =>
  Buffer.from(await (await fetch(url + path)).arrayBuffer());

/** What a stranger does who has the certificate, the root, and the addresses in them. */
const verifyByLists = async (path: string) => {
  for (const name of ['root', 'issuing']) {
    writeFileSync(file(`${name}.crl`), await fetchBytes(`/pki/${name}.crl`));
    await openssl(`crl -inform DER -in ${name}.crl -out ${name}.crl.pem`);
  }
  const lists = '-CRLfile root.crl.pem -CRLfile issuing.crl.pem';
  return openssl(
    `verify -crl_check_all -x509_strict -CAfile root.pem -untrusted issuing.pem ${lists} ${path}`,
  );
};

/** The root is trusted; the issuing authority comes along with the question. */
const TRUST = '-CAfile root.pem -verify_other issuing.pem';

const ask = (path: string, more = '') =>
  openssl(`ocsp -issuer issuing.pem -cert ${path} -url ${url}/pki/ocsp ${TRUST}${more}`);

describe('openssl', () => {
  it('accepts both lists, and believes them when a certificate is suspended, resumed and revoked', async () => {
    const { id, serial, path } = await aCertificate();
    expect(await verifyByLists(path)).toMatchObject({ status: 0 });
    await suspend(portal.ctx, basis(), id);
    expect((await verifyByLists(path)).output).toContain('certificate revoked');
    await resume(portal.ctx, basis(), id);
    expect(await verifyByLists(path)).toMatchObject({ status: 0 });
    await revoke(portal.ctx, basis(), { id, reason: 'cessationOfOperation' });
    expect((await verifyByLists(path)).output).toContain('certificate revoked');
    const listing = await openssl(`crl -noout -text -in issuing.crl.pem`);
    const text = listing.output.toLowerCase();
    expect(text).toContain(serial);
    expect(text).toContain('cessation of operation');
  });

  it('hears by OCSP at once how a certificate stands, with its nonce, by SHA-1 and SHA-256', async () => {
    const { id, path } = await aCertificate();
    for (const hash of ['-sha1', '-sha256']) {
      const { output } = await openssl(
        `ocsp -issuer issuing.pem ${hash} -cert ${path} -url ${url}/pki/ocsp ${TRUST} -nonce`,
      );
      expect(output).toContain('Response verify OK');
      expect(output).toContain(': good');
      expect(output).not.toMatch(/nonce/i);
    }
    await suspend(portal.ctx, basis(), id);
    expect((await ask(path, ' -nonce')).output).toMatch(/: revoked[^]*certificateHold/);
    await resume(portal.ctx, basis(), id);
    expect((await ask(path, ' -no_nonce')).output).toContain(': good');
    await revoke(portal.ctx, basis(), { id, reason: 'keyCompromise' });
    expect((await ask(path)).output).toMatch(/: revoked[^]*keyCompromise[^]*Response verify OK/);
  });

  it('asks about several certificates at once, and about one that was never issued', async () => {
    const [one, two] = [await aCertificate(), await aCertificate()];
    await revoke(portal.ctx, basis(), { id: two.id, reason: 'superseded' });
    const { output } = await ask(one.path, ` -cert ${two.path} -serial 0x4242424242424242`);
    expect(output).toContain('Response verify OK');
    expect(output).toMatch(/: good[^]*: revoked[^]*: unknown/);
  });

  it('is refused for another authority’s certificate', async () => {
    const { output } = await openssl(
      `ocsp -issuer root.pem -cert issuing.pem -url ${url}/pki/ocsp -CAfile root.pem`,
    );
    expect(output).toContain('unauthorized (6)');
  });

  it('finds in a certificate the addresses that answer', async () => {
    const { path } = await aCertificate();
    const { output: text } = await openssl(`x509 -noout -text -in ${path}`);
    for (const place of ['issuing.crl', 'issuing.crt', 'ocsp'])
      expect(text).toContain(`URI:${url}/pki/${place}`);
    expect((await fetchBytes('/pki/issuing.crt')).equals(issuing.der)).toBe(true);
    expect((await fetchBytes('/pki/root.crt')).equals(root.der)).toBe(true);
    const { output: above } = await openssl(`x509 -noout -text -in issuing.pem`);
    for (const place of ['root.crl', 'root.crt']) expect(above).toContain(`URI:${url}/pki/${place}`);
    expect(above).not.toContain('/pki/ocsp');
  });
});

describe('the addresses', () => {
  it.each([
    ['/pki/root.crt', 'application/pkix-cert'],
    ['/pki/issuing.crt', 'application/pkix-cert'],
    ['/pki/root.crl', 'application/pkix-crl'],
    ['/pki/issuing.crl', 'application/pkix-crl'],
  ])('%s can be kept, and is asked for again without being sent again', async (path, type) => {
    const first = await fetch(url + path);
    expect(first.status).toBe(200);
    expect(first.headers.get('content-type')).toBe(type);
    expect(first.headers.get('set-cookie')).toBeNull();
    const age = Number(/public, max-age=(\d+)/.exec(first.headers.get('cache-control') ?? '')?.[1]);
    expect(age).toBeGreaterThan(0);
    const etag = first.headers.get('etag') ?? '';
    const modified = first.headers.get('last-modified') ?? '';
    expect((await fetch(url + path, { headers: { 'if-none-match': etag } })).status).toBe(304);
    expect((await fetch(url + path, { headers: { 'if-modified-since': modified } })).status).toBe(304);
    expect((await fetch(url + path, { headers: { 'if-none-match': '"other"' } })).status).toBe(200);
  });

  it('a list is kept no longer than its next update', async () => {
    const list = readCrl(await fetchBytes('/pki/issuing.crl'));
    const before = portal.clock.now();
    portal.clock.set((list.nextUpdate ?? before).subtract({ seconds: 17 }));
    const { headers } = await portal.app.inject('/pki/issuing.crl');
    portal.clock.set(before);
    expect(headers['cache-control']).toBe('public, max-age=17, must-revalidate');
  });

  it('answers OCSP over GET, escaped or not, for caches to keep a minute', async () => {
    const { path } = await aCertificate();
    await openssl(`ocsp -issuer issuing.pem -cert ${path} -no_nonce -reqout request.der`);
    const request = readFileSync(file('request.der')).toString('base64');
    for (const written of [request, encodeURIComponent(request)]) {
      const response = await fetch(`${url}/pki/ocsp/${written}`);
      expect(response.headers.get('content-type')).toBe('application/ocsp-response');
      expect(response.headers.get('cache-control')).toBe('public, max-age=60, must-revalidate');
      const answer = readOcspResponse(new Uint8Array(await response.arrayBuffer()));
      expect(answer).toMatchObject({ answers: [{ status: 'good' }], nonce: undefined });
    }
  });

  it.each([
    ['nothing', ''],
    ['no request', 'hello'],
    ['half a request', 'half'],
  ])('says of %s that it is malformed', async (_, body) => {
    const { path } = await aCertificate();
    await openssl(`ocsp -issuer issuing.pem -cert ${path} -reqout whole.der`);
    const whole = readFileSync(file('whole.der'));
    const response = await fetch(`${url}/pki/ocsp`, {
      method: 'POST',
      headers: { 'content-type': 'application/ocsp-request' },
      body: body === 'half' ? whole.subarray(0, 40) : body,
    });
    expect(Buffer.from(await response.arrayBuffer()).toString('hex')).toBe('30030a0101');
  });

  it('refuses large requests, other kinds of body, and unknown addresses', async () => {
    const post = (body: string | Uint8Array<ArrayBuffer>, type: string) =>
      fetch(`${url}/pki/ocsp`, { method: 'POST', headers: { 'content-type': type }, body });
    expect((await post(new Uint8Array(20_000), 'application/ocsp-request')).status).toBe(413);
    expect((await post('{}', 'application/json')).status).toBe(415);
    expect((await post('x', 'text/plain')).status).toBe(415);
    expect((await fetch(`${url}/pki/nothing`)).status).toBe(404);
  });

  it('asks to come later while the keystore is away', async () => {
    const away = { ...portal.ctx.keystore, authorize: () => Promise.reject(new KeystoreUnavailable('away')) };
    const responder = createResponder({ ...portal.ctx, keystore: away });
    const certificate = portal.ctx.operator.certificate;
    const reply = await responder.answer(writeOcspRequest({ certificate, issuer: issuing }));
    expect(Buffer.from(reply.der).toString('hex')).toBe('30030a0103');
    expect(reply).toMatchObject({ keepUntil: null, failure: { message: 'away' } });
  });
});

describe('proof for a signing', () => {
  it('holds a fresh answer about each certificate and both lists, for about a millisecond of work', async () => {
    const operator = portal.ctx.operator.certificate;
    const timestamp = (await getServiceKey(portal.ctx.db, 'timestamp')).certificate;
    const certificates = [operator, timestamp, issuing, root];
    const files = await revocationEvidence(portal.ctx, certificates);
    const short = ({ sha256 }: Certificate) => sha256.slice(0, 16);
    expect(files.map(({ file: name }) => name).toSorted()).toEqual(
      [
        `${short(root)}.crl`,
        `${short(issuing)}.crl`,
        `${short(operator)}.ocsp`,
        `${short(timestamp)}.ocsp`,
      ].toSorted(),
    );
    for (const about of [operator, timestamp]) {
      const name = `${short(about)}.ocsp`;
      writeFileSync(file(name), files.find((one) => one.file === name)?.bytes ?? '');
      const { output } = await openssl(
        `ocsp -respin ${name} -issuer issuing.pem -sha256 -serial 0x${about.serial} ${TRUST}`,
      );
      expect(output).toMatch(/: good[^]*Response verify OK/);
    }
    for (let warm = 0; warm < 100; warm += 1) await revocationEvidence(portal.ctx, certificates);
    const rounds = 300;
    const before = process.cpuUsage();
    for (let round = 0; round < rounds; round += 1) await revocationEvidence(portal.ctx, certificates);
    const { user, system } = process.cpuUsage(before);
    const msEach = (user + system) / 1000 / rounds;
    // 0.66 ms when measured alone; the bound leaves room for a machine that does much else.
    expect(msEach).toBeLessThan(3);
  });

  it('sees a new list at once', async () => {
    const numberNow = async () => {
      const files = await revocationEvidence(portal.ctx, []);
      const list = files.find(({ file: name }) => name === `${issuing.sha256.slice(0, 16)}.crl`);
      return readCrl(list?.bytes ?? new Uint8Array()).number ?? 0n;
    };
    const before = await numberNow();
    const { id } = await aCertificate();
    await suspend(portal.ctx, basis(), id);
    expect(await numberNow()).toBe(before + 1n);
  });
});

it('keeps the hash of the certificate’s bytes', async () => {
  const { serial } = await aCertificate();
  const { rows } = await portal.query<{ der: Buffer; sha256: Buffer }>(
    'select der, sha256 from issued_certificate where serial = $1',
    [serial],
  );
  expect(rows[0]?.sha256).toEqual(
    createHash('sha256')
      .update(rows[0]?.der ?? '')
      .digest(),
  );
});
