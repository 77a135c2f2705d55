import { createHash, type KeyObject } from 'node:crypto';
import { keyHolderOf } from '../algorithms/registry.ts';
import { MalformedError } from '../malformed-error.ts';
import { rawOf, readDer, type DerNode } from '../der/read-der.ts';
import {
  DerCursor,
  integerBytesOf,
  sameBytes,
  smallIntegerOf,
  wholeBitStringOf,
} from '../der/read-values.ts';
import { TAG } from '../der/tags.ts';
import { instantOf } from '../der/time.ts';
import { extensionsOf, type CertificateExtensions } from './extensions.ts';
import { subjectOf, type Subject } from './subject.ts';

/** An X.509 v3 certificate that was read strictly; nothing in it has been verified yet. */
export interface Certificate extends CertificateExtensions {
  readonly der: Uint8Array;
  /** SHA-256 fingerprint of `der`, lower-case hex. */
  readonly sha256: string;
  readonly subject: Subject;
  readonly subjectRaw: Uint8Array;
  readonly issuerRaw: Uint8Array;
  /** The serial number's bytes as they stand in the INTEGER, lower-case hex. */
  readonly serial: string;
  readonly serialRaw: Uint8Array;
  readonly notBefore: Temporal.Instant;
  readonly notAfter: Temporal.Instant;
  /** What the issuer signed, DER. */
  readonly tbs: Uint8Array;
  /** The AlgorithmIdentifier of `signature`, DER: the registry knows what it means. */
  readonly signatureAlgorithm: Uint8Array;
  readonly signature: Uint8Array;
  /** SubjectPublicKeyInfo, DER. */
  readonly spki: Uint8Array;
  /** Made at the first use and kept; throws MalformedError when the key cannot be read. */
  readonly publicKey: KeyObject;
}

const hex = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex');

const readTbs = (node: DerNode) => {
  const tbs = new DerCursor(node, TAG.sequence, 'certificate_body');
  const version = new DerCursor(
    tbs.take(TAG.context0Constructed),
    TAG.context0Constructed,
    'certificate_version',
  );
  if (smallIntegerOf(version.take()) !== 2) throw new MalformedError('certificate_not_v3');
  version.finish();
  const serial = tbs.take(TAG.integer);
  const algorithm = tbs.take();
  const issuer = tbs.take(TAG.sequence);
  const validity = new DerCursor(tbs.take(), TAG.sequence, 'certificate_validity');
  const [notBefore, notAfter] = [instantOf(validity.take()), instantOf(validity.take())];
  validity.finish();
  const subject = tbs.take(TAG.sequence);
  const spki = tbs.take(TAG.sequence);
  const wrapped = tbs.takeIf(TAG.context3Constructed);
  tbs.finish();
  const extensions =
    wrapped && new DerCursor(wrapped, TAG.context3Constructed, 'certificate_extensions').take();
  if (extensions !== undefined && extensions.end !== wrapped?.end)
    throw new MalformedError('certificate_extensions_too_long');
  return {
    serial,
    algorithm,
    issuer,
    notBefore,
    notAfter,
    subject,
    spki,
    extensions: extensionsOf(extensions),
  };
};

/**
 * Reads one X.509 v3 certificate from DER that it fills exactly; throws MalformedError. The result keeps windows on a
 * private copy of `der`, so the caller may reuse the buffer.
 */
export const readCertificate = (der: Uint8Array): Certificate => {
  const own = Uint8Array.from(der);
  const outer = new DerCursor(readDer(own, { maxBytes: 65536, maxDepth: 16 }), TAG.sequence, 'certificate');
  const tbsNode = outer.take(TAG.sequence);
  const outerAlgorithm = outer.take(TAG.sequence);
  const signature = wholeBitStringOf(outer.take());
  outer.finish();
  const tbs = readTbs(tbsNode);
  if (!sameBytes(rawOf(tbs.algorithm), rawOf(outerAlgorithm)))
    throw new MalformedError('certificate_algorithms_differ');
  const serialRaw = integerBytesOf(tbs.serial);
  const key = keyHolderOf(rawOf(tbs.spki));
  return {
    der: own,
    sha256: createHash('sha256').update(own).digest('hex'),
    subject: subjectOf(tbs.subject),
    subjectRaw: rawOf(tbs.subject),
    issuerRaw: rawOf(tbs.issuer),
    serial: hex(serialRaw),
    serialRaw,
    notBefore: tbs.notBefore,
    notAfter: tbs.notAfter,
    tbs: rawOf(tbsNode),
    signatureAlgorithm: rawOf(outerAlgorithm),
    signature,
    ...tbs.extensions,
    spki: key.spki,
    get publicKey() {
      return key.publicKey;
    },
  };
};
