import type { Endpoints } from '@sochi/contract';
import type { CompanyId } from '@sochi/kernel';
import { getContent, listCertificates } from '#modules/filings/index.ts';
import { AppError } from '../../app-error.ts';
import type { AppContext } from '../../context.ts';
import type { Handlers } from '../../http/handler.ts';
import { buildEvidenceBundle } from './build-bundle.ts';
import { RECEIPT_NAMES } from './bundle-layout.ts';
import { findEvidence, listDocuments } from './queries.ts';

type Context = Pick<AppContext, 'db' | 'operator'>;

/** The bundle of a postmarked filing, with the receipts there are by now. Refuses with `filing.evidence_not_ready`. */
const makeEvidence = async (
  ctx: Context,
  companyId: CompanyId,
  id: string,
): Promise<{ number: string; bytes: Uint8Array }> => {
  const filing = await findEvidence(ctx.db, companyId, id);
  if (!filing) throw new AppError('filing.not_found', {});
  const { report_sha256, signature_sha256 } = filing;
  const [documents, signers] = await Promise.all([listDocuments(ctx.db, id), listCertificates(ctx.db, id)]);
  const postmark = documents.find(({ kind }) => kind === 'postmark');
  if (!postmark || !report_sha256 || !signature_sha256) throw new AppError('filing.evidence_not_ready', {});
  const receipts = RECEIPT_NAMES.flatMap((name) =>
    documents
      .filter(({ kind }) => kind === name)
      .map(({ json, signature }) => ({ name, json, p7s: signature })),
  );
  const bytes = await buildEvidenceBundle({
    reportXml: await getContent(ctx.db, report_sha256),
    reportP7s: await getContent(ctx.db, signature_sha256),
    postmarkJson: postmark.json,
    postmarkP7s: postmark.signature,
    receipts,
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

export const evidenceHandlers = (ctx: Context): Pick<Handlers<Endpoints>, 'getEvidence'> => ({
  getEvidence: async ({ session, params }) => {
    const { number, bytes } = await makeEvidence(ctx, session.companyId, params.id);
    return { bytes, fileName: `sochi-${number}.zip` };
  },
});
