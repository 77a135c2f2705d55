import { digestNamedBy } from '../algorithms/registry.ts';
import type { Certificate } from '../certificate/certificate.ts';
import { digestLookup, type SignedContent } from '../cms/signed-content.ts';
import { algorithmOid, readSignedData, type SignedData, type SignerInfo } from '../cms/signed-data.ts';
import { sameBytes } from '../der/read-values.ts';
import { MalformedError } from '../malformed-error.ts';
import { requiredSignersChecks, type RequiredSigners } from './required-signers.ts';
import type { RevocationPolicy } from './revocation-check.ts';
import type { TimestampPolicy } from './timestamp-check.ts';
import { readCertificateCached, type VerificationCache } from './verification-cache.ts';
import {
  checkOf,
  concluded,
  type Check,
  type SignerReport,
  type VerificationReport,
} from './verification-report.ts';
import { verifySigner } from './verify-signer.ts';

export type VerifySignedDataInput = SignedContent & {
  /** DER of a detached CMS. */
  readonly cms: Uint8Array;
  readonly trustAnchors: readonly Certificate[];
  /** Issuing certificates the CMS may lack: a token puts in only its user's own. */
  readonly intermediates?: readonly Certificate[];
  /**
   * The instant to judge at. A signer's certificates must be valid at this instant or, with `timestamps`, at the time of its own
   * timestamp where it has one.
   */
  readonly at: Temporal.Instant;
  /** Whose timestamps to believe; without it a signature that has one stays INDETERMINATE. */
  readonly timestamps?: TimestampPolicy | undefined;
  /** What is known about revocation; without it none is looked at. */
  readonly revocation?: RevocationPolicy | undefined;
  readonly required?: RequiredSigners;
  readonly cache?: VerificationCache;
};

const uniqueCertificates = (certificates: readonly Certificate[]): Certificate[] => [
  ...new Map(certificates.map((certificate) => [certificate.sha256, certificate])).values(),
];

const nameOf = (digestAlgorithm: Uint8Array): string =>
  digestNamedBy(digestAlgorithm)?.oid ?? algorithmOid(digestAlgorithm);

const isSameSigner = (one: SignerInfo, other: SignerInfo): boolean =>
  sameBytes(one.serialRaw, other.serialRaw) && sameBytes(one.issuerRaw, other.issuerRaw);

const structureChecks = ({ digestAlgorithms, signerInfos }: SignedData): Check[] => {
  const named = digestAlgorithms.map(nameOf);
  const used = new Set(signerInfos.map(({ digestAlgorithm }) => nameOf(digestAlgorithm)));
  const isSame = used.size === named.length && named.every((name) => used.has(name));
  const isTwice = signerInfos.some((info, index) =>
    signerInfos.some((other, place) => place > index && isSameSigner(info, other)),
  );
  return [
    checkOf('structure', isSame ? null : 'digest_algorithms_differ'),
    checkOf('duplicate_signer', isTwice ? 'same_certificate_twice' : null),
  ];
};

// A certificate no signer leads to is vouched for by nobody: its bytes could be anything.
const certificatesCheck = (carried: readonly Certificate[], signers: readonly SignerReport[]): Check => {
  if (signers.some(({ chain }) => chain.length === 0)) {
    return checkOf('certificates', 'certificates_not_decided', { isOpen: true });
  }
  const used = new Set(signers.flatMap(({ chain }) => chain.map(({ sha256 }) => sha256)));
  return checkOf(
    'certificates',
    carried.every(({ sha256 }) => used.has(sha256)) ? null : 'unused_certificate',
  );
};

const certificateOf = (info: SignerInfo, certificates: readonly Certificate[]): Certificate | undefined =>
  certificates.find(
    ({ issuerRaw, serialRaw }) =>
      sameBytes(issuerRaw, info.issuerRaw) && sameBytes(serialRaw, info.serialRaw),
  );

const verifyRead = async (input: VerifySignedDataInput, data: SignedData): Promise<VerificationReport> => {
  const { trustAnchors, at, required, cache } = input;
  const carried = data.certificates.map((der) => readCertificateCached(der, cache));
  const intermediates = uniqueCertificates([...carried, ...(input.intermediates ?? [])]);
  const sources = { trustAnchors, intermediates, cache };
  const digestOf = digestLookup(input);
  const verified = await Promise.all(
    data.signerInfos.map((info, signer) =>
      verifySigner({
        info,
        signer,
        certificate: certificateOf(info, intermediates),
        digestOf,
        sources,
        at,
        timestamps: input.timestamps,
        revocation: input.revocation,
      }),
    ),
  );
  const signers = verified.map(({ report }) => report);
  const checks = [
    ...structureChecks(data),
    ...verified.flatMap((one) => one.checks),
    certificatesCheck(carried, signers),
    ...(required === undefined ? [] : requiredSignersChecks(required, signers)),
  ];
  return { ...concluded(checks), checks, signers };
};

/**
 * Checks a detached CMS in full and reports every check; bytes of any kind never make it throw. Only TOTAL-PASSED means
 * that the signatures hold.
 */
export const verifySignedData = async (input: VerifySignedDataInput): Promise<VerificationReport> => {
  try {
    return await verifyRead(input, readSignedData(input.cms));
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error;
    const checks = [checkOf('structure', 'malformed', { detail: error.code })];
    return { ...concluded(checks), checks, signers: [] };
  }
};
