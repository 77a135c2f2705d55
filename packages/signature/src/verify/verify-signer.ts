import type { Certificate } from '../certificate/certificate.ts';
import type { DigestLookup } from '../cms/signed-content.ts';
import { findChain, validityProblem, type ChainSources, type ChainVerdict } from './chain.ts';
import { keyUsageProblem } from './key-usage.ts';
import { revocationCheck, type RevocationPolicy } from './revocation-check.ts';
import { digestCheck, namingCheck, signatureCheck, type SignerPlace } from './signature-check.ts';
import { timestampCheck, type TimestampOutcome, type TimestampPolicy } from './timestamp-check.ts';
import { checkOf, concluded, type Check, type SignerReport } from './verification-report.ts';

export interface SignerInput extends SignerPlace {
  readonly certificate: Certificate | undefined;
  readonly digestOf: DigestLookup;
  readonly sources: ChainSources;
  readonly at: Temporal.Instant;
  readonly timestamps: TimestampPolicy | undefined;
  readonly revocation: RevocationPolicy | undefined;
}

export interface SignerOutcome {
  readonly checks: readonly Check[];
  readonly report: SignerReport;
}

const NO_TIMESTAMP: TimestampOutcome = { check: undefined, timestamp: null };

const chainCheck = (verdict: ChainVerdict, signer: number): Check =>
  verdict.ok
    ? checkOf('chain', null, { signer })
    : checkOf('chain', verdict.reason, { signer, isOpen: verdict.isOpen });

const timestampOf = ({ info, signer, at, timestamps, revocation, sources }: SignerInput) =>
  timestamps === undefined
    ? NO_TIMESTAMP
    : timestampCheck(info, timestamps, { signer, at, revocation, cache: sources.cache });

const outcomeOf = (
  { info, at }: SignerInput,
  found: Partial<Pick<SignerReport, 'certificate' | 'algorithm' | 'timestamp' | 'chain'>>,
  checks: ReadonlyArray<Check | undefined>,
): SignerOutcome => {
  const made = checks.filter((check) => check !== undefined);
  const { timestamp = null, certificate = null, algorithm = null, chain = [] } = found;
  const { signingTime = null, claimedRole = null } = info.attributes;
  const judgedAt = timestamp?.at ?? at;
  const said = { certificate, algorithm, signingTime, claimedRole, timestamp, judgedAt, chain };
  return { checks: made, report: { ...concluded(made), ...said } };
};

/** All checks about one signer of a CMS. Its certificates are judged at its timestamp's time when it has one that holds. */
export const verifySigner = async (input: SignerInput): Promise<SignerOutcome> => {
  const { signer, certificate, sources, revocation } = input;
  const digest = digestCheck(input, input.digestOf);
  if (certificate === undefined) {
    const missing = checkOf('signature', 'signer_certificate_missing', { signer, isOpen: true });
    return outcomeOf(input, {}, [digest, missing]);
  }
  const [signature, verdict, stamp] = await Promise.all([
    signatureCheck(input, certificate, input.timestamps !== undefined),
    findChain(certificate, sources),
    timestampOf(input),
  ]);
  const chain = verdict.ok ? verdict.chain : [];
  const judgedAt = stamp.timestamp?.at ?? input.at;
  const isRevocationDue = revocation !== undefined && verdict.ok;
  const checks = [
    digest,
    signature.check,
    namingCheck(input, certificate),
    chainCheck(verdict, signer),
    checkOf('key_usage', keyUsageProblem(certificate), { signer }),
    stamp.check,
    checkOf('validity', validityProblem(verdict.ok ? chain : [certificate], judgedAt), { signer }),
    isRevocationDue
      ? await revocationCheck(chain, judgedAt, revocation, { signer, cache: sources.cache })
      : undefined,
  ];
  const { timestamp } = stamp;
  return outcomeOf(input, { certificate, algorithm: signature.algorithm, timestamp, chain }, checks);
};
