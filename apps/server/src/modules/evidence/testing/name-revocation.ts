import { readCrl, readOcspResponse, type Certificate, type OcspResponse } from '@sochi/signature';
import type { RevocationFile } from '#modules/certification/index.ts';
import { shortPrint } from '../bundle-layout.ts';

const serialsOf = (response: OcspResponse): readonly string[] =>
  response.refusal === null ? response.answers.map(({ certId }) => certId.serial) : [];

/**
 * Names what the certification centre said of revocation, for the evidence of one document. `certificates` are those it was
 * asked about and their issuers; what is about none of them is left out. Throws MalformedError.
 */
export const revocationFiles = (taken: {
  readonly crls: readonly Uint8Array[];
  readonly ocsp: readonly Uint8Array[];
  readonly certificates: readonly Certificate[];
}): RevocationFile[] => {
  const named = (extension: string, bytes: Uint8Array, of: readonly Certificate[]) =>
    of.map(({ sha256 }) => ({ file: `${shortPrint(sha256)}.${extension}`, bytes }));
  const lists = taken.crls.flatMap((bytes) => {
    const { issuerRaw } = readCrl(bytes);
    const issuers = taken.certificates.filter(
      ({ isCa, subjectRaw }) => isCa && Buffer.compare(subjectRaw, issuerRaw) === 0,
    );
    return named('crl', bytes, issuers.slice(0, 1));
  });
  const answers = taken.ocsp.flatMap((bytes) => {
    const serials = serialsOf(readOcspResponse(bytes));
    return named(
      'ocsp',
      bytes,
      taken.certificates.filter(({ serial }) => serials.includes(serial)),
    );
  });
  return [...lists, ...answers];
};
