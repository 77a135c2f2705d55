import { assembleCertificate, prepareCertificate, readCertificate } from '@sochi/signature';
import { randomUUIDv7 } from 'node:crypto';
import { OPERATOR_CHAIN, recordAudit } from '#modules/audit/index.ts';
import type { Tx } from '../../db/database.ts';
import type { NewKey } from '../../keys/keystore.ts';
import { signAsService, type ServiceKeyName } from '../../keys/service-keys.ts';
import { auditActor } from './audit-act.ts';
import type { CentreContext } from './centre-context.ts';
import { getIssuer } from './get-issuer.ts';
import { keyHash, makeCertificate, type CertificateOrder, type NewCertificate } from './make-certificate.ts';
import { recordCertificate, type Basis } from './record-certificate.ts';
import { SERVICE_CERTIFICATES } from './service-certificates.ts';

export type PreparedServiceKey = { name: ServiceKeyName; key: NewKey; made: NewCertificate };

/** The root signs itself. */
const makeRoot = async (
  ctx: Pick<CentreContext, 'keystore'>,
  key: NewKey,
  order: CertificateOrder,
): Promise<NewCertificate> => {
  const { profile, subject, publicKey, term } = order;
  const prepared = prepareCertificate({ profile, subject, publicKey, ...term, selfSigned: true });
  const signature = await signAsService(ctx.keystore, { name: 'root', key: key.sealed }, prepared.toBeSigned);
  return {
    id: randomUUIDv7(),
    authority: 'root',
    profile,
    subject,
    certificate: readCertificate(assembleCertificate(prepared, signature)),
    keySha256: keyHash(publicKey),
    credentialId: null,
    replaces: null,
  };
};

/** A new key in the keystore with its certificate; nothing is recorded yet. Uses the keystore, so outside a transaction. */
export const prepareServiceKey = async (
  ctx: CentreContext,
  name: ServiceKeyName,
  { organization, replaces }: { organization: string; replaces?: string },
): Promise<PreparedServiceKey> => {
  const { issuer, commonName, term } = SERVICE_CERTIFICATES[name];
  const key = await ctx.keystore.createServiceKey(name);
  const order: CertificateOrder = {
    profile: name,
    subject: { commonName, organizationName: organization },
    publicKey: key.publicKey,
    term: term(ctx.clock.now()),
    ...(replaces === undefined ? {} : { replaces }),
  };
  const made =
    name === 'root'
      ? await makeRoot(ctx, key, order)
      : await makeCertificate(ctx, await getIssuer(ctx.db, issuer), order);
  return { name, key, made };
};

/** Writes down the certificate of a service key, and that the key was made; last in the caller's transaction. */
export const recordServiceKey = async (
  tx: Tx,
  { name, made }: PreparedServiceKey,
  basis: Basis & { act: 'issue' | 'renew'; at: Temporal.Instant },
): Promise<void> => {
  await recordCertificate(tx, made, { ...basis, companyId: null });
  await recordAudit(tx, {
    chain: OPERATOR_CHAIN,
    act: 'service_key.created',
    actor: auditActor(basis.officer),
    subject: { kind: 'service_key', id: name },
    data: { certificate: made.certificate.sha256 },
    at: basis.at,
  });
};
