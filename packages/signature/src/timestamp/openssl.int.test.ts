import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signBytes } from '../algorithms/sign-bytes.ts';
import { newSerialNumber } from '../ca/serial-number.ts';
import { certificateToPem } from '../certificate/pem.ts';
import { createTestIssuer, makeCrl, type Held, type TestIssuer } from '../revocation/testing/issuer.ts';
import { SIGNED_AT } from '../testing/demo-authority.ts';
import { assembleTimestamp, prepareTimestamp } from './prepare-timestamp.ts';
import { readTimestampRequest, timestampRefusal, type TimestampRequest } from './timestamp-request.ts';
import {
  readTimestampResponse,
  writeTimestampRefusal,
  writeTimestampResponse,
} from './timestamp-response.ts';
import { verifyTimestampToken } from './verify-timestamp-token.ts';

const DATA = Buffer.from('value of a signature');
const POLICY = '1.3.6.1.4.1.99999.1';
const GEN_TIME = SIGNED_AT.add({ milliseconds: 120 });

let folder: string;
let issuer: TestIssuer;
let authority: Held;

const file = (name: string) => join(folder, name);

const openssl = (...args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync('openssl', args, { encoding: 'utf8' });
  return { status, text: stdout + stderr };
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sochi-ts-'));
  issuer = await createTestIssuer();
  authority = await issuer.issue('timestamp');
  writeFileSync(file('root.pem'), certificateToPem(issuer.root.certificate.der));
  writeFileSync(file('issuing.pem'), certificateToPem(issuer.certificate.der));
  writeFileSync(file('tsa.pem'), certificateToPem(authority.certificate.der));
  writeFileSync(file('tsa.key'), authority.privateKey.export({ type: 'pkcs8', format: 'pem' }));
  writeFileSync(file('data'), DATA);
});

afterAll(() => rmSync(folder, { recursive: true }));

const query = (...args: readonly string[]): TimestampRequest => {
  expect(openssl('ts', '-query', '-data', file('data'), '-out', file('query.tsq'), ...args).status).toBe(0);
  return readTimestampRequest(readFileSync(file('query.tsq')));
};

const stamp = async (request: TimestampRequest): Promise<Uint8Array> => {
  const prepared = prepareTimestamp({
    request,
    genTime: GEN_TIME,
    serial: newSerialNumber(),
    policy: request.policy ?? POLICY,
    accuracyMs: 1500,
    certificate: authority.certificate,
    chain: [issuer.certificate],
  });
  return assembleTimestamp(prepared, await signBytes(authority.privateKey, prepared.toBeSigned));
};

const verifyByOpenssl = (...args: readonly string[]) =>
  openssl(
    'ts',
    '-verify',
    '-CAfile',
    file('root.pem'),
    '-untrusted',
    file('chain.pem'),
    '-attime',
    String(SIGNED_AT.epochMilliseconds / 1000),
    ...args,
  );

const verifyOurs = (token: Uint8Array, nonce?: Uint8Array) =>
  verifyTimestampToken({
    token,
    digestOf: DATA,
    nonce,
    trustAnchors: [issuer.root.certificate],
    intermediates: [issuer.certificate, authority.certificate],
  });

describe('our tokens', () => {
  beforeAll(() => {
    writeFileSync(
      file('chain.pem'),
      [issuer.certificate, authority.certificate].map(({ der }) => certificateToPem(der)).join(''),
    );
  });

  it.each([
    ['-sha256', '-cert'],
    ['-sha384', '-cert'],
    ['-sha512', '-cert', '-no_nonce'],
    ['-sha256', '-tspolicy', '1.2.3.4.5'],
  ])('for the query %s %s %s are verified by openssl by query and by data', async (...args) => {
    const request = query(...args.filter((arg) => arg !== undefined));
    expect(timestampRefusal(request, ['1.2.3.4.5'])).toBeNull();
    const token = await stamp(request);
    writeFileSync(file('reply.tsr'), writeTimestampResponse(token));
    writeFileSync(file('token.der'), token);
    for (const how of [
      ['-queryfile', file('query.tsq'), '-in', file('reply.tsr')],
      ['-data', file('data'), '-in', file('reply.tsr')],
      ['-data', file('data'), '-token_in', '-in', file('token.der')],
    ]) {
      expect(verifyByOpenssl(...how)).toMatchObject({ status: 0, text: expect.stringContaining('OK') });
    }
    writeFileSync(file('other'), 'another value');
    expect(verifyByOpenssl('-data', file('other'), '-in', file('reply.tsr')).text).toContain(
      'message imprint mismatch',
    );
    const text = openssl('ts', '-reply', '-in', file('reply.tsr'), '-text').text;
    expect(text).toContain('Time stamp: Nov 23 09:30:00.12 2026 GMT');
    expect(text).toContain('Accuracy: 0x01 seconds, 0x01F4 millis, unspecified micros');
    expect(await verifyOurs(token, request.nonce)).toMatchObject({ ok: true, genTime: GEN_TIME });
  });

  it('carry certificates only when they are asked for', async () => {
    const [withThem, without] = await Promise.all([stamp(query('-cert')), stamp(query())]);
    const certificates = (token: Uint8Array) => {
      const response = readTimestampResponse(writeTimestampResponse(token));
      return response.granted ? response.token.certificates.length : -1;
    };
    expect([certificates(withThem), certificates(without)]).toEqual([2, 0]);
  });

  it('are refused in words that openssl reads', () => {
    expect(timestampRefusal(query('-sha1'), [])).toBe('badAlg');
    expect(timestampRefusal(query('-tspolicy', '1.2.3'), [POLICY])).toBe('unacceptedPolicy');
    const refusals = [
      ['badAlg', 'unrecognized or unsupported algorithm identifier'],
      ['unacceptedPolicy', 'the requested TSA policy is not supported'],
      ['systemFailure', 'the request cannot be handled due to system failure'],
    ] as const;
    for (const [failure, words] of refusals) {
      const refusal = writeTimestampRefusal(failure, 'Отказ');
      writeFileSync(file('refusal.tsr'), refusal);
      const { text } = openssl('ts', '-reply', '-in', file('refusal.tsr'), '-text');
      expect(text).toContain('Status: Rejected.');
      expect(text).toContain(words);
      expect(readTimestampResponse(refusal)).toEqual({ granted: false, failure, text: 'Отказ' });
    }
  });
});

describe('other keys', () => {
  it.each(['ecdsa-p384', 'rsa-2048'] as const)('sign tokens and lists with %s', async (kind) => {
    const strong = await createTestIssuer('Strong', undefined, kind);
    const tsa = await strong.issue('timestamp');
    const request = query('-cert');
    const prepared = prepareTimestamp({
      request,
      genTime: GEN_TIME,
      serial: newSerialNumber(),
      policy: POLICY,
      certificate: tsa.certificate,
      chain: [strong.certificate],
    });
    const token = assembleTimestamp(prepared, await signBytes(tsa.privateKey, prepared.toBeSigned));
    writeFileSync(file('strong.der'), token);
    writeFileSync(file('strong.pem'), certificateToPem(strong.root.certificate.der));
    const trust = ['-CAfile', file('strong.pem'), '-attime', String(SIGNED_AT.epochMilliseconds / 1000)];
    const how = ['-data', file('data'), '-token_in', '-in', file('strong.der')];
    expect(openssl('ts', '-verify', ...how, ...trust)).toMatchObject({ status: 0 });
    const crl = await makeCrl(strong.root.privateKey, {
      issuer: strong.root.certificate,
      number: 1,
      thisUpdate: SIGNED_AT,
      nextUpdate: SIGNED_AT.add({ hours: 1 }),
      entries: [],
    });
    writeFileSync(file('strong.crl'), crl.der);
    const check = ['-CAfile', file('strong.pem'), '-noout'];
    expect(openssl('crl', '-inform', 'DER', '-in', file('strong.crl'), ...check).text).toContain('verify OK');
    const verdict = await verifyTimestampToken({
      token,
      digestOf: DATA,
      nonce: request.nonce,
      trustAnchors: [strong.root.certificate],
      intermediates: [],
      revocation: { crls: [crl], ocspResponses: [] },
    });
    expect(verdict).toMatchObject({ ok: true });
  });
});

describe("openssl's own authority", () => {
  const reply = (digests = 'sha256, sha384, sha512', ess = 'sha256'): Uint8Array => {
    writeFileSync(file('serial'), '0A\n');
    writeFileSync(
      file('ts.conf'),
      `[tsa]\ndefault_tsa=own\n[own]\nserial=${file('serial')}\ncrypto_device=builtin\nsigner_cert=${file('tsa.pem')}
certs=${file('issuing.pem')}\nsigner_key=${file('tsa.key')}\nsigner_digest=sha256\ndefault_policy=${POLICY}
other_policies=1.2.3.4.5\ndigests=${digests}\naccuracy=secs:1,millisecs:500,microsecs:100\nclock_precision_digits=3
ordering=yes\ntsa_name=yes\ness_cert_id_chain=yes\ness_cert_id_alg=${ess}\n`,
    );
    const args = ['-config', file('ts.conf'), '-queryfile', file('query.tsq'), '-out', file('theirs.tsr')];
    expect(openssl('ts', '-reply', ...args)).toMatchObject({ status: 0 });
    return readFileSync(file('theirs.tsr'));
  };

  it.each([['-sha256'], ['-sha512']])('stamps %s so that we believe it', async (digest) => {
    const { nonce } = query(digest, '-cert');
    const response = readTimestampResponse(reply());
    if (!response.granted) throw new Error('openssl refused');
    const { token } = response;
    expect(token).toMatchObject({ policy: POLICY, accuracyMs: 1500.1, certificates: { length: 2 } });
    expect(await verifyOurs(token.der, nonce)).toMatchObject({ ok: true });
    expect(await verifyOurs(token.der, Uint8Array.of(1))).toMatchObject({ reason: 'nonce_differs' });
  });

  it('stamps nothing that rests on SHA-1', async () => {
    query('-sha1', '-cert');
    const weak = readTimestampResponse(reply('sha1'));
    if (!weak.granted) throw new Error('openssl refused');
    expect(await verifyOurs(weak.token.der)).toMatchObject({ ok: false, reason: 'digest_weak' });
    query('-cert');
    const named = readTimestampResponse(reply('sha256', 'sha1'));
    if (!named.granted) throw new Error('openssl refused');
    expect(await verifyOurs(named.token.der)).toMatchObject({ ok: false, reason: 'digest_weak' });
  });

  it('refuses, and we read why', () => {
    query('-sha512');
    expect(readTimestampResponse(reply('sha256'))).toMatchObject({ granted: false, failure: 'badAlg' });
  });
});
