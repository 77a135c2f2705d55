import { createServer, type RequestListener } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import {
  createRootCertificate,
  generateP256KeyPair,
  issueSignerCertificate,
  signBytes,
  readTimestampResponse,
  timestampRequestOver,
  verifyTimestampToken,
  writeTimestampRefusal,
  writeTimestampRequest,
  type Certificate,
} from '@sochi/signature';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBuiltInAuthority, type BuiltInAuthority } from './built-in-authority.ts';
import { createClockGuard } from './clock-guard.ts';
import { createExternalAuthority } from './external-authority.ts';

const DATA = Buffer.from('a signature value');
const clock = { now: () => Temporal.Now.instant() };
const closing: (() => void)[] = [];
let root: Certificate;
let authority: BuiltInAuthority;

beforeAll(async () => {
  const now = clock.now();
  const terms = { notBefore: now.subtract({ hours: 1 }), notAfter: now.add({ hours: 1 }) };
  const [rootKeys, keys] = await Promise.all([generateP256KeyPair(), generateP256KeyPair()]);
  root = await createRootCertificate({
    ...terms,
    subject: { commonName: 'Root' },
    privateKey: rootKeys.privateKey,
  });
  const certificate = await issueSignerCertificate({
    ...terms,
    profile: 'timestamp',
    subject: { commonName: 'Elsewhere' },
    publicKey: keys.publicKey,
    issuer: root,
    issuerKey: rootKeys.privateKey,
  });
  authority = createBuiltInAuthority({
    signer: () =>
      Promise.resolve({ certificate, chain: [], sign: (bytes) => signBytes(keys.privateKey, bytes) }),
    guard: createClockGuard(clock, null),
    policy: '1.2.3.4',
    accuracyMs: 500,
  });
});
afterAll(() => closing.forEach((close) => close()));

/** An authority that answers over HTTP as `listener` says. */
const listen = async (listener: RequestListener): Promise<string> => {
  const server = createServer(listener).listen(0, '127.0.0.1');
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
};

const ask = (url: string, trustAnchors: readonly Certificate[] = [root]) =>
  createExternalAuthority({ url, timeoutMs: 1_000, trustAnchors }).timestamp(DATA);

const answering = (answer: (request: Uint8Array) => Uint8Array | Promise<Uint8Array>): Promise<string> =>
  listen((request, response) => {
    void buffer(request)
      .then(answer)
      .then((bytes) => response.end(bytes));
  });

describe('an authority asked over HTTP', () => {
  it('gives a token over our data that leads to the root we trust', async () => {
    const { token, at } = await ask(await answering((request) => authority.answer(request)));
    const verdict = await verifyTimestampToken({
      token,
      digestOf: DATA,
      trustAnchors: [root],
      intermediates: [],
    });
    expect(verdict.ok && verdict.genTime.equals(at)).toBe(true);
  });

  it('is not believed when nobody here trusts its root', async () => {
    const url = await answering((request) => authority.answer(request));
    await expect(ask(url, [])).rejects.toThrow('authority_unknown');
  });

  it('is not believed with a token over other data, or with one made before we asked', async () => {
    const other = await authority.answer(
      writeTimestampRequest(timestampRequestOver({ data: Buffer.from('other') })),
    );
    await expect(ask(await answering(() => other))).rejects.toThrow('other_data');
    const old = await authority.answer(writeTimestampRequest(timestampRequestOver({ data: DATA })));
    await expect(ask(await answering(() => old))).rejects.toThrow('nonce_differs');
  });

  it.each([
    ['refuses', () => writeTimestampRefusal('systemFailure'), 'it refused: systemFailure'],
    ['answers with garbage', () => Buffer.from('<html>'), 'cannot be read'],
    ['answers without end', () => Buffer.alloc(70_000), 'too large'],
  ])('that %s gives a named reason', async (_, answer, reason) => {
    await expect(ask(await answering(answer))).rejects.toThrow(reason);
  });

  it('is given up when it is silent, fails, or sends us elsewhere', async () => {
    await expect(ask(await listen(() => undefined))).rejects.toThrow(/timeout/i);
    await expect(ask(await listen((_, response) => response.writeHead(503).end()))).rejects.toThrow('503');
    const target = await answering((request) => authority.answer(request));
    const redirect = await listen((_, response) => response.writeHead(307, { location: target }).end());
    await expect(ask(redirect)).rejects.toThrow('fetch failed');
    await expect(ask('http://127.0.0.1:9/')).rejects.toThrow('fetch failed');
  });
});

describe('our own authority', () => {
  it('says what is wrong with a request it does not serve', async () => {
    const failure = async (request: Uint8Array) => {
      const response = readTimestampResponse(await authority.answer(request));
      return response.granted ? null : response.failure;
    };
    const good = timestampRequestOver({ data: DATA });
    expect(await failure(writeTimestampRequest(good))).toBeNull();
    expect(await failure(writeTimestampRequest({ ...good, policy: '1.2.3.5' }))).toBe('unacceptedPolicy');
    expect(await failure(writeTimestampRequest({ ...good, digestOid: '1.3.14.3.2.26' }))).toBe('badAlg');
    expect(await failure(writeTimestampRequest(good).subarray(3))).toBe('badDataFormat');
  });

  it('vouches for nothing while the clock stands behind what it has vouched for', async () => {
    let now = Temporal.Instant.from('2026-11-25T12:00:00Z');
    const moved = createBuiltInAuthority({
      signer: () =>
        Promise.resolve({ certificate: root, chain: [], sign: () => Promise.resolve(new Uint8Array(64)) }),
      guard: createClockGuard({ now: () => now }, null),
      policy: '1.2.3.4',
      accuracyMs: 500,
    });
    await moved.timestamp(DATA);
    now = now.subtract({ minutes: 5 });
    await expect(moved.timestamp(DATA)).rejects.toThrow('before the last moment vouched for');
    const answer = await moved.answer(writeTimestampRequest(timestampRequestOver({ data: DATA })));
    expect(readTimestampResponse(answer)).toMatchObject({ granted: false, failure: 'timeNotAvailable' });
  });
});
