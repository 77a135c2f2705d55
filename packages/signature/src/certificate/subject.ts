import { MalformedError } from '../malformed-error.ts';
import type { DerNode } from '../der/read-der.ts';
import { DerCursor, hasControls, oidOf, textOf } from '../der/read-values.ts';
import { childrenOf } from '../der/read-der.ts';
import { TAG } from '../der/tags.ts';
import { OID } from '../oids.ts';

/** What a certificate lets its holder sign as: written into the subject's `title`. */
export const SIGNER_ROLES = ['head', 'accountant', 'operator', 'agency'] as const;
export type SignerRole = (typeof SIGNER_ROLES)[number];

/** The subject of a certificate, as far as this project reads it; an attribute that is not there is undefined. */
export interface Subject {
  readonly commonName: string | undefined;
  readonly organizationName: string | undefined;
  /** `organizationIdentifier` (2.5.4.97): the company's ИНН. */
  readonly companyInn: string | undefined;
  /** `title` (2.5.4.12); undefined too when it is not one of the known roles. */
  readonly role: SignerRole | undefined;
  /** `serialNumber` (2.5.4.5): the person's own ИНН. */
  readonly personalInn: string | undefined;
}

const readAttribute = (node: DerNode): readonly [string, string | undefined] => {
  const attribute = new DerCursor(node, TAG.sequence, 'name_attribute');
  const oid = oidOf(attribute.take(TAG.oid));
  const value = attribute.take();
  if (hasControls(value)) throw new MalformedError('name_control_character');
  const text = textOf(value);
  attribute.finish();
  return [oid, text];
};

const isRole = (text: string | undefined): text is SignerRole => SIGNER_ROLES.some((role) => role === text);

/**
 * Reads a Name; throws MalformedError, also when an attribute comes twice, as it would not be plain which one counts, and when a
 * text has control characters.
 */
export const subjectOf = (name: DerNode): Subject => {
  const texts = new Map<string, string | undefined>();
  for (const set of new DerCursor(name, TAG.sequence, 'name').rest()) {
    if (set.tag !== TAG.set) throw new MalformedError('name_wrong_tag');
    for (const [oid, text] of childrenOf(set).map(readAttribute)) {
      if (texts.has(oid) && READ_ATTRIBUTES.has(oid)) throw new MalformedError('name_attribute_twice');
      texts.set(oid, text);
    }
  }
  const title = texts.get(OID.title);
  return {
    commonName: texts.get(OID.commonName),
    organizationName: texts.get(OID.organizationName),
    companyInn: texts.get(OID.organizationIdentifier),
    role: isRole(title) ? title : undefined,
    personalInn: texts.get(OID.serialNumber),
  };
};

const READ_ATTRIBUTES: ReadonlySet<string> = new Set([
  OID.commonName,
  OID.organizationName,
  OID.organizationIdentifier,
  OID.title,
  OID.serialNumber,
]);
