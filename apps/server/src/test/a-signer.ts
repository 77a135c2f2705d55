import {
  assembleCertificate,
  createRootCertificate,
  generateP256KeyPair,
  issueCaCertificate,
  issueSignerCertificate,
  prepareCertificate,
  readCertificate,
  type Certificate,
} from '@sochi/signature';
import type { KeyObject } from 'node:crypto';
import type { AppContext } from '../context.ts';
import { getServiceKey, signAsService } from '../keys/service-keys.ts';
import { systemClock } from '../system-clock.ts';

/** Somebody outside the portal who can sign, with the authority that certified them. */
export type TestSigner = { certificate: Certificate; privateKey: KeyObject; issuing: Certificate };

type Profile = 'agency' | 'operator' | 'head';

const SUBJECT = {
  commonName: 'ГНС',
  organizationName: 'ГНС',
  companyInn: '01503201810015',
  personalInn: '21204197500123',
};

const term = () => {
  const notBefore = systemClock.now().round({ smallestUnit: 'second', roundingMode: 'trunc' });
  return { notBefore, notAfter: notBefore.add({ hours: 24 }) };
};

/** Certified by the portal's own authority, past its books. */
export const aSigner = async (
  ctx: Pick<AppContext, 'db' | 'keystore'>,
  profile: Profile = 'agency',
): Promise<TestSigner> => {
  const issuing = await getServiceKey(ctx.db, 'issuing');
  const { publicKey, privateKey } = await generateP256KeyPair();
  const issuer = issuing.certificate;
  const prepared = prepareCertificate({ ...term(), profile, subject: SUBJECT, publicKey, issuer });
  const signature = await signAsService(ctx.keystore, issuing, prepared.toBeSigned);
  const certificate = readCertificate(assembleCertificate(prepared, signature));
  return { certificate, privateKey, issuing: issuer };
};

/** Certified by an authority that nobody here knows. */
export const aStranger = async (profile: Profile = 'agency'): Promise<TestSigner> => {
  const [rootKey, issuingKey, own] = await Promise.all([
    generateP256KeyPair(),
    generateP256KeyPair(),
    generateP256KeyPair(),
  ]);
  const subject = { commonName: 'Чужой УЦ', organizationName: 'Чужой УЦ' };
  const root = await createRootCertificate({ ...term(), subject, privateKey: rootKey.privateKey });
  const issuing = await issueCaCertificate({
    ...term(),
    issuer: root,
    issuerKey: rootKey.privateKey,
    subject,
    publicKey: issuingKey.publicKey,
  });
  const certificate = await issueSignerCertificate({
    ...term(),
    issuer: issuing,
    issuerKey: issuingKey.privateKey,
    profile,
    subject: SUBJECT,
    publicKey: own.publicKey,
  });
  return { certificate, privateKey: own.privateKey, issuing };
};
