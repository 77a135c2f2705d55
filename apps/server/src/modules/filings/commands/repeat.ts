import type { ActiveSession } from '#modules/sessions/index.ts';
import { AppError } from '../../../app-error.ts';
import type { AppContext } from '../../../context.ts';
import { findKey } from '../queries.ts';

/**
 * Whether a command with this key was done for this filing before: then its result stands and nothing is done again. A key that
 * was used for another command or filing is refused.
 */
export const isRepeat = async (
  ctx: Pick<AppContext, 'db'>,
  session: ActiveSession,
  command: { key: string; command: string; filingId: string },
): Promise<boolean> => {
  const earlier = await findKey(ctx.db, session.companyId, command.key);
  if (!earlier) return false;
  if (earlier.command === command.command && earlier.filing_id === command.filingId) return true;
  throw new AppError('idempotency.key_reused', {});
};

/** Thrown inside a transaction to roll it back when the filing moved under our hands; never leaves the command. */
export class FilingMoved extends Error {}
