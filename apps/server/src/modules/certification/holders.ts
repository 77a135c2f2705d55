import type { CertificateHolder, CertificateSubject } from '@sochi/contract';
import type { OfficerRole } from '@sochi/kernel';
import { AppError } from '../../app-error.ts';
import type { DbOrTx } from '../../db/database.ts';
import { findHolder } from './queries.ts';

/** An officer of a company, as the certificate names them. */
export type OfficerHolder = {
  officerId: string;
  companyId: string;
  role: OfficerRole;
  subject: CertificateSubject;
};

export const officerSubject = (row: {
  full_name: string;
  personal_inn: string;
  name: string;
  inn: string;
}): CertificateSubject => ({
  commonName: row.full_name,
  organizationName: row.name,
  companyInn: row.inn,
  personalInn: row.personal_inn,
});

/** Refuses with `certificate.holder_unknown` when there is no such company or no such officer in it. */
export const getOfficerHolder = async (
  db: DbOrTx,
  { inn, role }: { inn: string; role: OfficerRole },
): Promise<OfficerHolder> => {
  const row = await findHolder(db, inn, role);
  if (!row) throw new AppError('certificate.holder_unknown', {});
  return { officerId: row.officer_id, companyId: row.company_id, role, subject: officerSubject(row) };
};

/** The profile and the subject of a holder who is no officer of one company. */
export const otherSubject = (
  holder: Exclude<CertificateHolder, { kind: 'officer' }>,
): { profile: 'complex' | 'agency'; subject: CertificateSubject } =>
  holder.kind === 'complex'
    ? { profile: 'complex', subject: { commonName: holder.fullName, personalInn: holder.personalInn } }
    : { profile: 'agency', subject: { commonName: holder.name, organizationName: holder.organization } };
