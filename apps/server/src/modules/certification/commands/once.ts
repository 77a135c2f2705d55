import { AppError, isAppError } from '../../../app-error.ts';
import type { AppContext } from '../../../context.ts';
import type { CertificationActKind } from '../basis-documents.ts';
import { findKeyedAct } from '../queries.ts';
import type { Basis } from '../record-certificate.ts';

export type Keyed = {
  act: CertificationActKind;
  basis: Pick<Basis, 'officer' | 'idempotencyKey'>;
  /** The certificate the act was ordered for; none when a first one is issued. */
  certificateId?: string;
};

const findEarlier = async (
  ctx: Pick<AppContext, 'db'>,
  { act, basis, certificateId }: Keyed,
): Promise<string | undefined> => {
  if (!basis.officer || basis.idempotencyKey === null) return undefined;
  const earlier = await findKeyedAct(ctx.db, basis.officer.id, basis.idempotencyKey);
  if (!earlier) return undefined;
  const about = act === 'renew' ? earlier.replaces : earlier.certificate_id;
  if (earlier.act !== act || (certificateId !== undefined && about !== certificateId))
    throw new AppError('idempotency.key_reused', {});
  return earlier.certificate_id;
};

/** What a repeat runs into that races the first: its key, or the change that the first has made. */
const mayBeRepeat = (error: unknown): boolean =>
  isAppError(error) ||
  (error instanceof Error && 'constraint' in error && error.constraint === 'certification_act_once');

/**
 * Does an act of the centre once for each idempotency key of an officer; gives the id of the certificate it made or changed. A
 * repeat, also one that races the first, gives the same; a key used for something else is refused.
 */
export const once = async (
  ctx: Pick<AppContext, 'db'>,
  keyed: Keyed,
  work: () => Promise<string>,
): Promise<string> => {
  const earlier = await findEarlier(ctx, keyed);
  if (earlier !== undefined) return earlier;
  try {
    return await work();
  } catch (error) {
    const raced = mayBeRepeat(error) ? await findEarlier(ctx, keyed) : undefined;
    if (raced === undefined) throw error;
    return raced;
  }
};
