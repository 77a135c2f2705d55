import { parseDelegation, verifySignedData, type Delegation } from '@sochi/signature';
import type { AppContext } from '../../context.ts';
import type { DelegationRow } from './queries.ts';

/** Whether the head's signature over the record holds: it goes into the evidence of every report signed by it. */
const isSignedByHead = async (
  ctx: Pick<AppContext, 'operator'>,
  row: DelegationRow,
  record: Delegation,
): Promise<boolean> => {
  const { indication, signers } = await verifySignedData({
    cms: row.signature,
    content: row.record,
    trustAnchors: [ctx.operator.root],
    timestamps: { trustAnchors: [ctx.operator.root], intermediates: [], required: true },
    at: record.validFrom,
    required: { roles: ['head'], companyInn: record.companyInn },
  });
  return indication === 'TOTAL-PASSED' && signers[0]?.certificate?.sha256 === record.headCertificateSha256;
};

/**
 * A delegation as its record states it; `damaged` when it is not what the head signed, or the row beside it tells another story.
 * Whether the key opens under it only the keystore can say.
 */
export const readDelegation = async (
  ctx: Pick<AppContext, 'operator'>,
  row: DelegationRow,
): Promise<Delegation | 'damaged'> => {
  const parsed = parseDelegation(row.record);
  if (!parsed.ok) return 'damaged';
  const record = parsed.value;
  const isOfRow =
    record.delegationId === row.id &&
    record.companyInn === row.inn &&
    record.headCredentialId === row.head_credential_id &&
    record.delegateOfficerId === row.delegate_id;
  return isOfRow && (await isSignedByHead(ctx, row, record)) ? record : 'damaged';
};
