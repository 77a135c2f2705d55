import type { CertificationAct, IssuedCertificate, IssuedCertificateDetail } from '@sochi/contract';
import { certificateToPem } from '@sochi/signature';
import { subjectOfRow, type ActRow, type CertificateRow } from './queries.ts';

/** A row as the contract shows it. Check constraints keep profile, state and act to its lists. */
export const viewCertificate = (row: CertificateRow): IssuedCertificate => ({
  id: row.id,
  serial: row.serial,
  profile: row.profile as IssuedCertificate['profile'],
  subject: subjectOfRow(row),
  sha256: row.sha256.toString('hex'),
  validFrom: row.valid_from.toString(),
  validTo: row.valid_to.toString(),
  state: row.state as IssuedCertificate['state'],
  stateReason: row.state_reason,
  stateSince: row.state_since?.toString() ?? null,
  replaces: row.replaces,
});

const viewAct = (row: ActRow): CertificationAct => ({
  at: row.at.toString(),
  act: row.act as CertificationAct['act'],
  officer: row.full_name,
  reason: row.reason,
  // Only insertAct writes this column.
  documents: row.documents as CertificationAct['documents'],
});

export const viewDetail = (
  row: CertificateRow,
  chain: readonly Uint8Array[],
  acts: readonly ActRow[],
): IssuedCertificateDetail => ({
  ...viewCertificate(row),
  pem: [row.der, ...chain].map(certificateToPem).join(''),
  acts: acts.map(viewAct),
});
