import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signBytes } from '../algorithms/sign-bytes.ts';
import { certificateToPem } from '../certificate/pem.ts';
import { SIGNED_AT } from '../testing/demo-authority.ts';
import { readOcspRequest, writeOcspRequest } from './ocsp-request.ts';
import {
  assembleOcspResponse,
  prepareOcspResponse,
  writeOcspRefusal,
  type OcspStatus,
} from './prepare-ocsp-response.ts';
import { readCrl } from './read-crl.ts';
import { readOcspResponse, type OcspAnswers } from './read-ocsp-response.ts';
import { revocationAt, type RevocationSources } from './revocation-at.ts';
import { createTestIssuer, makeCrl, type Held, type TestIssuer } from './testing/issuer.ts';

const AT = SIGNED_AT;
const HOUR_BEFORE = AT.subtract({ hours: 1 });
const NEXT_DAY = AT.add({ hours: 24 });
// openssl's own responder and authority work by the machine's clock, wherever it stands.
const TERMS = {
  notBefore: Temporal.Instant.from('2020-01-01T00:00:00Z'),
  notAfter: Temporal.Instant.from('2049-12-31T23:59:59Z'),
};

let folder: string;
let issuer: TestIssuer;
let responder: Held;
let good: Held;
let revoked: Held;

const file = (name: string) => join(folder, name);

const openssl = (...args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync('openssl', args, { encoding: 'utf8' });
  return { status, text: stdout + stderr };
};

const save = (name: string, { certificate, privateKey }: Held): void => {
  writeFileSync(file(`${name}.pem`), certificateToPem(certificate.der));
  writeFileSync(file(`${name}.key`), privateKey.export({ type: 'pkcs8', format: 'pem' }));
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sochi-revocation-'));
  issuer = await createTestIssuer('Issuer', TERMS);
  [responder, good, revoked] = await Promise.all([
    issuer.issue('ocsp'),
    issuer.issue('head'),
    issuer.issue('head'),
  ]);
  for (const [name, held] of Object.entries({ issuer, root: issuer.root, responder, good, revoked }))
    save(name, held);
  const line = (state: string, at: string, { certificate }: Held) =>
    `${state}\t491231235959Z\t${at}\t${certificate.serial.toUpperCase()}\tunknown\t/CN=x\n`;
  const index = line('V', '', good) + line('R', '260101000000Z,keyCompromise', revoked);
  writeFileSync(file('index.txt'), index);
  writeFileSync(file('index.txt.attr'), 'unique_subject = no\n');
});

afterAll(() => rmSync(folder, { recursive: true }));

const verdictOf = ({ certificate }: Held, at: Temporal.Instant, sources: Partial<RevocationSources>) =>
  revocationAt({
    certificate,
    issuer: issuer.certificate,
    at,
    sources: { crls: [], ocspResponses: [], ...sources },
  });

describe('our answers', () => {
  const answer = async (request: Uint8Array, status: OcspStatus, by: Held): Promise<Uint8Array> => {
    const { certIds, nonce } = readOcspRequest(request);
    const times = { thisUpdate: HOUR_BEFORE, nextUpdate: NEXT_DAY };
    const prepared = prepareOcspResponse({
      answers: certIds.map((certId) => ({ certId, status, ...times })),
      producedAt: AT,
      nonce,
      certificate: by.certificate,
      chain: [],
      issuer: issuer.certificate,
    });
    return assembleOcspResponse(prepared, await signBytes(by.privateKey, prepared.toBeSigned));
  };

  const asked = (hash: string, ...more: readonly string[]) =>
    ['ocsp', `-${hash}`, '-issuer', file('issuer.pem'), '-cert', file('good.pem')].concat(more);

  const ask = async (hash: string, status: OcspStatus, by: Held, ...more: readonly string[]) => {
    expect(openssl(...asked(hash, '-reqout', file('request.der'), ...more)).status).toBe(0);
    const request = readFileSync(file('request.der'));
    writeFileSync(file('response.der'), await answer(request, status, by));
    const trust = ['-CAfile', file('root.pem'), '-attime', String(AT.epochMilliseconds / 1000)];
    const lenient = ['-validity_period', '2000000000', '-verify_other', file('issuer.pem')];
    return openssl(
      ...asked(hash, '-reqin', file('request.der'), '-respin', file('response.der'), '-no_nonce'),
      ...lenient,
      ...trust,
    );
  };

  it.each([
    ['sha1', 'good', 'good'],
    ['sha256', 'good', 'good'],
    ['sha1', 'revoked', { revokedAt: HOUR_BEFORE, reason: 'privilegeWithdrawn' }],
    ['sha256', 'revoked', { revokedAt: HOUR_BEFORE, reason: 'unspecified' }],
    ['sha256', 'unknown', 'unknown'],
  ] as const)('to a question by %s are believed to say %s', async (hash, word, status) => {
    for (const by of [responder, issuer]) {
      const { text } = await ask(hash, status, by);
      expect(text).toContain('Response verify OK');
      expect(text).toContain(`good.pem: ${word}`);
      expect(text).not.toContain('WARNING');
    }
  });

  it('repeat the nonce, and are believed only by who may give them', async () => {
    // Without -no_nonce openssl would ask anew and miss its nonce: it does compare.
    expect((await ask('sha1', 'good', responder, '-nonce')).text).toContain('Response verify OK');
    expect((await ask('sha1', 'good', good)).text).toContain('Response Verify Failure');
    const request = readFileSync(file('request.der'));
    expect(readOcspRequest(request).nonce).toHaveLength(16);
  });

  it('give the reason', async () => {
    const { text } = await ask('sha1', { revokedAt: HOUR_BEFORE, reason: 'affiliationChanged' }, responder);
    expect(text).toContain('Reason: affiliationChanged');
    expect(text).toContain('Revocation Time: Nov 23 08:30:00 2026 GMT');
  });

  it.each([
    ['malformedRequest', 'malformedrequest'],
    ['internalError', 'internalerror'],
    ['tryLater', 'trylater'],
    ['sigRequired', 'sigrequired'],
    ['unauthorized', 'unauthorized'],
  ] as const)('refuse with %s', (refusal, word) => {
    writeFileSync(file('refusal.der'), writeOcspRefusal(refusal));
    expect(openssl('ocsp', '-respin', file('refusal.der'), '-noverify').text).toContain(word);
    expect(readOcspResponse(writeOcspRefusal(refusal))).toMatchObject({ refusal });
  });
});

describe("openssl's own responder", () => {
  const answerTo = (request: Uint8Array, ...more: readonly string[]): OcspAnswers => {
    writeFileSync(file('ours.der'), request);
    const files = ['-index', file('index.txt'), '-CA', file('issuer.pem'), '-reqin', file('ours.der')];
    const key = ['-rsigner', file('responder.pem'), '-rkey', file('responder.key')];
    expect(openssl('ocsp', ...files, ...key, '-respout', file('theirs.der'), ...more).status).toBe(0);
    const response = readOcspResponse(readFileSync(file('theirs.der')));
    if (response.refusal !== null) throw new Error('openssl refused');
    return response;
  };

  it.each([
    ['sha1', []],
    ['sha256', []],
    ['sha256', ['-resp_key_id']],
    ['sha256', ['-rmd', 'sha512', '-ndays', '1']],
  ] as const)('is asked by %s %j and believed', async (hash, more) => {
    const nonce = Buffer.from('0123456789abcdef');
    const question = { issuer: issuer.certificate, hash, nonce };
    const [first, second] = [
      answerTo(writeOcspRequest({ ...question, certificate: good.certificate }), ...more),
      answerTo(writeOcspRequest({ ...question, certificate: revoked.certificate }), ...more),
    ];
    expect([first.nonce, second.nonce].map((echo) => Buffer.from(echo ?? []))).toEqual([nonce, nonce]);
    const at = first.producedAt;
    expect(await verdictOf(good, at, { ocspResponses: [first] })).toMatchObject({ status: 'good' });
    expect(await verdictOf(revoked, at, { ocspResponses: [second] })).toMatchObject({
      status: 'revoked',
      reason: 'keyCompromise',
    });
    expect(await verdictOf(revoked, at, { ocspResponses: [first] })).toMatchObject({ why: 'none' });
  });

  it('does not know what is not in its index', async () => {
    const stranger = await issuer.issue('head');
    const { certificate } = stranger;
    const response = answerTo(writeOcspRequest({ certificate, issuer: issuer.certificate }));
    const verdict = await verdictOf(stranger, response.producedAt, { ocspResponses: [response] });
    expect(verdict).toEqual({ status: 'unknown', why: 'responder_does_not_know' });
  });
});

describe('our lists', () => {
  const publish = async (): Promise<void> => {
    const order = { number: 4096, thisUpdate: HOUR_BEFORE, nextUpdate: NEXT_DAY };
    const lists = await Promise.all([
      makeCrl(issuer.root.privateKey, { ...order, issuer: issuer.root.certificate, entries: [] }),
      makeCrl(issuer.privateKey, {
        ...order,
        issuer: issuer.certificate,
        entries: [
          { serial: revoked.certificate.serial, revokedAt: HOUR_BEFORE, reason: 'cessationOfOperation' },
          { serial: Uint8Array.of(0, 200), revokedAt: HOUR_BEFORE, reason: 'unspecified' },
        ],
      }),
    ]);
    const pems = lists.map(({ der }, index) => {
      writeFileSync(file(`${index}.crl`), der);
      return openssl('crl', '-inform', 'DER', '-in', file(`${index}.crl`)).text;
    });
    writeFileSync(file('lists.pem'), pems.join(''));
  };

  it('are what openssl verify looks into', async () => {
    await publish();
    const when = ['-x509_strict', '-attime', String(AT.epochMilliseconds / 1000)];
    const lists = ['-crl_check_all', '-CRLfile', file('lists.pem')];
    const trust = ['-CAfile', file('root.pem'), '-untrusted', file('issuer.pem')];
    const verify = (name: string) => openssl('verify', ...when, ...lists, ...trust, file(name));
    expect(verify('good.pem')).toMatchObject({ status: 0, text: expect.stringContaining('OK') });
    expect(verify('revoked.pem').text).toContain('certificate revoked');
    const check = ['-CAfile', file('issuer.pem'), '-noout', '-text'];
    const { text } = openssl('crl', '-inform', 'DER', '-in', file('1.crl'), ...check);
    for (const words of [
      'verify OK',
      'Version 2',
      'Last Update: Nov 23 08:30:00 2026 GMT',
      'X509v3 CRL Number: \n                4096',
      'Serial Number: C8',
      'Cessation Of Operation',
    ]) {
      expect(text).toContain(words);
    }
    expect(text.match(/Reason Code/g)).toHaveLength(1);
  });
});

describe("openssl's own lists", () => {
  const generate = (...more: readonly string[]) => {
    writeFileSync(file('crlnumber'), '2A\n');
    writeFileSync(
      file('ca.conf'),
      `[ca]\ndefault_ca=own\n[own]\ndatabase=${file('index.txt')}\ncrlnumber=${file('crlnumber')}\ndefault_md=sha256
default_crl_hours=24\ncrl_extensions=ext\n[ext]\nauthorityKeyIdentifier=keyid:always\n`,
    );
    const key = ['-keyfile', file('issuer.key'), '-cert', file('issuer.pem')];
    const made = openssl(
      'ca',
      '-gencrl',
      '-config',
      file('ca.conf'),
      ...key,
      '-out',
      file('ca.pem'),
      ...more,
    );
    expect(made.status).toBe(0);
    openssl('crl', '-in', file('ca.pem'), '-outform', 'DER', '-out', file('ca.crl'));
    return readCrl(readFileSync(file('ca.crl')));
  };

  it('are read and believed', async () => {
    const crl = generate();
    expect(crl).toMatchObject({ number: 42n, size: 1, unknownCritical: [] });
    const at = crl.thisUpdate;
    expect(await verdictOf(good, at, { crls: [crl] })).toMatchObject({ status: 'good' });
    expect(await verdictOf(revoked, at, { crls: [crl] })).toEqual({
      status: 'revoked',
      since: Temporal.Instant.from('2026-01-01T00:00:00Z'),
      reason: 'keyCompromise',
    });
  });

  it('are not believed when they rest on SHA-1', async () => {
    const crl = generate('-md', 'sha1');
    expect(await verdictOf(good, crl.thisUpdate, { crls: [crl] })).toEqual({
      status: 'unknown',
      why: 'algorithm_not_accepted',
    });
  });
});
