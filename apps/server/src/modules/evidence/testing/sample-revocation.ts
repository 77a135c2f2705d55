/** What the sample authority says of revocation. */
import {
  assembleCrl,
  assembleOcspResponse,
  ocspCertId,
  prepareCrl,
  prepareOcspResponse,
  signBytes,
  type Certificate,
  type Revocation,
} from '@sochi/signature';
import type { RevocationFile } from '#modules/certification/index.ts';
import { revocationFiles } from './name-revocation.ts';
import type { SampleAuthority, Signer } from './sample-authority.ts';

/** A certificate with what became of it; lists and answers tell of it from then on. */
export interface SampleRevocation extends Revocation {
  readonly certificate: Certificate;
}

export interface RevocationOrder {
  /** Whom OCSP is asked about. */
  readonly certificates: readonly Certificate[];
  readonly at: Temporal.Instant;
  readonly revoked?: readonly SampleRevocation[] | undefined;
}

const LIST_HOURS = 24;

const knownAt = (
  at: Temporal.Instant,
  revoked: readonly SampleRevocation[] = [],
): readonly SampleRevocation[] =>
  revoked.filter(({ revokedAt }) => Temporal.Instant.compare(revokedAt, at) <= 0);

/** A list of the authority's issuing CA, or of its root. */
export const listOf = async (
  { root, rootKey, issuing, issuingKey }: SampleAuthority,
  by: 'root' | 'issuing',
  { at, revoked }: Omit<RevocationOrder, 'certificates'>,
): Promise<Uint8Array> => {
  const issuer = by === 'root' ? root : issuing;
  const prepared = prepareCrl({
    issuer,
    number: Math.floor(at.epochMilliseconds / 1000),
    thisUpdate: at,
    nextUpdate: at.add({ hours: LIST_HOURS }),
    entries: knownAt(at, revoked)
      .filter(({ certificate }) => Buffer.compare(certificate.issuerRaw, issuer.subjectRaw) === 0)
      .map(({ certificate, ...revocation }) => ({ serial: certificate.serial, ...revocation })),
  });
  return assembleCrl(
    prepared,
    await signBytes(by === 'root' ? rootKey : issuingKey, prepared.toBeSigned, prepared.algorithm),
  );
};

/** An OCSP answer about one certificate, by the authority's responder unless another is named. */
export const answerOf = async (
  { issuing, responder }: SampleAuthority,
  { certificates: [certificate], at, revoked }: RevocationOrder,
  by: Signer = responder,
): Promise<Uint8Array> => {
  if (certificate === undefined) throw new Error('an answer is about a certificate');
  const found = knownAt(at, revoked).find((one) => one.certificate.sha256 === certificate.sha256);
  const prepared = prepareOcspResponse({
    answers: [
      {
        certId: ocspCertId({ certificate, issuer: issuing }),
        status: found === undefined ? 'good' : { revokedAt: found.revokedAt, reason: found.reason },
        thisUpdate: at,
        nextUpdate: at.add({ hours: 1 }),
      },
    ],
    producedAt: at,
    certificate: by.certificate,
    chain: [by.certificate],
    issuer: issuing,
  });
  return assembleOcspResponse(
    prepared,
    await signBytes(by.privateKey, prepared.toBeSigned, prepared.algorithm),
  );
};

/** All that is kept of revocation for a document signed at an instant. */
export const revocationOf = async (
  authority: SampleAuthority,
  { certificates, at, revoked }: RevocationOrder,
): Promise<RevocationFile[]> =>
  revocationFiles({
    crls: await Promise.all([
      listOf(authority, 'root', { at, revoked }),
      listOf(authority, 'issuing', { at, revoked }),
    ]),
    ocsp: await Promise.all(
      certificates.map((certificate) => answerOf(authority, { certificates: [certificate], at, revoked })),
    ),
    certificates: [...certificates, authority.issuing, authority.root],
  });
