/** The holder's side of PKCS#10 (RFC 2986): asking for a certificate for a key that stays where it is. */
import { keyHolderOf } from '../algorithms/registry.ts';
import { derSequence, derSmallInteger } from '../der/write-der.ts';
import { derContext } from '../der/write-values.ts';
import { assembleSigned, issuingAlgorithm, type ToSign } from './to-sign.ts';
import { writeName, type CertificateSubject } from './write-name.ts';

/**
 * First step: the bytes that the very key must sign with `algorithm`. `publicKey` is SubjectPublicKeyInfo, DER; the subject is a
 * wish, which the centre need not grant. Throws IssuingError.
 */
export const prepareCertificationRequest = (wish: {
  readonly subject: CertificateSubject;
  readonly publicKey: Uint8Array;
}): ToSign => ({
  toBeSigned: derSequence(
    derSmallInteger(0),
    writeName(wish.subject, undefined),
    wish.publicKey,
    derContext(0, new Uint8Array()),
  ),
  algorithm: issuingAlgorithm(keyHolderOf(wish.publicKey)),
});

/** Second step: DER of the request. The signature is not verified here. */
export const assembleCertificationRequest = (prepared: ToSign, signature: Uint8Array): Uint8Array =>
  assembleSigned(prepared, signature);
