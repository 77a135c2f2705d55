/** What OCSP requests and answers have in common: extensions under a tag, of which only the nonce is understood. */
import { derExtension } from '../ca/write-extensions.ts';
import { readExtensionList, type Extension } from '../certificate/extensions.ts';
import { bodyOf, readDer, type DerNode } from '../der/read-der.ts';
import { DerCursor } from '../der/read-values.ts';
import { TAG } from '../der/tags.ts';
import { derOctetString, derSequence } from '../der/write-der.ts';
import { derContext } from '../der/write-values.ts';
import { MalformedError } from '../malformed-error.ts';
import { OID } from '../oids.ts';

// RFC 9654 §2.1: 32 bytes are asked for, up to 128 must be taken.
const MAX_NONCE = 128;

/** The nonce as the only extension under [tag]; nothing when there is none. */
export const writeNonce = (tag: number, nonce: Uint8Array | undefined): Uint8Array =>
  nonce === undefined
    ? new Uint8Array()
    : derContext(tag, derSequence(derExtension(OID.ocspNonce, derOctetString(nonce))));

const nonceIn = (extensions: readonly Extension[]): Uint8Array | undefined => {
  if (extensions.some(({ oid, isCritical }) => isCritical && oid !== OID.ocspNonce))
    throw new MalformedError('ocsp_extension_critical');
  const value = extensions.find(({ oid }) => oid === OID.ocspNonce)?.value;
  if (value === undefined) return undefined;
  const node = readDer(value);
  const nonce = bodyOf(node);
  if (node.tag !== TAG.octetString || nonce.length === 0 || nonce.length > MAX_NONCE)
    throw new MalformedError('ocsp_nonce');
  return nonce;
};

/**
 * The nonce among the extensions inside an EXPLICIT tag (absent: undefined); throws MalformedError when it is empty or too
 * long, or when an extension that is not understood is critical.
 */
export const readNonce = (wrapped: DerNode | undefined): Uint8Array | undefined => {
  if (wrapped === undefined) return undefined;
  const cursor = new DerCursor(wrapped, wrapped.tag, 'ocsp_extensions');
  const extensions = readExtensionList(cursor.take());
  cursor.finish();
  return nonceIn(extensions);
};
