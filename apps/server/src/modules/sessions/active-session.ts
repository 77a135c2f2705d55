import type { CompanyId, CredentialId, OfficerId, OfficerRole, SessionId } from '@sochi/kernel';
import { createHash } from 'node:crypto';
import type { Origin } from '#modules/audit/index.ts';
import type { AppContext } from '../../context.ts';
import type { SigningGrant } from '../../keys/keystore.ts';
import { findSessionRow, touchSession } from './queries.ts';

/** A session that is alive. `secret` comes from the cookie and is never stored. */
export type LiveSession = {
  id: SessionId;
  companyId: CompanyId;
  officerId: OfficerId;
  credentialId: CredentialId;
  role: OfficerRole;
  fullName: string;
  certificate: Uint8Array;
  grant: SigningGrant;
  secret: Uint8Array;
};

/** Who is calling and from where, as every handler gets it. */
export type ActiveSession = LiveSession & { origin: Origin };

/** Writing at each request would cost a commit: the idle clock is exact to this. */
const TOUCH_EVERY_SECONDS = 30;

/** The token is stored only as its hash, so a stolen database opens no session. */
export const tokenHash = (token: Uint8Array): Buffer => createHash('sha256').update(token).digest();

/**
 * The live session of a token; undefined when there is none, it idled too long, it is over, or its credential is not active.
 * `touch` starts the idle clock anew: a request of the user does, a page that merely stays open does not.
 */
export const findSession = async (
  ctx: Pick<AppContext, 'db' | 'clock' | 'config'>,
  token: Uint8Array,
  { touch }: { touch: boolean },
): Promise<LiveSession | undefined> => {
  const row = await findSessionRow(ctx.db, tokenHash(token));
  if (!row || row.credential_state !== 'active') return undefined;
  const now = ctx.clock.now();
  const idleSince = row.last_seen_at.until(now).total('seconds');
  if (idleSince > ctx.config.session.idleSeconds) return undefined;
  if (Temporal.Instant.compare(now, row.expires_at) >= 0 || Temporal.Instant.compare(now, row.valid_to) >= 0)
    return undefined;
  if (touch && idleSince > TOUCH_EVERY_SECONDS) await touchSession(ctx.db, row.id, now);
  // Ids and grants come from the database, where only we write them: the brands are put back on.
  return {
    id: row.id as SessionId,
    companyId: row.company_id as CompanyId,
    officerId: row.officer_id as OfficerId,
    credentialId: row.credential_id as CredentialId,
    role: row.role as OfficerRole,
    fullName: row.full_name,
    certificate: row.certificate,
    grant: row.signing_grant as Uint8Array as SigningGrant,
    secret: token,
  };
};
