import { algorithmForKey, type SignatureAlgorithm } from '../algorithms.ts';
import type { Certificate } from '../certificate/certificate.ts';
import { SigningError } from './signing-error.ts';
import { writeSignedAttributes } from './signed-attributes.ts';

/** One signer of one content, ready for the key: whoever holds it signs `toBeSigned` and nothing else. */
export interface PreparedSigner {
  readonly certificate: Certificate;
  readonly algorithm: SignatureAlgorithm;
  readonly contentSha256: Uint8Array;
  /** DER of the signed attributes as a SET. */
  readonly toBeSigned: Uint8Array;
}

/**
 * First step of signing: the bytes the key must sign with `algorithm` (hashing included). `signingTime` is cut to the
 * second. Throws SigningError `bad_digest` (not 32 bytes) or `unsupported_key`.
 */
export const prepareSigner = (input: {
  readonly contentSha256: Uint8Array;
  readonly certificate: Certificate;
  readonly signingTime: Temporal.Instant;
}): PreparedSigner => {
  if (input.contentSha256.length !== 32) throw new SigningError('bad_digest');
  const algorithm = algorithmForKey(input.certificate.publicKey);
  if (algorithm === undefined) throw new SigningError('unsupported_key');
  return {
    certificate: input.certificate,
    algorithm,
    contentSha256: input.contentSha256,
    toBeSigned: writeSignedAttributes(input),
  };
};
