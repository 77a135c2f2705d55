import {
  MalformedError,
  readCertificationRequest,
  verifyCertificationRequest,
  type CertificationRequest,
  type RequestProblem,
} from '@sochi/signature';
import { createPublicKey } from 'node:crypto';
import { AppError } from '../../app-error.ts';

const PEM =
  /^-----BEGIN (NEW )?CERTIFICATE REQUEST-----\s([A-Za-z0-9+/=\s]+)-----END \1?CERTIFICATE REQUEST-----$/;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/** The usual public exponent. A smaller one saves nothing today, and 1 would let everybody sign. */
const LEAST_EXPONENT = 65_537n;
const LEAST_RSA_BITS = 2_048;

/** DER of a request given in PEM or in bare base64; undefined when it is neither. */
const derOf = (text: string): Uint8Array | undefined => {
  const trimmed = text.trim();
  const body = (PEM.exec(trimmed)?.[2] ?? trimmed).replace(/\s/g, '');
  return BASE64.test(body) ? Buffer.from(body, 'base64') : undefined;
};

const parse = (text: string): CertificationRequest => {
  const der = derOf(text);
  if (!der) throw new AppError('certification_request.malformed', {});
  try {
    return readCertificationRequest(der);
  } catch (cause) {
    if (!(cause instanceof MalformedError)) throw cause;
    throw new AppError('certification_request.malformed', {}, { cause });
  }
};

const isWeak = (publicKey: Uint8Array): boolean => {
  const { asymmetricKeyType, asymmetricKeyDetails } = createPublicKey({
    key: Buffer.from(publicKey),
    format: 'der',
    type: 'spki',
  });
  if (asymmetricKeyType !== 'rsa') return false;
  const { modulusLength = 0, publicExponent = 0n } = asymmetricKeyDetails ?? {};
  return modulusLength < LEAST_RSA_BITS || publicExponent < LEAST_EXPONENT;
};

const REFUSALS = {
  key_unreadable: 'certification_request.key_unsupported',
  unsupported_key: 'certification_request.key_unsupported',
  key_of_other_kind: 'certification_request.key_unsupported',
  weak_key: 'certification_request.key_weak',
  unsupported_algorithm: 'certification_request.proof_unsupported',
  unsupported_digest: 'certification_request.proof_unsupported',
  weak_digest: 'certification_request.proof_unsupported',
  digest_algorithms_differ: 'certification_request.proof_unsupported',
  signature_wrong: 'certification_request.proof_wrong',
} as const satisfies Record<RequestProblem, string>;

/**
 * The public key (SubjectPublicKeyInfo, DER) of a certification request, PKCS#10 in PEM or base64, whose sender has shown to
 * hold the private key. What the request says about its sender is not looked at: the certificate says what the papers say.
 * Refuses with one of `certification_request.*`.
 */
export const readRequestKey = async (text: string): Promise<Uint8Array> => {
  const request = parse(text);
  const verdict = await verifyCertificationRequest(request);
  const isKeyAtFault = verdict.ok || verdict.reason === 'unsupported_key';
  if (isKeyAtFault && isWeak(request.publicKey)) throw new AppError('certification_request.key_weak', {});
  if (!verdict.ok) throw new AppError(REFUSALS[verdict.reason], {});
  return request.publicKey;
};
