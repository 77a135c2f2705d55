import { defaultAlgorithm } from '../algorithms/registry.ts';
import type { SignatureAlgorithm } from '../algorithms/signature-algorithm.ts';
import type { Certificate } from '../certificate/certificate.ts';
import { digestLookup, type DigestLookup, type SignedContent } from './signed-content.ts';
import { SigningError } from './signing-error.ts';
import { writeSignedAttributes } from './signed-attributes.ts';

/** One signer of one content, ready for the key: whoever holds it signs `toBeSigned` and nothing else. */
export interface PreparedSigner {
  readonly certificate: Certificate;
  readonly algorithm: SignatureAlgorithm;
  readonly digestOf: DigestLookup;
  /** DER of the signed attributes as a SET. */
  readonly toBeSigned: Uint8Array;
}

/**
 * First step of signing: the bytes the key must sign with `algorithm` (hashing included), by default the key's own. `signingTime`
 * is cut to the second. Throws SigningError `unsupported_key`, `bad_role`, or `bad_digest` when the content's digest is missing or of another
 * length than the algorithm's.
 */
export const prepareSigner = (
  input: SignedContent & {
    readonly certificate: Certificate;
    readonly signingTime: Temporal.Instant;
    /** By default the key's own. */
    readonly algorithm?: SignatureAlgorithm;
    /** Signed with the rest: 1 to 1024 visible ASCII characters, best a URI. */
    readonly claimedRole?: string;
  },
): PreparedSigner => {
  const { certificate, algorithm = defaultAlgorithm(certificate) } = input;
  if (algorithm?.accepts(certificate) !== true) throw new SigningError('unsupported_key');
  const digestOf = digestLookup(input);
  const contentDigest = digestOf(algorithm.digest);
  if (contentDigest?.length !== algorithm.digest.size) throw new SigningError('bad_digest');
  return {
    certificate,
    algorithm,
    digestOf,
    toBeSigned: writeSignedAttributes({ ...input, contentDigest }),
  };
};
