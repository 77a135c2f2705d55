import type { DelegationEnd, DelegationObstacle, DelegationUse, DelegationView } from '@sochi/contract';
import { parseDelegation } from '@sochi/signature';
import { latestEnd } from './commands/grant-delegation.ts';
import { termsOf } from './delegation-terms.ts';
import type { DelegationRow, listSigners, findLastEnd, UseRow } from './queries.ts';

export const useView = (row: UseRow): DelegationUse => ({
  id: row.id,
  usedAt: row.used_at.toString(),
  filing: {
    id: row.filing_id,
    number: row.number,
    formId: row.form_id,
    period: { from: row.period_from, to: row.period_to },
  },
  // Filled wherever a delegation was used: a check constraint.
  delegate: row.delegate_full_name ?? '',
  taxDue: row.tax_due === null ? null : Number(row.tax_due),
});

type Signers = Awaited<ReturnType<typeof listSigners>>;

const obstacleOf = ({ head, accountant }: Signers): DelegationObstacle | null => {
  if (!accountant) return 'no_accountant';
  return head?.carrier === 'token' ? 'token_key' : null;
};

const currentView = (
  active: { row: DelegationRow; uses: number; lastUses: readonly UseRow[] } | undefined,
): DelegationView['current'] => {
  if (!active) return null;
  const record = parseDelegation(active.row.record);
  // An unreadable record is found out, and reported, when somebody tries to sign by it.
  if (!record.ok) return null;
  return {
    id: active.row.id,
    terms: termsOf(record.value),
    grantedAt: active.row.granted_at.toString(),
    uses: active.uses,
    lastUses: active.lastUses.map(useView),
  };
};

export const delegationView = (
  signers: Signers,
  found: {
    active: { row: DelegationRow; uses: number; lastUses: readonly UseRow[] } | undefined;
    lastEnd: Awaited<ReturnType<typeof findLastEnd>>;
  },
): DelegationView => {
  const { head, accountant } = signers;
  const current = currentView(found.active);
  const { ended_at, ended_why } = found.lastEnd ?? {};
  return {
    obstacle: obstacleOf(signers),
    head: head?.full_name ?? null,
    delegate: accountant?.full_name ?? null,
    latestEnd: head && accountant ? latestEnd(head, accountant).toString() : null,
    current,
    lastEnd:
      current === null && ended_at
        ? // A check constraint keeps the column to the list.
          { at: ended_at.toString(), why: ended_why as DelegationEnd }
        : null,
  };
};
