import type { OfficerRole } from '@sochi/kernel';
import { OPERATOR_CHAIN, recordAudit, type AuditData, type Origin } from '#modules/audit/index.ts';
import type { AppContext } from '../../context.ts';
import { inTransaction, type Tx } from '../../db/database.ts';
import { noteFailure } from './login-attempts.ts';

/** Why nobody was let in: told to the trail, never to the one who tried. */
export type FailedLogin = {
  act: 'login.refused' | 'login.paused';
  /** The company whose ИНН was given; what concerns none goes to the operator's chain, in the same way and at the same cost. */
  companyId: string | undefined;
  credentialId: string | null;
  inn: string;
  role: OfficerRole;
  origin: Origin;
  data: AuditData;
};

const recordFailed = (ctx: Pick<AppContext, 'clock'>, tx: Tx, failed: FailedLogin): Promise<void> =>
  recordAudit(tx, {
    chain: failed.companyId ?? OPERATOR_CHAIN,
    act: failed.act,
    actor: { kind: 'stranger' },
    from: failed.origin,
    ...(failed.credentialId === null ? {} : { subject: { kind: 'credential', id: failed.credentialId } }),
    data: { inn: failed.inn, role: failed.role, ...failed.data },
    at: ctx.clock.now(),
  });

/** Records a failed login; it also counts against its address, which bounds how fast one can make the trail grow. */
export const recordFailedLogin = (
  ctx: Pick<AppContext, 'db' | 'clock' | 'config'>,
  failed: FailedLogin,
): Promise<void> =>
  inTransaction(ctx.db, async (tx) => {
    await noteFailure(ctx, tx, failed.origin.address);
    await recordFailed(ctx, tx, failed);
  });
