/**
 * What was known of revocation when a document was signed. The lists must speak for every certificate of the signatures and of
 * their timestamps (verifySignedData sees to that); beside them each signer needs an OCSP answer of its own.
 */
import {
  MalformedError,
  readCrl,
  readOcspResponse,
  revocationAt,
  type Crl,
  type OcspResponse,
  type RevocationVerdict,
  type SignerReport,
  type VerificationCache,
  type VerificationReport,
} from '@sochi/signature';
import { revocationPath, shortPrint, type RevocationDocument } from './bundle-layout.ts';
import type { BundleReason } from './bundle-report.ts';

export interface DocumentRevocation {
  readonly document: RevocationDocument;
  readonly crls: readonly Crl[];
  /** By path. */
  readonly answers: ReadonlyMap<string, OcspResponse>;
  /** What keeps them from being used at all. */
  readonly problem: { readonly reason: BundleReason; readonly path: string } | null;
}

const read = <Value>(
  files: ReadonlyMap<string, Uint8Array>,
  paths: readonly string[],
  reader: (der: Uint8Array) => Value,
): { readonly values: Map<string, Value>; readonly malformed: string | null } => {
  const values = new Map<string, Value>();
  for (const path of paths) {
    try {
      values.set(path, reader(files.get(path) ?? new Uint8Array()));
    } catch (error) {
      if (error instanceof MalformedError) return { values, malformed: path };
      throw error;
    }
  }
  return { values, malformed: null };
};

/** Reads the lists and answers that were kept for a document. */
export const readRevocation = (
  files: ReadonlyMap<string, Uint8Array>,
  document: RevocationDocument,
): DocumentRevocation => {
  const folder = revocationPath(document, '');
  const paths = [...files.keys()].filter((path) => path.startsWith(folder));
  const lists = read(
    files,
    paths.filter((path) => path.endsWith('.crl')),
    readCrl,
  );
  const answers = read(
    files,
    paths.filter((path) => path.endsWith('.ocsp')),
    readOcspResponse,
  );
  const malformed = lists.malformed ?? answers.malformed;
  const crls = [...lists.values.values()];
  const problem =
    malformed !== null
      ? ({ reason: 'revocation_malformed', path: malformed } as const)
      : crls.length === 0
        ? ({ reason: 'crl_missing', path: folder } as const)
        : null;
  return { document, crls, answers: answers.values, problem };
};

const unknownReason = ({ why }: Extract<RevocationVerdict, { status: 'unknown' }>): BundleReason => {
  if (why === 'none') return 'ocsp_other_certificate';
  if (why === 'responder_does_not_know') return 'revocation_unknown';
  return why === 'stale' || why === 'issued_after_expiry' ? 'revocation_stale' : 'revocation_not_accepted';
};

const answerProblem = async (
  { document, answers }: DocumentRevocation,
  { certificate, chain, judgedAt }: SignerReport,
  cache: VerificationCache,
): Promise<{ readonly reason: BundleReason | null; readonly subject: string } | undefined> => {
  const issuer = chain[1];
  // Without certificate or chain the signature's own check has failed.
  if (certificate === null || issuer === undefined) return undefined;
  const path = revocationPath(document, `${shortPrint(certificate.sha256)}.ocsp`);
  const answer = answers.get(path);
  if (answer === undefined) return { reason: 'ocsp_missing', subject: path };
  const sources = { crls: [], ocspResponses: [answer] };
  const verdict = await revocationAt({ certificate, issuer, at: judgedAt, sources, cache });
  if (verdict.status === 'good') return undefined;
  return { reason: verdict.status === 'unknown' ? unknownReason(verdict) : verdict.status, subject: path };
};

/** Says whether an OCSP answer vouches for each signer at the time of its timestamp. */
export const checkAnswers = async (
  revocation: DocumentRevocation,
  { signers }: VerificationReport,
  cache: VerificationCache,
): Promise<{ readonly reason: BundleReason | null; readonly subject: string }> => {
  const problems = await Promise.all(signers.map((signer) => answerProblem(revocation, signer, cache)));
  const problem = problems.find((one) => one !== undefined);
  return problem ?? { reason: null, subject: revocationPath(revocation.document, '') };
};
