/** Algorithms and keys, strong and weak, and certificates issued for something else. */
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { algorithmNamed } from '../../algorithms/registry.ts';
import type { SignatureAlgorithmName } from '../../algorithms/signature-algorithm.ts';
import type { GeneratedKeyPair, KeyKind } from '../../ca/generate-key-pair.ts';
import { certificateToPem } from '../../certificate/pem.ts';
import { derOid, derSequence } from '../../der/write-der.ts';
import { OID } from '../../oids.ts';
import * as damaged from '../damaged-cms.ts';
import { COMPANY_INN, type Signer } from '../demo-authority.ts';
import {
  caExtension,
  keyUsageExtension,
  makeOddCertificate,
  type OddExtension,
  type OddOrder,
} from '../odd-certificate.ts';
import { CONTENT, opensslAccepts, type Expected, type Scene, type Vectors } from './scene.ts';

const SIGN = keyUsageExtension(0xc0);
const CERT_SIGN = keyUsageExtension(0x04);
const HEAD_ONLY = { required: { roles: ['head' as const], companyInn: COMPANY_INN } };

const KINDS: ReadonlyArray<readonly [SignatureAlgorithmName, KeyKind]> = [
  ['rsa-pkcs1-sha256', 'rsa-2048'],
  ['rsa-pkcs1-sha384', 'rsa-3072'],
  ['rsa-pkcs1-sha512', 'rsa-4096'],
  ['rsa-pss-sha256', 'rsa-2048'],
  ['rsa-pss-sha384', 'rsa-3072'],
  ['rsa-pss-sha512', 'rsa-4096'],
  ['ecdsa-p384-sha384', 'ecdsa-p384'],
  ['ecdsa-p256-sha512', 'ecdsa-p256'],
];

const addStrong = async ({ authority, sign }: Scene, { add }: Vectors) => {
  for (const [name, key] of KINDS) {
    const signer = await authority.issue({ profile: 'head', key });
    const cms = await sign([signer], { algorithm: algorithmNamed(name) });
    add([`valid-${name}`, `the head signs with ${name} and a key of ${key}`], cms, 'TOTAL-PASSED', HEAD_ONLY);
  }
  const mixed = [
    await authority.issue({ profile: 'head', key: 'rsa-2048' }),
    await authority.issue({ profile: 'accountant', key: 'ecdsa-p384' }),
  ];
  add(['valid-mixed', 'RSA with SHA-256 beside P-384 with SHA-384'], await sign(mixed), 'TOTAL-PASSED');
};

const rsaPair = (modulusLength: number): GeneratedKeyPair => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength });
  return { publicKey: publicKey.export({ type: 'spki', format: 'der' }), privateKey };
};

const subjectOf = (role: string): OddOrder['subject'] => [
  [OID.commonName, `Odd ${role}`],
  [OID.organizationIdentifier, COMPANY_INN],
  [OID.title, role],
];

const addWeak = async ({ authority }: Scene, { add }: Vectors) => {
  const carry = [authority.intermediate];
  const issuer = { certificate: authority.intermediate, privateKey: authority.intermediateKey };
  const order = { subject: subjectOf('head'), issuer, extensions: [SIGN] };
  const signed = (signer: Signer, algorithm = algorithmNamed('rsa-pkcs1-sha256')) => {
    const naming = damaged.signingCertificateValue(signer.certificate);
    return damaged.signWithAttributes(CONTENT, { ...signer, algorithm }, carry, [
      [OID.signingCertificateV2, naming],
    ]);
  };
  const short = await makeOddCertificate({ ...order, keys: rsaPair(1024) });
  add(
    ['weak-key', 'an RSA key of 1024 bits'],
    await signed(short),
    ['TOTAL-FAILED', 'signature', 'weak_key'],
    { ...HEAD_ONLY, ...opensslAccepts('openssl at its lowest security level takes short keys') },
  );
  const long = await makeOddCertificate({ ...order, keys: rsaPair(2048) });
  add(
    ['weak-digest', 'a signature with SHA-1'],
    await signed(long, damaged.RSA_WITH_SHA1),
    ['TOTAL-FAILED', 'signature', 'weak_digest'],
    { ...HEAD_ONLY, ...opensslAccepts('openssl still takes SHA-1') },
  );
  const signing = { digest: 'sha1', identifier: derSequence(derOid(OID.ecdsaWithSha1)) };
  const issuedWithSha1 = await makeOddCertificate({ ...order, keys: rsaPair(2048), signing });
  add(
    ['weak-certificate', 'a certificate issued with SHA-1'],
    await signed(issuedWithSha1),
    ['TOTAL-FAILED', 'chain', 'weak_digest'],
    { ...HEAD_ONLY, ...opensslAccepts('openssl at its lowest security level takes SHA-1') },
  );
};

interface OddIssuer {
  readonly certificate: Signer['certificate'];
  readonly privateKey: KeyObject;
}

const addChains = async ({ sign }: Scene, { add, write }: Vectors) => {
  const make = (name: string, issuer: OddIssuer | null, extensions: readonly OddExtension[]) =>
    makeOddCertificate({ subject: [[OID.commonName, name]], issuer, extensions });
  const leaf = (issuer: OddIssuer, extensions: readonly OddExtension[] = [SIGN]) =>
    makeOddCertificate({ subject: subjectOf('head'), issuer, extensions });
  const root = await make('Odd Root', null, [caExtension(), CERT_SIGN]);
  const trusting = { ...HEAD_ONLY, trustAnchors: [write('odd-root.pem', certificateToPem(root.certificate.der))] };
  const addChain = async (
    names: readonly [string, string],
    signer: Signer,
    carry: readonly OddIssuer[],
    expected: Expected,
  ) =>
    add(names, await sign([signer], { carry: carry.map(({ certificate }) => certificate) }), expected, trusting);
  const upper = await make('Odd Upper', root, [caExtension(0), CERT_SIGN]);
  const lower = await make('Odd Lower', upper, [caExtension(), CERT_SIGN]);
  await addChain(['valid-chain', 'root, issuing authority, signer'], await leaf(upper), [upper], 'TOTAL-PASSED');
  await addChain(['path-too-long', 'an authority below one that may issue leaves only'], await leaf(lower), [lower, upper], [
    'TOTAL-FAILED',
    'chain',
    'path_too_long',
  ]);
  const bare = await make('Odd Signer', root, [SIGN]);
  await addChain(['issuer-not-ca', 'a signer that acts as an authority'], await leaf(bare), [bare], [
    'TOTAL-FAILED',
    'chain',
    'issuer_not_ca',
  ]);
  const mute = await make('Odd Authority', root, [caExtension(), SIGN]);
  await addChain(['issuer-key-usage', 'an authority whose key is not for certificates'], await leaf(mute), [mute], [
    'TOTAL-FAILED',
    'chain',
    'issuer_key_usage',
  ]);
  const critical = { oid: '1.2.3.4', isCritical: true, value: Uint8Array.of(5, 0) };
  await addChain(['critical-extension', 'a condition nobody understands'], await leaf(upper, [SIGN, critical]), [upper], [
    'TOTAL-FAILED',
    'chain',
    'critical_extension_unknown',
  ]);
};

const addUsages = async ({ head, authority, sign }: Scene, { add }: Vectors) => {
  const carry = [authority.intermediate];
  const other = await authority.issue({ profile: 'timestamp' });
  add(
    ['extended-key-usage', 'a certificate for timestamps signs a report'],
    await sign([other], { carry }),
    ['TOTAL-FAILED', 'key_usage', 'extended_key_usage'],
    { ...HEAD_ONLY, ...opensslAccepts('openssl is asked for any purpose, as signers’ certificates name none') },
  );
  const issuer = { certificate: authority.intermediate, privateKey: authority.intermediateKey };
  const order = { subject: subjectOf('head'), issuer, extensions: [keyUsageExtension(0x20)] };
  add(
    ['key-usage', 'a key for encryption only'],
    await sign([await makeOddCertificate(order)]),
    ['TOTAL-FAILED', 'key_usage', 'key_usage'],
    { ...HEAD_ONLY, ...opensslAccepts('openssl is asked for any purpose') },
  );
  add(
    ['key-of-other-kind', 'the signature names RSA, the key is P-256'],
    damaged.withSignatureAlgorithm(await sign([head]), algorithmNamed('rsa-pkcs1-sha256').signerIdentifier),
    ['TOTAL-FAILED', 'signature', 'key_of_other_kind'],
    { ...HEAD_ONLY, ...opensslAccepts('openssl goes by the key, whatever algorithm is named') },
  );
};

export const addAlgorithmCases = async (scene: Scene, vectors: Vectors): Promise<void> => {
  await addStrong(scene, vectors);
  await addWeak(scene, vectors);
  await addChains(scene, vectors);
  await addUsages(scene, vectors);
};
