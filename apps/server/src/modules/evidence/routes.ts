import type { Endpoints } from '@sochi/contract';
import type { CompanyId } from '@sochi/kernel';
import { createHash } from 'node:crypto';
import type { ActiveSession } from '#modules/sessions/index.ts';
import { recordAudit } from '#modules/audit/index.ts';
import { getContent, listCertificates } from '#modules/filings/index.ts';
import { AppError } from '../../app-error.ts';
import type { AppContext } from '../../context.ts';
import { inTransaction } from '../../db/database.ts';
import type { Handlers } from '../../http/handler.ts';
import { buildEvidenceBundle } from './build-bundle.ts';
import { RECEIPT_NAMES, REVOCATION_DOCUMENTS } from './bundle-layout.ts';
import { findEvidence, listDocuments, listRevocation } from './queries.ts';

type Context = Pick<AppContext, 'db' | 'operator' | 'clock'>;

/** The bundle of a postmarked filing, with the receipts there are by now. Refuses with `filing.evidence_not_ready`. */
const makeEvidence = async (
  ctx: Context,
  companyId: CompanyId,
  id: string,
): Promise<{ number: string; bytes: Uint8Array }> => {
  const filing = await findEvidence(ctx.db, companyId, id);
  if (!filing) throw new AppError('filing.not_found', {});
  const { report_sha256, signature_sha256 } = filing;
  const [documents, revocation, signers] = await Promise.all([
    listDocuments(ctx.db, id),
    listRevocation(ctx.db, id),
    listCertificates(ctx.db, id),
  ]);
  const document = (name: string) => {
    const found = documents.find(({ kind }) => kind === name);
    return found && { json: found.json, p7s: found.signature };
  };
  const postmark = document('postmark');
  if (!postmark || !report_sha256 || !signature_sha256) throw new AppError('filing.evidence_not_ready', {});
  const bytes = await buildEvidenceBundle({
    reportXml: await getContent(ctx.db, report_sha256),
    reportP7s: await getContent(ctx.db, signature_sha256),
    postmarkJson: postmark.json,
    postmarkP7s: postmark.p7s,
    delegation: document('delegation') ?? null,
    receipts: RECEIPT_NAMES.flatMap((name) => {
      const receipt = document(name);
      return receipt ? [{ name, ...receipt }] : [];
    }),
    revocation: REVOCATION_DOCUMENTS.flatMap((name) =>
      revocation
        .filter((row) => row.document === name)
        .map(({ file, bytes }) => ({ document: name, file, bytes })),
    ),
    certificates: {
      root: ctx.operator.root.der,
      intermediates: [ctx.operator.issuing.der],
      others: [...signers.map(({ certificate }) => certificate), ctx.operator.certificate.der],
    },
    operatorSigner: ctx.operator.sign,
    operatorSeal: ctx.operator.seal,
  });
  return { number: filing.number, bytes };
};

/** Nobody gets a bundle without leaving word of it. */
const auditDownload = (
  ctx: Context,
  session: ActiveSession,
  bundle: { filingId: string; number: string; bytes: Uint8Array },
): Promise<void> =>
  inTransaction(ctx.db, (tx) =>
    recordAudit(tx, {
      chain: session.companyId,
      act: 'evidence.downloaded',
      actor: { kind: 'officer', id: session.officerId, name: session.fullName },
      from: session.origin,
      subject: { kind: 'filing', id: bundle.filingId },
      data: { number: bundle.number, sha256: createHash('sha256').update(bundle.bytes).digest('hex') },
      at: ctx.clock.now(),
    }),
  );

export const evidenceHandlers = (ctx: Context): Pick<Handlers<Endpoints>, 'getEvidence'> => ({
  getEvidence: async ({ session, params }) => {
    const { number, bytes } = await makeEvidence(ctx, session.companyId, params.id);
    await auditDownload(ctx, session, { filingId: params.id, number, bytes });
    return { bytes, fileName: `sochi-${number}.zip` };
  },
});
