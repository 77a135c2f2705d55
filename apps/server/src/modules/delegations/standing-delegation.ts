import { parseDelegation, verifySignedData, type Delegation } from '@sochi/signature';
import type { AppContext } from '../../context.ts';
import type { DelegationRow } from './queries.ts';

/** A delegation as its record states it; `damaged` when the row beside the record tells another story. */
export const readDelegation = (row: DelegationRow): Delegation | 'damaged' => {
  const parsed = parseDelegation(row.record);
  if (!parsed.ok) return 'damaged';
  const record = parsed.value;
  const isOfRow =
    record.delegationId === row.id &&
    record.companyInn === row.inn &&
    record.headCredentialId === row.head_credential_id &&
    record.delegateOfficerId === row.delegate_id;
  return isOfRow ? record : 'damaged';
};

/** Whether the head's signature over the record holds: it goes into the evidence of every report signed by it. */
export const isSignedByHead = async (
  ctx: Pick<AppContext, 'operator'>,
  row: DelegationRow,
  record: Delegation,
): Promise<boolean> => {
  const report = await verifySignedData({
    cms: row.signature,
    content: row.record,
    trustAnchors: [ctx.operator.root],
    at: record.validFrom,
    required: { roles: ['head'], companyInn: record.companyInn },
  });
  const [signer] = report.signers;
  return report.indication === 'TOTAL-PASSED' && signer?.certificate?.sha256 === record.headCertificateSha256;
};
