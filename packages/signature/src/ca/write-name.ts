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

/** DER of the Name, one attribute to a relative name, texts in UTF-8; throws IssuingError `empty_name`. */
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
      return [derSetOf([derSequence(derOid(oid), derUtf8String(text))])];
    }),
  );
};
