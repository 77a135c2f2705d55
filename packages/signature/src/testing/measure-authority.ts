/** Prints how many timestamps and OCSP answers a second one core makes. Run by hand: node src/testing/measure-authority.ts */
import { randomBytes, sign, type KeyObject } from 'node:crypto';
import { newSerialNumber } from '../ca/serial-number.ts';
import type { ToSign } from '../ca/to-sign.ts';
import { readOcspRequest, writeOcspRequest } from '../revocation/ocsp-request.ts';
import { assembleCrl, prepareCrl } from '../revocation/prepare-crl.ts';
import { assembleOcspResponse, prepareOcspResponse } from '../revocation/prepare-ocsp-response.ts';
import { readCrl } from '../revocation/read-crl.ts';
import { readOcspResponse } from '../revocation/read-ocsp-response.ts';
import { revocationAt } from '../revocation/revocation-at.ts';
import { createTestIssuer } from '../revocation/testing/issuer.ts';
import { assembleTimestamp, prepareTimestamp } from '../timestamp/prepare-timestamp.ts';
import {
  readTimestampRequest,
  timestampRequestOver,
  writeTimestampRequest,
} from '../timestamp/timestamp-request.ts';
import { writeTimestampResponse } from '../timestamp/timestamp-response.ts';
import { verifyTimestampToken } from '../timestamp/verify-timestamp-token.ts';
import { createVerificationCache } from '../verify/verification-cache.ts';
import { SIGNED_AT } from './demo-authority.ts';

const COUNT = 4000;

const measure = async (name: string, run: () => unknown, count = COUNT): Promise<number> => {
  for (let index = 0; index < count / 10; index += 1) await run();
  // By the processor's time, not the clock's: others may be at work on the machine.
  const before = process.cpuUsage();
  for (let index = 0; index < count; index += 1) await run();
  const { user, system } = process.cpuUsage(before);
  const perSecond = Math.round((count * 1_000_000) / (user + system));
  process.stdout.write(`${name}: ${perSecond}/s of one core\n`);
  return perSecond;
};

// In this thread, so that what is measured is one core and not the pool.
const signNow = (key: KeyObject, { toBeSigned, algorithm }: ToSign): Uint8Array =>
  sign(algorithm.digest.name, toBeSigned, key);

const issuer = await createTestIssuer();
const [authority, responder, head] = await Promise.all([
  issuer.issue('timestamp'),
  issuer.issue('ocsp'),
  issuer.issue('head'),
]);
const signature = randomBytes(71);
const question = { certificate: head.certificate, issuer: issuer.certificate, nonce: randomBytes(16) };
const query = writeTimestampRequest(timestampRequestOver({ data: signature, nonce: randomBytes(8) }));
const request = writeOcspRequest(question);

const stamp = (): Uint8Array => {
  const prepared = prepareTimestamp({
    request: readTimestampRequest(query),
    genTime: SIGNED_AT,
    serial: newSerialNumber(),
    policy: '1.3.6.1.4.1.99999.1',
    accuracyMs: 1000,
    certificate: authority.certificate,
    chain: [issuer.certificate],
  });
  return assembleTimestamp(prepared, signNow(authority.privateKey, prepared));
};

const answer = (): Uint8Array => {
  const { certIds, nonce } = readOcspRequest(request);
  const prepared = prepareOcspResponse({
    answers: certIds.map((certId) => ({
      certId,
      status: 'good',
      thisUpdate: SIGNED_AT,
      nextUpdate: SIGNED_AT,
    })),
    producedAt: SIGNED_AT,
    nonce,
    certificate: responder.certificate,
    chain: [],
    issuer: issuer.certificate,
  });
  return assembleOcspResponse(prepared, signNow(responder.privateKey, prepared));
};

const raw = await measure('raw ECDSA P-256 with SHA-256, 200 bytes', () =>
  sign('sha256', signature, authority.privateKey),
);
const ratio = (perSecond: number): void => {
  process.stdout.write(`  that is ${Math.round((100 * perSecond) / raw)} % of raw\n`);
};
ratio(await measure('timestamp: read the request, sign, write', () => writeTimestampResponse(stamp())));
ratio(await measure('OCSP answer: read the request, sign, write', answer));

const cache = createVerificationCache();
const verifying = { trustAnchors: [issuer.root.certificate], intermediates: [issuer.certificate], cache };
const token = stamp();
await measure('timestamp: verify, chain cached', () =>
  verifyTimestampToken({ ...verifying, token, digestOf: signature }),
);
const ocspResponses = [readOcspResponse(answer())];
const answered = answer();
await measure('OCSP answer: read', () => readOcspResponse(answered));
const asking = { certificate: head.certificate, issuer: issuer.certificate, at: SIGNED_AT };
await measure('revocation at an instant by an answer, source cached', () =>
  revocationAt({ ...asking, sources: { crls: [], ocspResponses }, cache }),
);

const entries = Array.from({ length: 100_000 }, () => ({
  serial: newSerialNumber(),
  revokedAt: SIGNED_AT,
  reason: 'superseded' as const,
}));
const order = {
  issuer: issuer.certificate,
  number: 1,
  thisUpdate: SIGNED_AT,
  nextUpdate: SIGNED_AT,
  entries,
};
const write = (): Uint8Array => {
  const prepared = prepareCrl(order);
  return assembleCrl(prepared, signNow(issuer.privateKey, prepared));
};
const list = write();
await measure('list of 100,000: write and sign', write, 5);
await measure(`list of 100,000 (${list.length} bytes): read`, () => readCrl(list), 5);
const crls = [readCrl(list)];
await measure('revocation at an instant by that list, source cached', () =>
  revocationAt({ ...asking, sources: { crls, ocspResponses: [] }, cache }),
);
