import {
  assembleOcspResponse,
  assembleTimestamp,
  newSerialNumber,
  ocspCertId,
  prepareOcspResponse,
  prepareTimestamp,
  readOcspRequest,
  readTimestampRequest,
  signBytes,
  timestampRequestOver,
  writeOcspRequest,
  writeTimestampRequest,
  writeTimestampResponse,
} from '@sochi/signature';
import { randomBytes } from 'node:crypto';
import type { SignatureContest } from './signature-bench.ts';
import { bareSigning, type BenchAuthority } from './signature-contests.ts';

const PARALLEL = 8;
/** A signature's value: what timestamps are taken over. */
const VALUE = randomBytes(72);

const timestampContest = async ({ issue, issuing, at }: BenchAuthority): Promise<SignatureContest> => {
  const { certificate, privateKey } = await issue('timestamp');
  const query = writeTimestampRequest(timestampRequestOver({ data: VALUE, nonce: randomBytes(16) }));
  return {
    name: 'answer a timestamp request (RFC 3161)',
    aimPerSecond: 3_000,
    bareName: 'one P-256 signature',
    ours: {
      parallel: PARALLEL,
      run: async () => {
        const prepared = prepareTimestamp({
          request: readTimestampRequest(query),
          genTime: at,
          serial: newSerialNumber(),
          policy: '1.2.3.4',
          certificate,
          chain: [issuing],
        });
        return writeTimestampResponse(
          assembleTimestamp(prepared, await signBytes(privateKey, prepared.toBeSigned)),
        );
      },
    },
    bare: { parallel: PARALLEL, run: bareSigning(privateKey, VALUE) },
  };
};

const ocspContest = async ({ issue, issuing, at }: BenchAuthority): Promise<SignatureContest> => {
  const [responder, subject] = await Promise.all([issue('ocsp'), issue('head')]);
  const { certificate, privateKey } = responder;
  const query = writeOcspRequest({
    certificate: subject.certificate,
    issuer: issuing,
    nonce: randomBytes(16),
  });
  const known = ocspCertId({ certificate: subject.certificate, issuer: issuing }).serial;
  return {
    name: 'answer an OCSP request (RFC 6960)',
    aimPerSecond: 2_000,
    bareName: 'one P-256 signature',
    ours: {
      parallel: PARALLEL,
      run: async () => {
        const { certIds, nonce } = readOcspRequest(query);
        const answers = certIds.map((certId) => ({
          certId,
          status: certId.serial === known ? ('good' as const) : ('unknown' as const),
          thisUpdate: at,
          nextUpdate: at.add({ hours: 1 }),
        }));
        const prepared = prepareOcspResponse({
          answers,
          producedAt: at,
          nonce,
          certificate,
          chain: [],
          issuer: issuing,
        });
        return assembleOcspResponse(prepared, await signBytes(privateKey, prepared.toBeSigned));
      },
    },
    bare: { parallel: PARALLEL, run: bareSigning(privateKey, VALUE) },
  };
};

/** What our time-stamping authority and our OCSP responder do for one request, but for HTTP and the database. */
export const authorityContests = async (authority: BenchAuthority): Promise<SignatureContest[]> => [
  await timestampContest(authority),
  await ocspContest(authority),
];
