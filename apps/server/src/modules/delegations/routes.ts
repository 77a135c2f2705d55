import type { DelegationView, Endpoints } from '@sochi/contract';
import type { ActiveSession } from '#modules/sessions/index.ts';
import type { AppContext } from '../../context.ts';
import type { Handlers } from '../../http/handler.ts';
import { endDelegation } from './commands/end-delegation.ts';
import { grantDelegation } from './commands/grant-delegation.ts';
import { countUses, findActiveDelegation, findLastEnd, listSigners, listUses } from './queries.ts';
import { delegationView, useView } from './view.ts';

type Context = Pick<AppContext, 'db' | 'clock' | 'config' | 'keystore' | 'operator' | 'timestamps'>;
type DelegationEndpoints = 'getDelegation' | 'grantDelegation' | 'endDelegation' | 'listDelegationUses';

const LAST_USES = 5;

const findUsed = async (ctx: Context, { companyId }: ActiveSession) => {
  const row = await findActiveDelegation(ctx.db, companyId);
  if (!row || Temporal.Instant.compare(row.expires_at, ctx.clock.now()) <= 0) return undefined;
  const [uses, lastUses] = await Promise.all([
    countUses(ctx.db, row.id),
    listUses(ctx.db, { companyId, delegationId: row.id, limit: LAST_USES }),
  ]);
  return { row, uses, lastUses };
};

const getView = async (ctx: Context, session: ActiveSession): Promise<DelegationView> => {
  const [signers, active, lastEnd] = await Promise.all([
    listSigners(ctx.db, session.companyId, ctx.clock.now()),
    findUsed(ctx, session),
    findLastEnd(ctx.db, session.companyId),
  ]);
  return delegationView(signers, { active, lastEnd });
};

export const delegationHandlers = (ctx: Context): Pick<Handlers<Endpoints>, DelegationEndpoints> => ({
  getDelegation: ({ session }) => getView(ctx, session),
  grantDelegation: async ({ session, body, idempotencyKey }) => {
    await grantDelegation(ctx, session, { ...body, key: idempotencyKey });
    return getView(ctx, session);
  },
  endDelegation: async ({ session }) => {
    await endDelegation(ctx, session);
    return undefined;
  },
  listDelegationUses: async ({ session, query }) => {
    const rows = await listUses(ctx.db, {
      companyId: session.companyId,
      limit: query.limit + 1,
      before: query.before,
    });
    const page = rows.slice(0, query.limit);
    return {
      uses: page.map(useView),
      next: rows.length > query.limit ? (page.at(-1)?.id ?? null) : null,
    };
  },
});
