/** Every vector is put to stock openssl, which must say what the index says it does. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { normaliseCms } from '../cms/normalise-cms.ts';
import { readSignedData, type SignerInfo } from '../cms/signed-data.ts';
import { readTimestampToken } from '../timestamp/read-timestamp-token.ts';
import { MalformedError } from '../malformed-error.ts';
import { readVectorIndex, VECTORS, type CmsVector } from './vector-index.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sochi-vectors-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const vectorFile = (name: string) => fileURLToPath(new URL(name, VECTORS));
const ownFile = (name: string, bytes: Uint8Array | string): string => {
  writeFileSync(join(folder, name), bytes);
  return join(folder, name);
};
const pem = (names: readonly string[]) =>
  names.map((name) => readFileSync(vectorFile(name), 'utf8')).join('');

const opensslSays = (...args: readonly string[]): boolean => spawnSync('openssl', args).status === 0;

const TRUST = ['-no-CApath', '-no-CAstore'];
const epoch = (instant: string | Temporal.Instant): string =>
  String(Math.floor(Temporal.Instant.from(instant.toString()).epochMilliseconds / 1000));

const crlsOf = ({ revocation }: CmsVector): string =>
  (revocation?.crls ?? [])
    .map(
      (name) =>
        spawnSync('openssl', ['crl', '-inform', 'DER', '-in', vectorFile(name)], { encoding: 'utf8' }).stdout,
    )
    .join('');

const verifyCms = (vector: CmsVector, cms: Uint8Array, at: string): boolean => {
  const { intermediates, revocation, trustAnchors } = vector;
  // Whatever is not self-signed is no trust anchor to openssl, only a step on the way to one.
  const trusted = ownFile('trusted.pem', pem([...trustAnchors, ...intermediates]) + crlsOf(vector));
  const lists = revocation === null ? [] : ['-crl_check_all'];
  const asked = ['-binary', '-cades', '-purpose', 'any', '-attime', at, '-inform', 'DER'];
  const files = ['-in', ownFile('cms.p7s', cms), '-content', vectorFile(vector.content), '-CAfile', trusted];
  return opensslSays('cms', '-verify', ...asked, ...files, ...TRUST, ...lists, '-out', '/dev/null');
};

const verifyToken = (token: Uint8Array, { signature }: SignerInfo, anchors: readonly string[]): boolean => {
  const files = ['-in', ownFile('token.der', token), '-data', ownFile('signature', signature)];
  const at = epoch(readTimestampToken(token).genTime);
  const trusted = ['-CAfile', ownFile('stamp-trusted.pem', pem(anchors))];
  return opensslSays('ts', '-verify', '-token_in', ...files, ...trusted, '-attime', at);
};

// As verify.sh does: first the timestamps, then the signatures at the time these give.
const verdict = (vector: CmsVector): boolean => {
  const raw = readFileSync(vectorFile(vector.cms));
  const cms = vector.isNormalisedFirst ? normaliseCms(raw) : raw;
  if (vector.timestamps === null) return verifyCms(vector, cms, epoch(vector.at));
  try {
    const { trustAnchors } = vector.timestamps;
    const stamped = readSignedData(cms).signerInfos.flatMap((info) =>
      info.unsigned.timestampTokens.map((token) => ({ info, token })),
    );
    if (!stamped.every(({ info, token }) => verifyToken(token, info, trustAnchors))) return false;
    const times = stamped.map(({ token }) => epoch(readTimestampToken(token).genTime)).toSorted();
    return verifyCms(vector, cms, times[0] ?? epoch(vector.at));
  } catch (error) {
    if (error instanceof MalformedError) return false;
    throw error;
  }
};

it.each(readVectorIndex())('$name: openssl $openssl', (vector) => {
  expect(verdict(vector)).toBe(vector.openssl === 'accepts');
  expect(vector.opensslNote === null).toBe(
    (vector.indication === 'TOTAL-PASSED') === (vector.openssl === 'accepts'),
  );
});
