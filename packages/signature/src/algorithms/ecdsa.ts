import { DER_NULL, derOid, derSequence } from '../der/write-der.ts';
import { OID } from '../oids.ts';
import { DIGESTS, type DigestName } from './digest-algorithm.ts';
import type {
  KeyHolder,
  KeyProblem,
  SignatureAlgorithm,
  SignatureAlgorithmName,
} from './signature-algorithm.ts';
import { verifyWithNode } from './verify-with-node.ts';

type CurveName = 'p256' | 'p384';

const CURVES: Readonly<Record<CurveName, string>> = { p256: 'prime256v1', p384: 'secp384r1' };
/** Curves of fewer than 256 bits that certificates still turn up with. */
const WEAK_CURVES: readonly string[] = ['prime192v1', 'secp192k1', 'secp224r1', 'secp224k1'];

const OIDS: Readonly<Record<DigestName, string>> = {
  sha256: OID.ecdsaWithSha256,
  sha384: OID.ecdsaWithSha384,
  sha512: OID.ecdsaWithSha512,
};

const keyProblem = (curve: CurveName, { publicKey }: KeyHolder): KeyProblem | null => {
  if (publicKey.asymmetricKeyType !== 'ec') return 'key_of_other_kind';
  const { namedCurve = '' } = publicKey.asymmetricKeyDetails ?? {};
  if (namedCurve === CURVES[curve]) return null;
  return WEAK_CURVES.includes(namedCurve) ? 'weak_key' : 'key_of_other_kind';
};

/** ECDSA on one curve with one digest; signatures are DER (RFC 5753 §2.1.1). */
export const ecdsa = (curve: CurveName, digest: DigestName): SignatureAlgorithm => {
  const oid = derOid(OIDS[digest]);
  const identifier = derSequence(oid);
  const spellings = [identifier, derSequence(oid, DER_NULL)];
  const name: SignatureAlgorithmName = `ecdsa-${curve}-${digest}`;
  return {
    name,
    digest: DIGESTS[digest],
    signerIdentifier: identifier,
    signerSpellings: spellings,
    certificateIdentifier: identifier,
    certificateSpellings: spellings,
    keyProblem: (key) => keyProblem(curve, key),
    accepts: (key) => keyProblem(curve, key) === null,
    verify: verifyWithNode(digest, null),
    signing: {},
  };
};
