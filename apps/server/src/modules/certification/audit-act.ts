import { OPERATOR_CHAIN, recordAudit, type AuditAct } from '#modules/audit/index.ts';
import type { Tx } from '../../db/database.ts';
import type { ActingOfficer } from './acting-officer.ts';
import type { CertificationActKind } from './basis-documents.ts';

const AUDIT_ACTS: Readonly<Record<CertificationActKind, AuditAct>> = {
  issue: 'certificate.issued',
  renew: 'certificate.renewed',
  suspend: 'certificate.suspended',
  resume: 'certificate.resumed',
  revoke: 'certificate.revoked',
};

/** Who did it, as the audit trail names them: an officer of the centre, or its own program. */
export const auditActor = (officer: ActingOfficer | null) =>
  officer
    ? ({ kind: 'staff', id: officer.id, name: officer.fullName } as const)
    : ({ kind: 'system', name: 'certification' } as const);

/** The same with where the command came from. */
export const auditedBy = (officer: ActingOfficer | null) => ({
  actor: auditActor(officer),
  ...(officer?.from ? { from: officer.from } : {}),
});

/** Tells the audit trail of an act: the company's chain where a company's signature is concerned. Last in its transaction. */
export const auditAct = (
  tx: Tx,
  told: {
    act: CertificationActKind;
    certificate: { id: string; serial: string; profile: string };
    companyId: string | null;
    officer: ActingOfficer | null;
    reason: string | null;
    documents: number;
    at: Temporal.Instant;
  },
): Promise<void> =>
  recordAudit(tx, {
    chain: told.companyId ?? OPERATOR_CHAIN,
    act: AUDIT_ACTS[told.act],
    ...auditedBy(told.officer),
    subject: { kind: 'certificate', id: told.certificate.id },
    data: {
      serial: told.certificate.serial,
      profile: told.certificate.profile,
      reason: told.reason,
      documents: told.documents,
    },
    at: told.at,
  });
