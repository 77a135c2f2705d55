import { randomUUIDv7 } from 'node:crypto';
import type { OfficerRole } from '@sochi/kernel';
import type { CertificateSubject } from '@sochi/contract';
import type { AppContext } from '../../context.ts';
import type { Tx } from '../../db/database.ts';
import type { NewKey } from '../../keys/keystore.ts';
import { getIssuer } from './get-issuer.ts';
import { makeCertificate, type NewCertificate } from './make-certificate.ts';
import { insertCredential } from './queries.ts';
import { recordCertificate, type Basis } from './record-certificate.ts';
import { signatureTerm } from './signature-term.ts';

/** A signature that is made and not recorded yet. */
export type PreparedCredential = {
  id: string;
  carrier: 'cloud' | 'token';
  sealedKey: NewKey['sealed'] | null;
  made: NewCertificate;
};

export type CredentialOrder = {
  role: OfficerRole;
  subject: CertificateSubject;
  /** A key made here that opens with this PIN, or the public key (SubjectPublicKeyInfo, DER) of a token. */
  key: { pin: string } | { publicKey: Uint8Array };
};

/** Makes the key, when it is ours to make, and its certificate for twelve months. Uses the keystore, so outside a transaction. */
export const prepareCredential = async (
  ctx: Pick<AppContext, 'db' | 'keystore' | 'config' | 'clock'>,
  { role, subject, key }: CredentialOrder,
): Promise<PreparedCredential> => {
  const id = randomUUIDv7();
  const { publicKey, sealed } =
    'pin' in key ? await ctx.keystore.createKey(key.pin, id) : { ...key, sealed: null };
  const made = await makeCertificate(ctx, await getIssuer(ctx.db, 'issuing'), {
    profile: role,
    subject,
    publicKey,
    term: signatureTerm(ctx.clock.now()),
    credentialId: id,
  });
  return { id, carrier: sealed ? 'cloud' : 'token', sealedKey: sealed, made };
};

/** Writes down a new signature of an officer of a company; last in the caller's transaction. */
export const recordCredential = async (
  tx: Tx,
  prepared: PreparedCredential,
  basis: Basis & { officerId: string; companyId: string; at: Temporal.Instant },
): Promise<void> => {
  await insertCredential(tx, {
    ...prepared,
    officerId: basis.officerId,
    certificate: prepared.made.certificate,
  });
  await recordCertificate(tx, prepared.made, { ...basis, act: 'issue' });
};
