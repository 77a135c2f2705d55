import type { BasisDocument } from '@sochi/contract';
import { AppError } from '../../app-error.ts';
import type { Tx } from '../../db/database.ts';
import type { ActingOfficer } from './acting-officer.ts';
import { auditAct } from './audit-act.ts';
import { holderOf } from './holder-identity.ts';
import type { NewCertificate } from './make-certificate.ts';
import { insertAct, insertCertificate, listSameKey, lockKey } from './queries.ts';

/** On whose word, on which papers, and when: what every act of the centre carries. */
export type Basis = {
  /** Null: the centre's own program. */
  officer: ActingOfficer | null;
  documents: readonly BasisDocument[];
  /** Of the officer: a repeat of the act with the same key does nothing. */
  idempotencyKey: string | null;
};

/**
 * One key, one holder: another's certificate for it would let either sign as both. A key given up as compromised stays refused
 * to its holder too. Exact for any number of processes.
 */
const checkKey = async (tx: Tx, made: NewCertificate): Promise<void> => {
  await lockKey(tx, made.keySha256);
  const own = holderOf(made.subject);
  const isTaken = (await listSameKey(tx, made.keySha256)).some(
    ({ subject, reason }) => holderOf(subject) !== own || reason === 'keyCompromise',
  );
  if (isTaken) throw new AppError('certification_request.key_foreign', {});
};

/** Writes down a certificate, the act that made it and its documents, in the caller's transaction; last in it. */
export const recordCertificate = async (
  tx: Tx,
  made: NewCertificate,
  basis: Basis & { act: 'issue' | 'renew'; companyId: string | null; at: Temporal.Instant },
): Promise<void> => {
  await checkKey(tx, made);
  await insertCertificate(tx, made, basis.at);
  await insertAct(tx, {
    act: basis.act,
    certificateId: made.id,
    officerId: basis.officer?.id ?? null,
    reason: null,
    documents: basis.documents,
    idempotencyKey: basis.idempotencyKey,
    at: basis.at,
  });
  await auditAct(tx, {
    act: basis.act,
    certificate: { id: made.id, serial: made.certificate.serial, profile: made.profile },
    companyId: basis.companyId,
    officer: basis.officer,
    reason: null,
    documents: basis.documents.length,
    at: basis.at,
  });
};
