/**
 * Was a certificate good at an instant? What lists and answers may say about it (RFC 5280 §6.3, RFC 6960 §4.2.2):
 *
 * - Word that was current at the instant (thisUpdate ≤ at ≤ nextUpdate) counts, as it did for whoever acted then.
 * - Later word (thisUpdate > at) counts as well, and knows better: it names the day since when. But only as long as the
 *   certificate had not expired, for issuers may then drop it from their lists (RFC 5280 §3.3) and "good" means nothing
 *   any more (RFC 6960 §2.2): that is `issued_after_expiry`.
 * - Word that had run out (nextUpdate < at) is `stale`, and so is earlier word without nextUpdate, which is good for the
 *   moment it was given only. A final revocation in it still counts: there is no way back from one.
 * - Revoked since after the instant is good at the instant.
 * - A hold that had been lifted leaves no trace in later word; so a hold in the last word from before the instant counts.
 */
import type { Certificate } from '../certificate/certificate.ts';
import { sameBytes } from '../der/read-values.ts';
import type { VerificationCache } from '../verify/verification-cache.ts';
import { issuerKeyIdentifier } from '../ca/write-extensions.ts';
import { isCertIdOf } from './ocsp-cert-id.ts';
import type { OcspStatus } from './prepare-ocsp-response.ts';
import type { Crl } from './read-crl.ts';
import type { OcspAnswers, OcspResponse } from './read-ocsp-response.ts';
import { isHarmless, type Revocation, type RevocationReason } from './revocation-reason.ts';
import type { SourceProblem } from './source-problem.ts';
import { crlTrust, ocspTrust } from './source-trust.ts';

export interface RevocationSources {
  readonly crls: readonly Crl[];
  readonly ocspResponses: readonly OcspResponse[];
}

/** Why nothing can be said; of several reasons the first in this order is given. */
export const REVOCATION_UNKNOWN = [
  'signature_wrong',
  'responder_not_authorised',
  'responder_expired',
  'algorithm_not_accepted',
  'extension_unknown',
  'issued_after_expiry',
  'stale',
  'responder_does_not_know',
  'none',
] as const;
export type RevocationUnknown = (typeof REVOCATION_UNKNOWN)[number];

export type RevocationVerdict =
  | {
      readonly status: 'good';
      /** A final revocation after the instant, which is no business of what was signed at it; null when none is known. */
      readonly revokedLater: Revocation | null;
    }
  | { readonly status: 'revoked'; readonly since: Temporal.Instant; readonly reason: RevocationReason }
  | { readonly status: 'suspended'; readonly since: Temporal.Instant }
  | { readonly status: 'unknown'; readonly why: RevocationUnknown };

/** What one source says of the certificate. */
interface Word {
  readonly status: OcspStatus;
  readonly thisUpdate: Temporal.Instant;
  readonly nextUpdate: Temporal.Instant | undefined;
}

type Outcome = Word | SourceProblem;

interface Question {
  readonly certificate: Certificate;
  readonly issuer: Certificate;
  readonly cache?: VerificationCache | undefined;
}

const isAboutIssuer = (crl: Crl, issuer: Certificate): boolean =>
  sameBytes(crl.issuerRaw, issuer.subjectRaw) &&
  (crl.authorityKey === undefined || sameBytes(crl.authorityKey, issuerKeyIdentifier(issuer)));

const askCrl = async (crl: Crl, { certificate, issuer, cache }: Question): Promise<Outcome> => {
  const { problem } = await crlTrust(crl, issuer, cache);
  return problem ?? { ...crl, status: crl.find(certificate.serial) ?? 'good' };
};

const isDisowned = (
  responder: Certificate | null,
  { producedAt }: OcspAnswers,
  lists: readonly Crl[],
): boolean =>
  lists.some((crl) => {
    const entry = responder === null ? undefined : crl.find(responder.serial);
    if (entry === undefined) return false;
    return !isHarmless(entry.reason) || Temporal.Instant.compare(entry.revokedAt, producedAt) <= 0;
  });

const askOcsp = async (
  response: OcspAnswers,
  lists: readonly Crl[],
  { certificate, issuer, cache }: Question,
): Promise<Outcome | undefined> => {
  const answer = response.answers.find(
    ({ certId }) => certId.serial === certificate.serial && isCertIdOf(certId, issuer),
  );
  if (answer === undefined) return undefined;
  const { problem, responder } = await ocspTrust(response, issuer, cache);
  if (problem !== null) return problem;
  const { thisUpdate, nextUpdate, status } = answer;
  return isDisowned(responder, response, lists)
    ? 'responder_not_authorised'
    : { thisUpdate, nextUpdate, status };
};

const second = (instant: Temporal.Instant): number => Math.floor(instant.epochMilliseconds / 1000);

const isHold = (status: OcspStatus): status is Revocation =>
  typeof status !== 'string' && status.reason === 'certificateHold';

const isFinal = (status: OcspStatus): status is Revocation => typeof status !== 'string' && !isHold(status);

// Times of lists and answers name whole seconds, so the instant is taken to lie in one, too.
const uselessness = ({ thisUpdate, nextUpdate, status }: Word, at: number, notAfter: number) => {
  if (second(thisUpdate) >= at)
    return typeof status === 'string' && second(thisUpdate) > notAfter ? 'issued_after_expiry' : null;
  return nextUpdate === undefined || second(nextUpdate) < at ? 'stale' : null;
};

const isSince = ({ revokedAt }: Revocation, at: Temporal.Instant): boolean =>
  Temporal.Instant.compare(revokedAt, at) <= 0;

const earliest = (statuses: readonly Revocation[]): Revocation | undefined =>
  statuses.reduce<Revocation | undefined>(
    (first, one) =>
      first === undefined || Temporal.Instant.compare(one.revokedAt, first.revokedAt) < 0 ? one : first,
    undefined,
  );

const latest = (words: readonly Word[]): readonly Word[] => {
  const last = Math.max(...words.map(({ thisUpdate }) => thisUpdate.epochMilliseconds));
  return words.filter(({ thisUpdate }) => thisUpdate.epochMilliseconds === last);
};

const weigh = (words: readonly Word[], at: Temporal.Instant, notAfter: number): RevocationVerdict | null => {
  const final = words.map(({ status }) => status).filter(isFinal);
  const revoked = earliest(final.filter((one) => isSince(one, at)));
  if (revoked !== undefined) return { status: 'revoked', since: revoked.revokedAt, reason: revoked.reason };
  const instant = second(at);
  const usable = words.filter((word) => uselessness(word, instant, notAfter) === null);
  const later = usable.filter(({ thisUpdate }) => second(thisUpdate) >= instant);
  const before = latest(usable.filter(({ thisUpdate }) => second(thisUpdate) < instant));
  const held = [...before, ...later].map(({ status }) => status).filter(isHold);
  const suspended = earliest(held.filter((one) => isSince(one, at)));
  if (suspended !== undefined) return { status: 'suspended', since: suspended.revokedAt };
  if (usable.every(({ status }) => status === 'unknown')) return null;
  return { status: 'good', revokedLater: earliest(final) ?? null };
};

/**
 * The certificate's state at the instant by the sources at hand; sources about other issuers are passed over. The issuer must
 * be the certificate's, in a chain that has been checked. Never throws for what the sources hold.
 */
export const revocationAt = async (
  question: Question & { readonly at: Temporal.Instant; readonly sources: RevocationSources },
): Promise<RevocationVerdict> => {
  const { certificate, issuer, at, sources } = question;
  if (!sameBytes(certificate.issuerRaw, issuer.subjectRaw)) return { status: 'unknown', why: 'none' };
  const lists = sources.crls.filter((crl) => isAboutIssuer(crl, issuer));
  const fromLists = await Promise.all(lists.map((crl) => askCrl(crl, question)));
  const trusted = lists.filter((_, index) => typeof fromLists[index] === 'object');
  const answers = sources.ocspResponses.filter((response) => response.refusal === null);
  const fromAnswers = await Promise.all(answers.map((response) => askOcsp(response, trusted, question)));
  const outcomes = [...fromLists, ...fromAnswers].filter((outcome) => outcome !== undefined);
  const words = outcomes.filter((outcome) => typeof outcome === 'object');
  const notAfter = second(certificate.notAfter);
  const verdict = weigh(words, at, notAfter);
  if (verdict !== null) return verdict;
  const reasons = new Set<RevocationUnknown>([
    ...outcomes.filter((outcome) => typeof outcome === 'string'),
    ...words.map((word) => uselessness(word, second(at), notAfter) ?? 'responder_does_not_know'),
  ]);
  return { status: 'unknown', why: REVOCATION_UNKNOWN.find((why) => reasons.has(why)) ?? 'none' };
};
