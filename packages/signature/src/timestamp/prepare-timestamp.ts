/** The two steps of making a timestamp token (RFC 3161 §2.4.2): its TSTInfo inside a SignedData with one signer. */
import { issuingAlgorithm, type ToSign } from '../ca/to-sign.ts';
import type { Certificate } from '../certificate/certificate.ts';
import { attributeWriter } from '../cms/attribute.ts';
import { signingCertificateAttribute } from '../cms/signed-attributes.ts';
import { writeSignedData, writeSignerInfo } from '../cms/write-signed-data.ts';
import { derGeneralizedTime } from '../der/generalized-time.ts';
import { TAG } from '../der/tags.ts';
import {
  derOctetString,
  derOid,
  derSequence,
  derSetOf,
  derSmallInteger,
  derValue,
} from '../der/write-der.ts';
import { derContextPrimitive, derNumber, derUnsigned } from '../der/write-values.ts';
import { bodyOf, readDer } from '../der/read-der.ts';
import { OID } from '../oids.ts';
import { writeImprint } from './message-imprint.ts';
import { asInteger, type TimestampRequest } from './timestamp-request.ts';

export interface TimestampOrder {
  /** One that `timestampRefusal` has nothing against. */
  readonly request: TimestampRequest;
  /** Cut to the millisecond. */
  readonly genTime: Temporal.Instant;
  /** Big-endian bytes, at most 20; never twice by one authority. */
  readonly serial: Uint8Array;
  /** Dotted OID of the policy the token is made under. */
  readonly policy: string;
  /** How far the clock may be off, in milliseconds. */
  readonly accuracyMs?: number;
  /** The authority's own, of profile `timestamp`. */
  readonly certificate: Certificate;
  /** Carried along when the request asks for certificates, with the authority's own. */
  readonly chain: readonly Certificate[];
}

/** A token ready for the authority's key. */
export interface PreparedTimestamp extends ToSign {
  readonly certificate: Certificate;
  readonly certificates: readonly Certificate[];
  /** TSTInfo, DER. */
  readonly info: Uint8Array;
}

const NOTHING = new Uint8Array();
const VERSION = derSmallInteger(1);
const CONTENT_TYPE = attributeWriter(OID.contentType)(derOid(OID.timestampInfo));
const messageDigestOf = attributeWriter(OID.messageDigest);

const writeAccuracy = (accuracyMs: number): Uint8Array => {
  const [seconds, millis] = [Math.trunc(accuracyMs / 1000), accuracyMs % 1000];
  return derSequence(
    seconds === 0 ? NOTHING : derNumber(seconds),
    millis === 0 ? NOTHING : derContextPrimitive(0, bodyOf(readDer(derNumber(millis)))),
  );
};

const writeInfo = ({ request, genTime, serial, policy, accuracyMs }: TimestampOrder): Uint8Array =>
  derSequence(
    VERSION,
    derOid(policy),
    writeImprint(request),
    derUnsigned(serial),
    derGeneralizedTime(genTime, 'millisecond'),
    accuracyMs === undefined ? NOTHING : writeAccuracy(accuracyMs),
    request.nonce === undefined ? NOTHING : derValue(TAG.integer, asInteger(request.nonce)),
  );

/** First step: the bytes the authority's key must sign with `algorithm`. Throws IssuingError `unsupported_key`. */
export const prepareTimestamp = (order: TimestampOrder): PreparedTimestamp => {
  const { certificate, request } = order;
  const algorithm = issuingAlgorithm(certificate);
  const info = writeInfo(order);
  const others = order.chain.filter(({ sha256 }) => sha256 !== certificate.sha256);
  return {
    certificate,
    certificates: request.certificateRequested ? [certificate, ...others] : [],
    info,
    algorithm,
    toBeSigned: derSetOf([
      CONTENT_TYPE,
      messageDigestOf(derOctetString(algorithm.digest.digest(info))),
      signingCertificateAttribute(certificate),
    ]),
  };
};

/** Second step: DER of the TimeStampToken. The signature (ECDSA in DER form) is not verified here. */
export const assembleTimestamp = (prepared: PreparedTimestamp, signature: Uint8Array): Uint8Array =>
  writeSignedData({
    digestAlgorithms: [prepared.algorithm.digest.identifier],
    attached: { contentType: OID.timestampInfo, content: prepared.info },
    certificates: prepared.certificates.map(({ der }) => der),
    signerInfos: [writeSignerInfo(prepared, signature)],
  });
