import type { Filing, FilingDetail } from '@sochi/contract';
import type { OfficerRole } from '@sochi/kernel';
import type { FilingRow } from './queries.ts';
import { actionsFor, type CheckState, type DeliveryState } from './transitions.ts';

const text = (instant: Temporal.Instant | null): string | null => instant?.toString() ?? null;

/** PostgreSQL writes instants inside JSON with an offset; the API speaks UTC with `Z`. */
const utc = (timestamp: unknown): string => Temporal.Instant.from(String(timestamp)).toString();

// States, kinds, roles and reasons are kept to their lists by check constraints: reading them back only gives the type its name.
export const filingView = (row: FilingRow, role: OfficerRole): Filing => ({
  id: row.id,
  number: row.number,
  formId: row.form_id,
  agency: row.agency,
  period: { from: row.period_from, to: row.period_to },
  kind: row.kind as Filing['kind'],
  delivery: row.delivery as DeliveryState,
  check: row.check_state as CheckState | null,
  createdAt: row.created_at.toString(),
  updatedAt: row.updated_at.toString(),
  signatures: row.signatures.map((signature) => ({
    role: signature.role as OfficerRole,
    fullName: signature.full_name,
    signedAt: utc(signature.signed_at),
    delegate: signature.delegate_full_name,
  })),
  notOnBehalf: row.delivery === 'awaiting_head' ? (row.not_on_behalf as Filing['notOnBehalf']) : null,
  signedAt: text(row.signed_at),
  postmarkedAt: text(row.postmarked_at),
  handedOverAt: text(row.handed_over_at),
  agencyReceivedAt: text(row.agency_received_at),
  decidedAt: text(row.decided_at),
  agencyNumber: row.agency_number,
  rejection: row.rejection as Filing['rejection'],
  reportSha256: row.report_sha256?.toString('hex') ?? null,
  actions: actionsFor(
    { delivery: row.delivery as DeliveryState, postmarked: row.postmarked_at !== null },
    role,
  ),
});

type EventRow = {
  at: Temporal.Instant;
  event: string;
  from_state: string | null;
  to_state: string;
  note: string | null;
  full_name: string | null;
  role: string | null;
};

export const eventView = (row: EventRow): FilingDetail['events'][number] => ({
  at: row.at.toString(),
  event: row.event,
  from: row.from_state,
  to: row.to_state,
  by: row.full_name !== null && row.role !== null ? { fullName: row.full_name, role: row.role } : null,
  note: row.note,
});
