import { KEY_USAGE } from '../certificate/extensions.ts';
import type { Certificate } from '../certificate/certificate.ts';
import { OID } from '../oids.ts';
import type { Reason } from './check-names.ts';

/** Purposes that go together with signing documents; a certificate that lists purposes must list one of them. */
const FIT_PURPOSES: readonly string[] = [
  OID.anyExtendedKeyUsage,
  OID.emailProtection,
  OID.clientAuth,
  OID.documentSigning,
  OID.microsoftDocumentSigning,
];

const MAY_BIND = KEY_USAGE.digitalSignature | KEY_USAGE.nonRepudiation;

/** Null when the certificate is one to sign documents with. */
export const keyUsageProblem = ({ keyUsage, extendedKeyUsage }: Certificate): Reason | null => {
  if (keyUsage !== undefined && (keyUsage & MAY_BIND) === 0) return 'key_usage';
  const purposes = extendedKeyUsage?.purposes ?? FIT_PURPOSES;
  return purposes.some((purpose) => FIT_PURPOSES.includes(purpose)) ? null : 'extended_key_usage';
};
