import type { CERTIFICATE_PROFILES, CertificateSubject } from '@sochi/contract';
import { assembleCertificate, prepareCertificate, readCertificate, type Certificate } from '@sochi/signature';
import { createHash, createPublicKey, randomUUIDv7 } from 'node:crypto';
import type { AppContext } from '../../context.ts';
import { signAsService } from '../../keys/service-keys.ts';
import type { Authority } from './authority.ts';
import type { Issuer } from './get-issuer.ts';
import { locationsOf } from './locations.ts';
import { within, type Term } from './signature-term.ts';

export type CertificateProfile = (typeof CERTIFICATE_PROFILES)[number];

/** A certificate that was signed and is not recorded yet: nobody may see it before it is. */
export type NewCertificate = {
  id: string;
  authority: Authority;
  profile: CertificateProfile;
  subject: CertificateSubject;
  certificate: Certificate;
  keySha256: Buffer;
  credentialId: string | null;
  replaces: string | null;
};

export type CertificateOrder = {
  profile: CertificateProfile;
  subject: CertificateSubject;
  /** SubjectPublicKeyInfo, DER. */
  publicKey: Uint8Array;
  term: Term;
  credentialId?: string;
  /** Id of the certificate it is the successor of. */
  replaces?: string;
};

/** SHA-256 of a public key (SubjectPublicKeyInfo, DER), written one way however it came. */
export const keyHash = (publicKey: Uint8Array): Buffer =>
  createHash('sha256')
    .update(
      createPublicKey({ key: Buffer.from(publicKey), format: 'der', type: 'spki' }).export({
        format: 'der',
        type: 'spki',
      }),
    )
    .digest();

/** Has the issuing authority, or the root, sign a certificate; it ends with its issuer at the latest. Uses the keystore. */
export const makeCertificate = async (
  ctx: Pick<AppContext, 'keystore' | 'config'>,
  issuer: Issuer,
  order: CertificateOrder,
): Promise<NewCertificate> => {
  const prepared = prepareCertificate({
    profile: order.profile,
    subject: order.subject,
    publicKey: order.publicKey,
    ...within(order.term, issuer.certificate),
    issuer: issuer.certificate,
    locations: locationsOf(ctx.config.pki.url, issuer.name),
  });
  const signature = await signAsService(ctx.keystore, issuer, prepared.toBeSigned);
  return {
    id: randomUUIDv7(),
    authority: issuer.name,
    profile: order.profile,
    subject: order.subject,
    certificate: readCertificate(assembleCertificate(prepared, signature)),
    keySha256: keyHash(order.publicKey),
    credentialId: order.credentialId ?? null,
    replaces: order.replaces ?? null,
  };
};
