import {
  delegationGap,
  readCertificate,
  writeDelegationClaim,
  type Certificate,
  type Delegation,
} from '@sochi/signature';
import type { NotOnBehalf } from '@sochi/contract';
import { createHash } from 'node:crypto';
import type { ActiveSession } from '#modules/sessions/index.ts';
import type { AppContext } from '../../context.ts';
import type { DelegatedKey, Proof } from '../../keys/keystore.ts';
import { endNow } from './end-delegations.ts';
import { findActiveDelegation, type DelegationRow } from './queries.ts';
import { reportDamage, type DamageContext } from './report-damage.ts';
import { readDelegation } from './standing-delegation.ts';

export type ReportInQuestion = {
  formId: string;
  period: { from: string; to: string };
  /** In tyiyn; null when the form does not say what its tax is. */
  taxDue: number | null;
};

/** All that is needed to sign one report as the head, and to keep the proof that it was allowed. */
export type BorrowedKey = {
  proof: Extract<Proof, { kind: 'delegation' }>;
  certificate: Certificate;
  claimedRole: string;
  head: { officerId: string; fullName: string };
  delegation: {
    id: string;
    companyId: string;
    record: Buffer;
    signature: Buffer;
    expiresAt: Temporal.Instant;
  };
};

export type Borrowing = { ok: true; key: BorrowedKey } | { ok: false; why: NotOnBehalf };

type BorrowContext = DamageContext & Pick<AppContext, 'operator'>;

const gapOf = (
  ctx: Pick<AppContext, 'clock'>,
  session: ActiveSession,
  found: { record: Delegation; certificate: Certificate },
  report: ReportInQuestion,
) =>
  delegationGap(found.record, {
    ...report,
    delegateCertificateSha256: readCertificate(session.certificate).sha256,
    headCertificateSha256: found.certificate.sha256,
    at: ctx.clock.now(),
  });

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const keyOf = (row: DelegationRow, record: Delegation, certificate: Certificate): BorrowedKey => ({
  proof: {
    kind: 'delegation',
    // Only the keystore wrote this column; a check constraint keeps it filled until the delegation ends.
    key: row.sealed_key as Uint8Array as DelegatedKey,
    record: row.record,
    credentialId: row.head_credential_id,
  },
  certificate,
  claimedRole: writeDelegationClaim({
    delegationSha256: sha256(row.record),
    delegateCertificateSha256: record.delegateCertificateSha256,
  }),
  head: { officerId: row.head_id, fullName: row.head_full_name },
  delegation: {
    id: row.id,
    companyId: row.company_id,
    record: row.record,
    signature: row.signature,
    expiresAt: record.expiresAt,
  },
});

/** The delegation that concerns this officer, with what keeps it from a report; undefined when there is none. */
const consider = async (
  ctx: Pick<AppContext, 'db' | 'clock' | 'operator'>,
  session: ActiveSession,
  report: ReportInQuestion,
) => {
  const row = await findActiveDelegation(ctx.db, session.companyId);
  if (!row) return undefined;
  const record = await readDelegation(ctx, row);
  if (record === 'damaged') return { row, why: 'damaged' } as const;
  if (record.delegateOfficerId !== session.officerId) return undefined;
  const certificate = readCertificate(row.head_certificate);
  const why = gapOf(ctx, session, { record, certificate }, report);
  return why === undefined ? { row, record, certificate } : { row, why };
};

/** What `borrowHeadKey` would say, changing nothing; `why` is null when the head would be signed for. */
export const foretellBorrowing = async (
  ctx: Pick<AppContext, 'db' | 'clock' | 'operator'>,
  session: ActiveSession,
  report: ReportInQuestion,
): Promise<{ head: string; not: NotOnBehalf | null } | null> => {
  const found = await consider(ctx, session, report);
  return found ? { head: found.row.head_full_name, not: found.why ?? null } : null;
};

/**
 * The head's key for one report of the delegate, or why not; undefined when nothing is delegated to this officer. A record that
 * was tampered with ends its delegation and raises an alarm, one whose time is over ends it.
 */
export const borrowHeadKey = async (
  ctx: BorrowContext,
  session: ActiveSession,
  report: ReportInQuestion,
): Promise<Borrowing | undefined> => {
  const found = await consider(ctx, session, report);
  if (found === undefined) return undefined;
  const { row, why } = found;
  if (why === undefined) return { ok: true, key: keyOf(row, found.record, found.certificate) };
  if (why === 'expired') await endNow(ctx, { id: row.id }, { at: ctx.clock.now(), why });
  if (why === 'damaged') await reportDamage(ctx, row.id);
  return { ok: false, why };
};
