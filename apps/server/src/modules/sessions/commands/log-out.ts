import type { AppContext } from '../../../context.ts';
import { tokenHash } from '../active-session.ts';
import { deleteSession } from '../queries.ts';

/** Ends a session and with it the signing grant. Repeating it does nothing. */
export const logOut = async (ctx: Pick<AppContext, 'db'>, token: Uint8Array): Promise<void> => {
  await deleteSession(ctx.db, tokenHash(token));
};
