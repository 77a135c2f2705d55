/** What our own writers refuse to write: signed attributes of an unknown kind, and names of several lines, for texts to hide in. */
import { createHash, sign } from 'node:crypto';
import { assembleSignedData, prepareSigner, signBytes, type Certificate } from '@sochi/signature';
import { issueSigner, type SampleAuthority, type Signer } from './sample-authority.ts';
import { timestampOf } from './sample-signatures.ts';

const headerLength = (value: Uint8Array): number => {
  const first = value[1] ?? 0;
  return first < 0x80 ? 2 : 2 + (first & 0x7f);
};

/** One DER value of any tag, of less than 64 KiB. */
export const der = (tag: number, ...parts: readonly Uint8Array[]): Buffer => {
  const body = Buffer.concat(parts);
  const { length } = body;
  const long = length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.of(tag, ...(length < 0x80 ? [length] : long)), body]);
};

const bodyOf = (value: Uint8Array): Uint8Array => value.subarray(headerLength(value));

const childrenOf = (value: Uint8Array): Uint8Array[] => {
  const children: Uint8Array[] = [];
  for (let rest = bodyOf(value); rest.length > 0; rest = rest.subarray(children.at(-1)?.length)) {
    const header = headerLength(rest);
    const long = Buffer.from(rest.subarray(2, header)).toString('hex');
    children.push(rest.subarray(0, header + (long === '' ? (rest[1] ?? 0) : Number.parseInt(long, 16))));
  }
  return children;
};

/** Appends to the last value of the last value, so many levels down. */
const withLast = (value: Uint8Array, levels: number, added: Uint8Array): Uint8Array => {
  const [tag = 0] = value;
  if (levels === 0) return der(tag, bodyOf(value), added);
  const children = childrenOf(value);
  const last = children.pop() ?? new Uint8Array();
  return der(tag, ...children, withLast(last, levels - 1, added));
};

const TIMESTAMP_TOKEN = der(0x06, Buffer.from('2a864886f70d010910020e', 'hex'));
const PLACEHOLDER = '~';
/** From a CMS down to its last SignerInfo. */
const TO_SIGNER_INFO = 4;

const privateKind = (kind: number): Buffer => der(0x06, Buffer.of(0x2b, 6, 1, 4, 1, 0x81, 0xfd, 0x59, kind));

/** An attribute of the private kind 1.3.6.1.4.1.32473.N; DER. */
export const privateAttribute = (kind: number, value: Uint8Array): Buffer =>
  der(0x30, privateKind(kind), der(0x31, value));

export interface HidingOrder {
  readonly content: Uint8Array;
  readonly by: Signer;
  readonly at: Temporal.Instant;
  /** DER; each longer than 127 bytes and than the one before, so that they come last in DER's order. */
  readonly attributes: readonly Uint8Array[];
}

/** A CMS of one signer, stamped, with more signed attributes than those of a signature; and its token. */
export const signHiding = async (
  authority: SampleAuthority,
  { content, by, at, attributes }: HidingOrder,
): Promise<{ readonly cms: Buffer; readonly token: Uint8Array }> => {
  const prepared = prepareSigner({ content, certificate: by.certificate, signingTime: at });
  const toBeSigned = der(0x31, bodyOf(prepared.toBeSigned), ...attributes);
  const signature = await signBytes(by.privateKey, toBeSigned, prepared.algorithm);
  const token = await timestampOf(authority, signature, at);
  const parts = { prepared: { ...prepared, toBeSigned }, signature, certificates: [authority.issuing] };
  const unsigned = der(0xa1, der(0x30, TIMESTAMP_TOKEN, der(0x31, token)));
  return { cms: Buffer.from(withLast(assembleSignedData(parts), TO_SIGNER_INFO, unsigned)), token };
};

const resigned = (authority: SampleAuthority, certificate: Certificate, tbs: Uint8Array): Certificate => {
  const signature = der(0x03, Buffer.of(0), sign('sha256', tbs, authority.issuingKey));
  const bytes = der(0x30, tbs, certificate.signatureAlgorithm, signature);
  return { ...certificate, der: bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
};

/** A list of the issuing authority with one extension more, of a private kind, that holds a text. */
export const listWithText = ({ issuingKey }: SampleAuthority, list: Uint8Array, text: string): Buffer => {
  const [body = list, algorithm = list] = childrenOf(list);
  const extension = der(0x30, privateKind(9), der(0x04, der(0x0c, Buffer.from(text))));
  // From the body down to its extensions.
  const tbs = withLast(body, 2, extension);
  return der(0x30, tbs, algorithm, der(0x03, Buffer.of(0), sign('sha256', tbs, issuingKey)));
};

/** A head whose name in the certificate is of several lines. */
export const issueWithLines = async (authority: SampleAuthority, lines: string): Promise<Signer> => {
  const commonName = lines.replaceAll('\n', PLACEHOLDER);
  const { certificate, privateKey } = await issueSigner(authority, 'head', { commonName });
  const tbs = Buffer.from(certificate.tbs);
  const at = tbs.lastIndexOf(commonName);
  tbs.write(lines, at);
  return { certificate: resigned(authority, certificate, tbs), privateKey };
};
