/** Every reader of the package, each with sound inputs to begin from. */
import { signBytes } from '../../algorithms/sign-bytes.ts';
import { readCertificationRequest, verifyCertificationRequest } from '../../ca/certification-request.ts';
import {
  assembleCertificationRequest,
  prepareCertificationRequest,
} from '../../ca/write-certification-request.ts';
import { readCertificate } from '../../certificate/certificate.ts';
import { certificatesFromPem, certificateToPem } from '../../certificate/pem.ts';
import { normaliseCms } from '../../cms/normalise-cms.ts';
import { signDetached } from '../../cms/sign-detached.ts';
import { readSignedData } from '../../cms/signed-data.ts';
import { readDer } from '../../der/read-der.ts';
import { parseAgencyReceipt } from '../../receipt-documents/agency-receipt.ts';
import { parseCorrection } from '../../receipt-documents/correction.ts';
import { parseDecision, serialiseDecision } from '../../receipt-documents/decision.ts';
import { parseDelegation } from '../../receipt-documents/delegation.ts';
import { parseHandOver } from '../../receipt-documents/hand-over.ts';
import { parsePostmark } from '../../receipt-documents/postmark.ts';
import { readOcspRequest, writeOcspRequest } from '../../revocation/ocsp-request.ts';
import { readCrl } from '../../revocation/read-crl.ts';
import { readOcspResponse } from '../../revocation/read-ocsp-response.ts';
import { revocationAt } from '../../revocation/revocation-at.ts';
import { answerAbout, createTestIssuer, makeCrl } from '../../revocation/testing/issuer.ts';
import { readTimestampToken } from '../../timestamp/read-timestamp-token.ts';
import {
  readTimestampRequest,
  timestampRequestOver,
  writeTimestampRequest,
} from '../../timestamp/timestamp-request.ts';
import { readTimestampResponse, writeTimestampResponse } from '../../timestamp/timestamp-response.ts';
import { verifyTimestampToken } from '../../timestamp/verify-timestamp-token.ts';
import { verifySignedData } from '../../verify/verify-signed-data.ts';
import { asBer } from '../as-ber.ts';
import { SIGNED_AT } from '../demo-authority.ts';
import { stampAll, tokenOver } from '../stamp.ts';

export interface Target {
  readonly name: string;
  readonly seeds: readonly Uint8Array[];
  /** Reads the input to the end; may throw MalformedError and nothing else. */
  run(input: Uint8Array): unknown;
}

const CONTENT = Buffer.from('<REPORT/>');
const DAY = { hours: 24 };

const sources = async () => {
  const issuer = await createTestIssuer();
  const [head, stamper] = [await issuer.issue('head'), await issuer.issue('timestamp')];
  const { certificate, privateKey } = issuer;
  const signed = await signDetached({
    content: CONTENT,
    ...head,
    signingTime: SIGNED_AT,
    certificates: [certificate],
  });
  const stamping = { authority: stamper, chain: [certificate], genTime: SIGNED_AT };
  const request = prepareCertificationRequest({
    subject: { commonName: 'Test head', companyInn: '01234567890123' },
    publicKey: head.certificate.spki,
  });
  const revoked = { serial: head.certificate.serial, revokedAt: SIGNED_AT, reason: 'keyCompromise' as const };
  const terms = { thisUpdate: SIGNED_AT, nextUpdate: SIGNED_AT.add(DAY) };
  return {
    issuer,
    head,
    token: await tokenOver(CONTENT, stamping),
    cms: [signed, await stampAll(signed, stamping)],
    crl: (await makeCrl(privateKey, { issuer: certificate, number: 1, ...terms, entries: [revoked] })).der,
    ocsp: (await answerAbout(issuer, head.certificate, { status: 'good', ...terms })).der,
    request: assembleCertificationRequest(request, await signBytes(head.privateKey, request.toBeSigned)),
  };
};

type Sources = Awaited<ReturnType<typeof sources>>;

const decision = serialiseDecision({
  version: 1,
  agency: 'gns',
  agencyNumber: '1',
  filingNumber: '2',
  reportSha256: '0'.repeat(64),
  verdict: 'rejected',
  reasons: ['053'],
  text: 'Сумма',
  decidedAt: SIGNED_AT,
});

const signatureTargets = ({ cms, token, issuer }: Sources): Target[] => {
  const trust = { trustAnchors: [issuer.root.certificate], intermediates: [issuer.certificate] };
  const ber = cms.map((one) => asBer(one, () => 0));
  return [
    { name: 'signed data', seeds: cms, run: (input) => readSignedData(input) },
    { name: 'BER intake', seeds: [...ber, ...cms], run: normaliseCms },
    {
      name: 'verification',
      seeds: cms,
      run: (input) =>
        verifySignedData({ cms: input, content: CONTENT, ...trust, at: SIGNED_AT, timestamps: trust }),
    },
    { name: 'timestamp token', seeds: [token], run: readTimestampToken },
    {
      name: 'timestamp verification',
      seeds: [token],
      run: (input) => verifyTimestampToken({ token: input, digestOf: CONTENT, ...trust }),
    },
  ];
};

const authorityTargets = ({ head, issuer, crl, ocsp, request }: Sources): Target[] => {
  const { certificate } = head;
  const question = { certificate, issuer: issuer.certificate, at: SIGNED_AT };
  const pem = Buffer.from(certificateToPem(certificate.der));
  return [
    { name: 'DER', seeds: [certificate.der], run: (input) => readDer(input) },
    {
      name: 'certificate',
      seeds: [certificate.der, issuer.certificate.der],
      run: (input) => readCertificate(input).publicKey.asymmetricKeyType,
    },
    { name: 'PEM', seeds: [pem], run: (input) => certificatesFromPem(Buffer.from(input).toString('latin1')) },
    {
      name: 'certification request',
      seeds: [request],
      run: (input) => verifyCertificationRequest(readCertificationRequest(input)),
    },
    {
      name: 'revocation list',
      seeds: [crl],
      run: (input) => revocationAt({ ...question, sources: { crls: [readCrl(input)], ocspResponses: [] } }),
    },
    {
      name: 'OCSP answer',
      seeds: [ocsp],
      run: (input) =>
        revocationAt({ ...question, sources: { crls: [], ocspResponses: [readOcspResponse(input)] } }),
    },
  ];
};

const requestTargets = ({ head, issuer, token }: Sources): Target[] => {
  const asked = writeTimestampRequest(timestampRequestOver({ data: CONTENT }));
  const { certificate } = head;
  return [
    {
      name: 'OCSP request',
      seeds: [writeOcspRequest({ certificate, issuer: issuer.certificate })],
      run: readOcspRequest,
    },
    { name: 'timestamp request', seeds: [asked], run: readTimestampRequest },
    { name: 'timestamp response', seeds: [writeTimestampResponse(token)], run: readTimestampResponse },
    {
      name: 'receipt documents',
      seeds: [decision],
      run: (input) =>
        [
          parseAgencyReceipt,
          parseCorrection,
          parseDecision,
          parseDelegation,
          parseHandOver,
          parsePostmark,
        ].map((parse) => parse(input)),
    },
  ];
};

/** All readers; the sound inputs are made with fresh keys. */
export const createTargets = async (): Promise<readonly Target[]> => {
  const made = await sources();
  return [...signatureTargets(made), ...authorityTargets(made), ...requestTargets(made)];
};
