import { randomBytes, randomUUIDv7 } from 'node:crypto';
import { OPERATOR_CHAIN, recordAudit, type AuditAct } from '#modules/audit/index.ts';
import type { AppContext } from '../../../context.ts';
import { inTransaction, type Tx } from '../../../db/database.ts';
import type { ActingOfficer } from '../acting-officer.ts';
import { auditActor } from '../audit-act.ts';
import { tokenSha256 } from '../authenticate-officer.ts';
import { endOfficer, insertOfficer } from '../officer-queries.ts';

type Context = Pick<AppContext, 'db' | 'clock'>;

const auditOfficer = (ctx: Context, tx: Tx, act: AuditAct, fullName: string): Promise<void> =>
  recordAudit(tx, {
    chain: OPERATOR_CHAIN,
    act,
    actor: auditActor(null),
    data: { officer: fullName },
    at: ctx.clock.now(),
  });

/**
 * A new officer of the centre. Gives the access token, which is kept nowhere and never shown again; undefined when there is an
 * officer of this name.
 */
export const addOfficer = async (
  ctx: Context,
  fullName: string,
): Promise<{ officer: ActingOfficer; token: string } | undefined> => {
  const token = randomBytes(32).toString('base64url');
  const officer = { id: randomUUIDv7(), fullName };
  const isAdded = await inTransaction(ctx.db, async (tx) => {
    const row = { ...officer, tokenSha256: tokenSha256(token), now: ctx.clock.now() };
    if (!(await insertOfficer(tx, row))) return false;
    await auditOfficer(ctx, tx, 'certification_officer.added', fullName);
    return true;
  });
  return isAdded ? { officer, token } : undefined;
};

/** The officer's token opens nothing any more; what they did stays under their name. False when there is no such officer. */
export const removeOfficer = (ctx: Context, fullName: string): Promise<boolean> =>
  inTransaction(ctx.db, async (tx) => {
    if (!(await endOfficer(tx, fullName, ctx.clock.now()))) return false;
    await auditOfficer(ctx, tx, 'certification_officer.ended', fullName);
    return true;
  });
