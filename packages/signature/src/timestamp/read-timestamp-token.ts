/** Reading a timestamp token (RFC 3161 §2.4.2); nothing is verified here. */
import { readExtensionList } from '../certificate/extensions.ts';
import { readSignedData, type SignerInfo } from '../cms/signed-data.ts';
import { fractionalInstantOf } from '../der/generalized-time.ts';
import { bodyOf, readDer, type DerNode } from '../der/read-der.ts';
import {
  booleanOf,
  DerCursor,
  integerBytesOf,
  oidOf,
  sameBytes,
  smallIntegerOf,
} from '../der/read-values.ts';
import { TAG } from '../der/tags.ts';
import { derValue } from '../der/write-der.ts';
import { MalformedError } from '../malformed-error.ts';
import { OID } from '../oids.ts';
import { readImprint, type MessageImprint } from './message-imprint.ts';
import { nonceOf } from './timestamp-request.ts';

/** A token that was read strictly; nothing in it has been verified yet. */
export interface TimestampToken extends MessageImprint {
  readonly der: Uint8Array;
  readonly genTime: Temporal.Instant;
  /** How far the authority's clock may be off, in milliseconds; undefined when it does not say. */
  readonly accuracyMs: number | undefined;
  readonly nonce: Uint8Array | undefined;
  /** Dotted OID. */
  readonly policy: string;
  /** The serial number's bytes as they stand in the INTEGER, lower-case hex. */
  readonly serial: string;
  /** TSTInfo as it was signed, DER. */
  readonly info: Uint8Array;
  /** Certificates carried along, DER. */
  readonly certificates: readonly Uint8Array[];
  readonly signerInfo: SignerInfo;
}

const LIMITS = { maxBytes: 65536, maxDepth: 12 };

const fractionOf = (node: DerNode | undefined): number => {
  if (node === undefined) return 0;
  const value = smallIntegerOf(readDer(derValue(TAG.integer, bodyOf(node))));
  if (value < 1 || value > 999) throw new MalformedError('accuracy_out_of_range');
  return value;
};

const readAccuracy = (node: DerNode): number => {
  const cursor = new DerCursor(node, TAG.sequence, 'accuracy');
  const seconds = cursor.takeIf(TAG.integer);
  const millis = fractionOf(cursor.takeIf(TAG.context0));
  const micros = fractionOf(cursor.takeIf(TAG.context1));
  cursor.finish();
  return (seconds === undefined ? 0 : smallIntegerOf(seconds)) * 1000 + millis + micros / 1000;
};

const expectNoneCritical = (node: DerNode | undefined): void => {
  if (node === undefined) return;
  const extensions = readExtensionList({ ...node, tag: TAG.sequence });
  if (extensions.some(({ isCritical }) => isCritical))
    throw new MalformedError('timestamp_extension_critical');
};

const readInfo = (der: Uint8Array) => {
  const cursor = new DerCursor(readDer(der, LIMITS), TAG.sequence, 'timestamp_info');
  if (smallIntegerOf(cursor.take()) !== 1) throw new MalformedError('timestamp_info_version');
  const policy = oidOf(cursor.take());
  const imprint = readImprint(cursor.take());
  const serial = Buffer.from(integerBytesOf(cursor.take())).toString('hex');
  const genTime = fractionalInstantOf(cursor.take());
  const accuracy = cursor.takeIf(TAG.sequence);
  const ordering = cursor.takeIf(TAG.boolean);
  const nonce = nonceOf(cursor.takeIf(TAG.integer));
  // The authority's name as it likes to be called; the certificate says who it is.
  cursor.takeIf(TAG.context0Constructed);
  const extensions = cursor.takeIf(TAG.context1Constructed);
  cursor.finish();
  if (ordering !== undefined && !booleanOf(ordering)) throw new MalformedError('default_written');
  expectNoneCritical(extensions);
  return { ...imprint, policy, serial, genTime, nonce, accuracyMs: accuracy && readAccuracy(accuracy) };
};

/** Reads a token of at most 128 KiB with exactly one signer; throws MalformedError. Keeps a private copy. */
export const readTimestampToken = (der: Uint8Array): TimestampToken => {
  const own = Uint8Array.from(der);
  const data = readSignedData(own, { contentType: OID.timestampInfo, detached: false });
  const [signerInfo, ...others] = data.signerInfos;
  if (signerInfo === undefined || others.length > 0) throw new MalformedError('timestamp_signers');
  // What nobody signed could be anything: the list of digests must say what the signer says, and nothing stands beside it.
  const [digest, ...digests] = data.digestAlgorithms;
  if (digest === undefined || digests.length > 0 || !sameBytes(digest, signerInfo.digestAlgorithm))
    throw new MalformedError('digest_algorithms_differ');
  const { timestampTokens, unknown } = signerInfo.unsigned;
  if (timestampTokens.length + unknown.length > 0) throw new MalformedError('unsigned_attributes');
  const info = data.content ?? new Uint8Array();
  return { der: own, info, ...readInfo(info), certificates: data.certificates, signerInfo };
};
