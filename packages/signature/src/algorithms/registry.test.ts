import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { DER_NULL, derOid, derSequence, derSmallInteger, derValue } from '../der/write-der.ts';
import { TAG } from '../der/tags.ts';
import { OID } from '../oids.ts';
import { DIGESTS } from './digest-algorithm.ts';
import {
  algorithmNamed,
  certificateAlgorithm,
  defaultAlgorithm,
  keyHolderOf,
  signerAlgorithm,
} from './registry.ts';
import { signBytes } from './sign-bytes.ts';
import { SIGNATURE_ALGORITHMS, type KeyHolder } from './signature-algorithm.ts';

interface Pair {
  readonly holder: KeyHolder;
  readonly privateKey: KeyObject;
}

const pairOf = ({ publicKey, privateKey }: { publicKey: KeyObject; privateKey: KeyObject }): Pair => ({
  holder: keyHolderOf(publicKey.export({ type: 'spki', format: 'der' })),
  privateKey,
});
const curve = (namedCurve: string) => pairOf(generateKeyPairSync('ec', { namedCurve }));
const rsa = (modulusLength: number) => pairOf(generateKeyPairSync('rsa', { modulusLength }));

const P256 = curve('P-256');
const P384 = curve('P-384');
const RSA = rsa(2048);
const PAIRS = { p256: P256, p384: P384, pkcs1: RSA, pss: RSA };
const DATA = Buffer.from('signed attributes');

const pairFor = (name: string): Pair => {
  const found = Object.entries(PAIRS).find(([kind]) => name.includes(kind));
  if (found === undefined) throw new Error(name);
  return found[1];
};

describe('each row', () => {
  it.each(SIGNATURE_ALGORITHMS)('%s signs, and is found again by what it writes', async (name) => {
    const algorithm = algorithmNamed(name);
    const { holder, privateKey } = pairFor(name);
    const signature = await signBytes(privateKey, DATA, algorithm);
    expect(await algorithm.verify(holder, DATA, signature)).toBe(true);
    expect(await algorithm.verify(holder, Buffer.from('other'), signature)).toBe(false);
    expect(await algorithm.verify(holder, DATA, signature.subarray(1))).toBe(false);
    const { digest, signerIdentifier, certificateIdentifier } = algorithm;
    const named = { digestAlgorithm: digest.identifier, signatureAlgorithm: signerIdentifier };
    expect(signerAlgorithm(named, holder)).toEqual({ ok: true, algorithm });
    expect(certificateAlgorithm(certificateIdentifier, holder)).toEqual({ ok: true, algorithm });
  });

  it('is another way of signing: no other row verifies what it made', async () => {
    const signature = await signBytes(RSA.privateKey, DATA, algorithmNamed('rsa-pss-sha256'));
    for (const name of ['rsa-pkcs1-sha256', 'rsa-pss-sha384'] as const)
      expect(await algorithmNamed(name).verify(RSA.holder, DATA, signature)).toBe(false);
  });
});

describe('the registry', () => {
  it('signs with what suits the key', () => {
    expect([P256, P384, RSA].map(({ holder }) => defaultAlgorithm(holder)?.name)).toEqual([
      'ecdsa-p256-sha256',
      'ecdsa-p384-sha384',
      'rsa-pkcs1-sha256',
    ]);
    const bound = pairOf(
      generateKeyPairSync('rsa-pss', {
        modulusLength: 2048,
        hashAlgorithm: 'sha512',
        mgf1HashAlgorithm: 'sha512',
      }),
    );
    expect(defaultAlgorithm(bound.holder)?.name).toBe('rsa-pss-sha512');
  });

  it('has nothing for weak keys and other kinds, and says which it is', () => {
    const weak = [rsa(1024), curve('secp224r1')];
    const foreign = [curve('P-521'), curve('secp256k1'), pairOf(generateKeyPairSync('ed25519'))];
    for (const { holder } of [...weak, ...foreign]) expect(defaultAlgorithm(holder)).toBeUndefined();
    const [rsaWeak, curveWeak] = weak;
    const { certificateIdentifier } = algorithmNamed('rsa-pkcs1-sha256');
    expect(rsaWeak && certificateAlgorithm(certificateIdentifier, rsaWeak.holder)).toMatchObject({
      reason: 'weak_key',
    });
    const ecdsa = algorithmNamed('ecdsa-p256-sha256').certificateIdentifier;
    expect(curveWeak && certificateAlgorithm(ecdsa, curveWeak.holder)).toMatchObject({ reason: 'weak_key' });
    expect(certificateAlgorithm(ecdsa, RSA.holder)).toMatchObject({ reason: 'key_of_other_kind' });
  });

  it('names SHA-1 and MD5 as weak, wherever they stand', () => {
    const pss = (hash: string, maskHash: string) =>
      derSequence(
        derOid(OID.rsassaPss),
        derSequence(
          derValue(TAG.context0Constructed, derSequence(derOid(hash))),
          derValue(TAG.context1Constructed, derSequence(derOid(OID.mgf1), derSequence(derOid(maskHash)))),
          derValue(TAG.context2Constructed, derSmallInteger(20)),
        ),
      );
    const weak = [
      derSequence(derOid(OID.sha1WithRsa), DER_NULL),
      derSequence(derOid(OID.md5WithRsa), DER_NULL),
      derSequence(derOid(OID.ecdsaWithSha1)),
      derSequence(derOid(OID.rsassaPss), derSequence()),
      pss(OID.sha1, OID.sha1),
      pss(OID.sha256, OID.sha1),
    ];
    for (const identifier of weak)
      expect(certificateAlgorithm(identifier, RSA.holder)).toMatchObject({ reason: 'weak_digest' });
    const named = {
      digestAlgorithm: derSequence(derOid(OID.sha1)),
      signatureAlgorithm: algorithmNamed('rsa-pkcs1-sha256').signerIdentifier,
    };
    expect(signerAlgorithm(named, RSA.holder)).toMatchObject({ reason: 'weak_digest' });
    expect(certificateAlgorithm(pss(OID.sha256, OID.sha256), RSA.holder)).toMatchObject({
      reason: 'unsupported_algorithm',
    });
  });

  it('reads the spellings of timestamp authorities and NULL for no parameters, and nothing in disagreement', () => {
    const { certificateIdentifier } = algorithmNamed('rsa-pkcs1-sha256');
    const signer = (digestAlgorithm: Uint8Array, signatureAlgorithm: Uint8Array) =>
      signerAlgorithm({ digestAlgorithm, signatureAlgorithm }, RSA.holder);
    const withNull = derSequence(derOid(OID.sha256), DER_NULL);
    expect(signer(withNull, certificateIdentifier)).toMatchObject({
      algorithm: { name: 'rsa-pkcs1-sha256' },
    });
    expect(signer(DIGESTS.sha384.identifier, certificateIdentifier)).toMatchObject({
      reason: 'digest_algorithms_differ',
    });
    expect(signer(derSequence(derOid(OID.sha256), derSequence()), certificateIdentifier)).toMatchObject({
      reason: 'unsupported_digest',
    });
  });
});
