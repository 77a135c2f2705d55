/** Certificates our authority would never issue, written byte by byte: for tests of the reader and of chains. */
import { sign, type KeyObject } from 'node:crypto';
import { generateP256KeyPair, type GeneratedKeyPair } from '../ca/generate-key-pair.ts';
import { readCertificate, type Certificate } from '../certificate/certificate.ts';
import { TAG } from '../der/tags.ts';
import { derTime } from '../der/time.ts';
import {
  derOctetString,
  derOid,
  derSequence,
  derSetOf,
  derSmallInteger,
  derValue,
} from '../der/write-der.ts';
import { OID } from '../oids.ts';
import { VALID_FROM, VALID_UNTIL } from './demo-authority.ts';

type Attribute = readonly [oid: string, text: string];

export interface OddExtension {
  readonly oid: string;
  readonly isCritical: boolean;
  readonly value: Uint8Array;
}

const TRUE = Uint8Array.of(TAG.boolean, 1, 0xff);

/** BasicConstraints of a CA, with a path length or without. */
export const caExtension = (pathLength?: number): OddExtension => ({
  oid: OID.basicConstraints,
  isCritical: true,
  value: derSequence(TRUE, pathLength === undefined ? new Uint8Array() : derSmallInteger(pathLength)),
});

/** KeyUsage with these bits. */
export const keyUsageExtension = (bits: number): OddExtension => ({
  oid: OID.keyUsage,
  isCritical: true,
  value: derValue(TAG.bitString, Uint8Array.of(0, bits)),
});

export interface OddOrder {
  readonly subject: readonly Attribute[];
  readonly extensions: readonly OddExtension[];
  /** Null: self-signed. */
  readonly issuer: { readonly certificate: Certificate; readonly privateKey: KeyObject } | null;
  readonly outerAlgorithm?: string;
  /** By default a new P-256 pair. */
  readonly keys?: GeneratedKeyPair;
  /** By default ECDSA with SHA-256, which the issuer's key must be fit for. */
  readonly signing?: OddSigning;
}

/** A way of signing the registry does not have. */
export interface OddSigning {
  /** The digest by node:crypto's name. */
  readonly digest: string;
  /** AlgorithmIdentifier, DER. */
  readonly identifier: Uint8Array;
}

const ECDSA_SHA256: OddSigning = { digest: 'sha256', identifier: derSequence(derOid(OID.ecdsaWithSha256)) };

/** DER of such a certificate, with its new private key. */
export const writeOddCertificate = async (
  order: OddOrder,
): Promise<{ readonly der: Uint8Array; readonly privateKey: KeyObject }> => {
  const keys = order.keys ?? (await generateP256KeyPair());
  const { digest, identifier: algorithm } = order.signing ?? ECDSA_SHA256;
  const subject = derSequence(
    ...order.subject.map(([oid, text]) =>
      derSetOf([derSequence(derOid(oid), derValue(TAG.utf8String, Buffer.from(text)))]),
    ),
  );
  const extensions = order.extensions.map(({ oid, isCritical, value }) =>
    derSequence(derOid(oid), isCritical ? TRUE : new Uint8Array(), derOctetString(value)),
  );
  const tbs = derSequence(
    derValue(TAG.context0Constructed, derSmallInteger(2)),
    derSmallInteger(7),
    algorithm,
    order.issuer?.certificate.subjectRaw ?? subject,
    derSequence(derTime(VALID_FROM), derTime(VALID_UNTIL)),
    subject,
    keys.publicKey,
    derValue(TAG.context3Constructed, derSequence(...extensions)),
  );
  const signature = sign(digest, tbs, order.issuer?.privateKey ?? keys.privateKey);
  const outer = order.outerAlgorithm === undefined ? algorithm : derSequence(derOid(order.outerAlgorithm));
  const der = derSequence(tbs, outer, derValue(TAG.bitString, Uint8Array.of(0), signature));
  return { der, privateKey: keys.privateKey };
};

/** The same, read. */
export const makeOddCertificate = async (order: OddOrder) => {
  const { der, privateKey } = await writeOddCertificate(order);
  return { certificate: readCertificate(der), privateKey };
};
