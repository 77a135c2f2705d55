import type { CertificateSubject } from '@sochi/contract';

/** Who stands behind a subject: a person by the personal ИНН (who may sign for several companies), else the organisation. */
export const holderOf = ({ personalInn, organizationName, commonName }: CertificateSubject): string =>
  personalInn ?? `${organizationName ?? ''}\n${commonName}`;
