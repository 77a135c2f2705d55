import type { CertificateHolder } from '@sochi/contract';
import { inTransaction } from '../../../db/database.ts';
import { checkDocuments } from '../basis-documents.ts';
import type { CentreContext } from '../centre-context.ts';
import { getIssuer } from '../get-issuer.ts';
import { getOfficerHolder, otherSubject } from '../holders.ts';
import { makeCertificate } from '../make-certificate.ts';
import { prepareCredential, recordCredential } from '../prepare-credential.ts';
import { readRequestKey } from '../read-request.ts';
import { recordCertificate, type Basis } from '../record-certificate.ts';
import { signatureTerm } from '../signature-term.ts';
import { once } from './once.ts';

type Holder<Kind> = Extract<CertificateHolder, { kind: Kind }>;

const issueToOfficer = async (
  ctx: CentreContext,
  basis: Basis,
  { publicKey, ...named }: Holder<'officer'> & { publicKey: Uint8Array },
): Promise<string> => {
  const holder = await getOfficerHolder(ctx.db, named);
  const prepared = await prepareCredential(ctx, { ...holder, key: { publicKey } });
  const at = ctx.clock.now();
  await inTransaction(ctx.db, (tx) => recordCredential(tx, prepared, { ...basis, ...holder, at }));
  return prepared.made.id;
};

const issueToOther = async (
  ctx: CentreContext,
  basis: Basis,
  holder: Holder<'complex' | 'agency'>,
  publicKey: Uint8Array,
): Promise<string> => {
  const at = ctx.clock.now();
  const made = await makeCertificate(ctx, await getIssuer(ctx.db, 'issuing'), {
    ...otherSubject(holder),
    publicKey,
    term: signatureTerm(at),
  });
  await inTransaction(ctx.db, (tx) =>
    recordCertificate(tx, made, { ...basis, act: 'issue', companyId: null, at }),
  );
  return made.id;
};

/**
 * Issues a certificate for the key of a certification request (PKCS#10 in PEM or base64), which its sender must have signed with
 * it: a token's, or an agency's. Gives the certificate's id; refuses with one of `certification_request.*`.
 */
export const issueFromRequest = (
  ctx: CentreContext,
  basis: Basis,
  input: { holder: CertificateHolder; request: string },
): Promise<string> =>
  once(ctx, { act: 'issue', basis }, async () => {
    checkDocuments('issue', basis.documents);
    const publicKey = await readRequestKey(input.request);
    return input.holder.kind === 'officer'
      ? issueToOfficer(ctx, basis, { ...input.holder, publicKey })
      : issueToOther(ctx, basis, input.holder, publicKey);
  });
