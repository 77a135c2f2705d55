import { constants } from 'node:crypto';
import { TAG } from '../der/tags.ts';
import { DER_NULL, derOid, derSequence, derSmallInteger, derValue } from '../der/write-der.ts';
import { OID } from '../oids.ts';
import { DIGESTS, type DigestAlgorithm, type DigestName } from './digest-algorithm.ts';
import type { KeyHolder, KeyProblem, SignatureAlgorithm } from './signature-algorithm.ts';
import { verifyWithNode } from './verify-with-node.ts';

const MIN_BITS = 2048;

const OIDS: Readonly<Record<DigestName, string>> = {
  sha256: OID.sha256WithRsa,
  sha384: OID.sha384WithRsa,
  sha512: OID.sha512WithRsa,
};

const strengthProblem = ({ publicKey }: KeyHolder): KeyProblem | null =>
  (publicKey.asymmetricKeyDetails?.modulusLength ?? 0) < MIN_BITS ? 'weak_key' : null;

const plainKeyProblem = (key: KeyHolder): KeyProblem | null =>
  key.publicKey.asymmetricKeyType === 'rsa' ? strengthProblem(key) : 'key_of_other_kind';

/** RSASSA-PKCS1-v1_5 with one digest, from 2048 bits. */
export const rsaPkcs1 = (digest: DigestName): SignatureAlgorithm => {
  const certificateIdentifier = derSequence(derOid(OIDS[digest]), DER_NULL);
  // RFC 3370 §3.2: in a SignerInfo the identifier is rsaEncryption, the digest being named beside it; timestamp authorities
  // write the other one, which RFC 5754 §3.2 allows too.
  const signerIdentifier = derSequence(derOid(OID.rsaEncryption), DER_NULL);
  const certificateSpellings = [certificateIdentifier, derSequence(derOid(OIDS[digest]))];
  return {
    name: `rsa-pkcs1-${digest}`,
    digest: DIGESTS[digest],
    signerIdentifier,
    signerSpellings: [signerIdentifier, derSequence(derOid(OID.rsaEncryption)), ...certificateSpellings],
    certificateIdentifier,
    certificateSpellings,
    keyProblem: plainKeyProblem,
    accepts: (key) => plainKeyProblem(key) === null,
    verify: verifyWithNode(digest, { padding: constants.RSA_PKCS1_PADDING }),
    signing: { padding: constants.RSA_PKCS1_PADDING },
  };
};

// A key of the kind `rsa-pss` may be bound to one digest and a least length of salt (RFC 4055 §1.2).
const pssKeyProblem = (key: KeyHolder, { name, size }: DigestAlgorithm): KeyProblem | null => {
  const { asymmetricKeyType, asymmetricKeyDetails } = key.publicKey;
  if (asymmetricKeyType === 'rsa') return strengthProblem(key);
  if (asymmetricKeyType !== 'rsa-pss') return 'key_of_other_kind';
  const { hashAlgorithm = name, mgf1HashAlgorithm = name, saltLength = size } = asymmetricKeyDetails ?? {};
  if (hashAlgorithm !== name || mgf1HashAlgorithm !== name || saltLength > size) return 'key_of_other_kind';
  return strengthProblem(key);
};

// RSASSA-PSS-params (RFC 4055 §3.1): one digest for hash and mask, the salt as long as it, the trailer left out.
const pssIdentifier = (hash: Uint8Array, maskHash: Uint8Array, saltLength: number): Uint8Array =>
  derSequence(
    derOid(OID.rsassaPss),
    derSequence(
      derValue(TAG.context0Constructed, hash),
      derValue(TAG.context1Constructed, derSequence(derOid(OID.mgf1), maskHash)),
      derValue(TAG.context2Constructed, derSmallInteger(saltLength)),
    ),
  );

/** RSASSA-PSS with one digest for everything and a salt as long as it, from 2048 bits. */
export const rsaPss = (name: DigestName): SignatureAlgorithm => {
  const digest = DIGESTS[name];
  const identifier = pssIdentifier(digest.identifier, digest.identifier, digest.size);
  const spellings = digest.spellings.flatMap((hash) =>
    digest.spellings.map((maskHash) => pssIdentifier(hash, maskHash, digest.size)),
  );
  const options = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: digest.size };
  return {
    name: `rsa-pss-${name}`,
    digest,
    signerIdentifier: identifier,
    signerSpellings: spellings,
    certificateIdentifier: identifier,
    certificateSpellings: spellings,
    keyProblem: (key) => pssKeyProblem(key, digest),
    accepts: (key) => pssKeyProblem(key, digest) === null,
    verify: verifyWithNode(name, options),
    signing: options,
  };
};
