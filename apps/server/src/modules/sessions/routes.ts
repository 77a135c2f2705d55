import type { Endpoints, Session } from '@sochi/contract';
import type { OfficerRole } from '@sochi/kernel';
import type { AppContext } from '../../context.ts';
import type { Handlers } from '../../http/handler.ts';
import { originOf } from '../../http/origin.ts';
import { clearSessionCookie, readSessionToken, setSessionCookie } from '../../http/session-cookie.ts';
import { logIn } from './commands/log-in.ts';
import { logOut } from './commands/log-out.ts';
import { getSessionView } from './queries.ts';

const view = async (ctx: Pick<AppContext, 'db' | 'config'>, sessionId: string): Promise<Session> => {
  const row = await getSessionView(ctx.db, sessionId);
  return {
    // The database holds only the two roles (a check constraint).
    officer: { id: row.officer_id, fullName: row.full_name, role: row.role as OfficerRole },
    company: { id: row.company_id, inn: row.inn, name: row.name },
    balance: Number(row.balance ?? 0),
    credential: { validTo: row.valid_to.toString(), serial: row.serial },
    idleSeconds: ctx.config.session.idleSeconds,
  };
};

export const sessionHandlers = (
  ctx: Pick<AppContext, 'db' | 'clock' | 'config' | 'keystore' | 'metrics'>,
): Pick<Handlers<Endpoints>, 'loginCloud' | 'getSession' | 'logout'> => ({
  loginCloud: async ({ body, request, reply }) => {
    const { token, sessionId } = await logIn(ctx, { ...body, origin: originOf(request) });
    setSessionCookie(reply, token, ctx.config.session.absoluteSeconds);
    return view(ctx, sessionId);
  },
  getSession: ({ session }) => view(ctx, session.id),
  logout: async ({ request, reply }) => {
    const token = readSessionToken(request);
    if (token) await logOut(ctx, token, originOf(request));
    clearSessionCookie(reply);
    return undefined;
  },
});
