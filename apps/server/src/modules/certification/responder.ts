import {
  assembleOcspResponse,
  isCertIdOf,
  MalformedError,
  ocspCertId,
  prepareOcspResponse,
  readOcspRequest,
  writeOcspRefusal,
  type Certificate,
  type OcspAnswer,
  type OcspCertId,
  type OcspRequest,
  type OcspStatus,
  type RevocationReason,
} from '@sochi/signature';
import type { AppContext } from '../../context.ts';
import { signAsService } from '../../keys/service-keys.ts';
import { createIdentityReader, type ResponderIdentity } from './responder-identity.ts';
import { listStatuses, type StatusRow } from './revocation-queries.ts';

type Context = Pick<AppContext, 'db' | 'clock' | 'keystore'>;

/** The OCSP responder: says of any certificate of the issuing authority how it stands at this moment. */
export type Responder = {
  /** Answers a request of RFC 6960; what cannot be read or is none of ours gets the refusal that says so. Never throws. */
  answer(request: Uint8Array): Promise<OcspReply>;
  /** A fresh answer about each certificate that the issuing authority issued; others are passed over. */
  answersAbout(certificates: readonly Certificate[]): Promise<AnswerAbout[]>;
};

/** `ocsp` is DER. */
export type AnswerAbout = { certificate: Certificate; ocsp: Uint8Array };

export type OcspReply = {
  der: Uint8Array;
  /** For how long anybody may keep it; null for a refusal and for an answer to one asker's nonce. */
  keepUntil: Temporal.Instant | null;
  /** What went wrong with us, for the log. */
  failure?: unknown;
};

/** After this an answer is no longer an answer. */
const ANSWER_VALID = { hours: 1 };
/** How long an answer may be kept by caches on the way: a revocation is known everywhere after this. */
const ANSWER_KEPT = { minutes: 1 };

const statusOf = (row: StatusRow | undefined): OcspStatus => {
  if (!row) return 'unknown';
  if (row.state === 'active' || row.since === null) return 'good';
  // Only the reasons of the contract and `certificateHold` are written into the column.
  return { revokedAt: row.since, reason: (row.reason ?? 'unspecified') as RevocationReason };
};

const readStatuses = async (
  ctx: Context,
  certIds: readonly OcspCertId[],
): Promise<(certId: OcspCertId) => OcspStatus> => {
  const rows = await listStatuses(
    ctx.db,
    certIds.map(({ serial }) => serial),
  );
  const bySerial = new Map(rows.map((row) => [row.serial, row]));
  return ({ serial }) => statusOf(bySerial.get(serial));
};

const answerAbout = (certId: OcspCertId, status: OcspStatus, now: Temporal.Instant): OcspAnswer => ({
  certId,
  status,
  thisUpdate: now,
  nextUpdate: now.add(ANSWER_VALID),
});

const signAnswers = async (
  ctx: Context,
  { own, issuer }: ResponderIdentity,
  answers: { answers: readonly OcspAnswer[]; producedAt: Temporal.Instant; nonce?: Uint8Array | undefined },
): Promise<Uint8Array> => {
  const prepared = prepareOcspResponse({ ...answers, certificate: own.certificate, chain: [], issuer });
  return assembleOcspResponse(prepared, await signAsService(ctx.keystore, own, prepared.toBeSigned));
};

/** One answer about all that was asked; what another authority issued is unknown to us. */
const respond = async (
  ctx: Context,
  identity: ResponderIdentity,
  { certIds, nonce }: OcspRequest,
): Promise<OcspReply> => {
  const ours = new Set(certIds.filter((certId) => isCertIdOf(certId, identity.issuer)));
  if (ours.size === 0) return { der: writeOcspRefusal('unauthorized'), keepUntil: null };
  const statusNow = await readStatuses(ctx, [...ours]);
  const now = ctx.clock.now();
  const answers = certIds.map((certId) =>
    answerAbout(certId, ours.has(certId) ? statusNow(certId) : 'unknown', now),
  );
  const der = await signAnswers(ctx, identity, { answers, producedAt: now, nonce });
  return { der, keepUntil: nonce ? null : now.add(ANSWER_KEPT) };
};

const answersAbout = async (
  ctx: Context,
  identity: ResponderIdentity,
  certificates: readonly Certificate[],
): Promise<AnswerAbout[]> => {
  const { issuer } = identity;
  const asked = certificates
    .filter(({ issuerRaw }) => Buffer.compare(issuerRaw, issuer.subjectRaw) === 0)
    .map((certificate) => ({ certificate, certId: ocspCertId({ certificate, issuer }) }));
  if (asked.length === 0) return [];
  const statusNow = await readStatuses(
    ctx,
    asked.map(({ certId }) => certId),
  );
  const now = ctx.clock.now();
  return Promise.all(
    asked.map(async ({ certificate, certId }) => {
      const answers = [answerAbout(certId, statusNow(certId), now)];
      return { certificate, ocsp: await signAnswers(ctx, identity, { answers, producedAt: now }) };
    }),
  );
};

export const createResponder = (ctx: Context): Responder => {
  const readIdentity = createIdentityReader(ctx);
  return {
    async answer(request) {
      try {
        const asked = readOcspRequest(request);
        return await respond(ctx, await readIdentity(), asked);
      } catch (failure) {
        return failure instanceof MalformedError
          ? { der: writeOcspRefusal('malformedRequest'), keepUntil: null }
          : { der: writeOcspRefusal('tryLater'), keepUntil: null, failure };
      }
    },
    answersAbout: async (certificates) => answersAbout(ctx, await readIdentity(), certificates),
  };
};
