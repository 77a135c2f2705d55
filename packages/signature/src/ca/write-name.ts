import { derOid, derSequence, derSetOf } from '../der/write-der.ts';
import { derUtf8String } from '../der/write-values.ts';
import { OID } from '../oids.ts';
import { IssuingError } from './issuing-error.ts';

/** Whom a certificate names; what is undefined is left out, and nothing may be empty. */
export interface CertificateSubject {
  readonly commonName: string;
  readonly organizationName?: string | undefined;
  /** The company's ИНН, written as `organizationIdentifier`. */
  readonly companyInn?: string | undefined;
  /** The person's own ИНН, written as `serialNumber`. */
  readonly personalInn?: string | undefined;
}

// A line break in a name could pass for another line wherever the name is printed.
const CONTROLS = /\p{Cc}/u;

/** DER of the Name, one attribute to a relative name, texts in UTF-8; throws IssuingError `empty_name` or `control_character`. */
export const writeName = (subject: CertificateSubject, title: string | undefined): Uint8Array => {
  const attributes = [
    [OID.organizationName, subject.organizationName],
    [OID.organizationIdentifier, subject.companyInn],
    [OID.commonName, subject.commonName],
    [OID.serialNumber, subject.personalInn],
    [OID.title, title],
  ] as const;
  return derSequence(
    ...attributes.flatMap(([oid, text]) => {
      if (text === undefined) return [];
      if (text === '') throw new IssuingError('empty_name');
      if (CONTROLS.test(text)) throw new IssuingError('control_character');
      return [derSetOf([derSequence(derOid(oid), derUtf8String(text))])];
    }),
  );
};
