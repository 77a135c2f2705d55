/**
 * The role a signer claims to sign in: CAdES signer-attributes-v2 (ETSI EN 319 122-1 §5.2.6.1) with one claimed attribute,
 * `role` of RFC 5755 §4.4.5, whose name is a URI.
 */
import { bodyOf, type DerNode } from '../der/read-der.ts';
import { DerCursor } from '../der/read-values.ts';
import { TAG } from '../der/tags.ts';
import { derOid, derSequence, derValue } from '../der/write-der.ts';
import { OID } from '../oids.ts';
import { MalformedError } from '../malformed-error.ts';
import { readAttribute } from './attribute.ts';
import { SigningError } from './signing-error.ts';

const VISIBLE_ASCII = /^[\x21-\x7e]{1,1024}$/;
const ROLE = derOid(OID.roleAttribute);

/** DER of the signer-attributes value; throws SigningError `bad_role` for anything but 1 to 1024 visible ASCII characters. */
export const writeClaimedRole = (role: string): Uint8Array => {
  if (!VISIBLE_ASCII.test(role)) throw new SigningError('bad_role');
  const roleName = derValue(TAG.context1Constructed, derValue(TAG.context6, Buffer.from(role, 'latin1')));
  const attribute = derSequence(ROLE, derValue(TAG.set, derSequence(roleName)));
  return derSequence(derValue(TAG.context0Constructed, derSequence(attribute)));
};

const readRoleName = (value: DerNode): string => {
  const syntax = new DerCursor(value, TAG.sequence, 'role');
  // Who gave the role (roleAuthority) is nothing a claim can prove: read over.
  syntax.takeIf(TAG.context0Constructed);
  const name = new DerCursor(syntax.take(), TAG.context1Constructed, 'role_name');
  syntax.finish();
  const text = Buffer.from(bodyOf(name.take(TAG.context6))).toString('latin1');
  name.finish();
  if (!VISIBLE_ASCII.test(text)) throw new MalformedError('role_name');
  return text;
};

/** The first role claimed; undefined when the signer claims something else. Throws MalformedError. */
export const readClaimedRole = (value: DerNode): string | undefined => {
  const attributes = new DerCursor(value, TAG.sequence, 'signer_attributes');
  const claimed = attributes.takeIf(TAG.context0Constructed);
  if (claimed === undefined) return undefined;
  const list = new DerCursor(claimed, TAG.context0Constructed, 'claimed_attributes').take();
  for (const node of new DerCursor(list, TAG.sequence, 'claimed_attributes').rest()) {
    const [oid, first] = readAttribute(node);
    if (oid === OID.roleAttribute) return readRoleName(first);
  }
  return undefined;
};
