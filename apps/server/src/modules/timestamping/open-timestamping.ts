import type { AppContext } from '../../context.ts';
import { getServiceKey } from '../../keys/service-keys.ts';
import { createBuiltInAuthority, type BuiltInAuthority } from './built-in-authority.ts';
import { createClockGuard } from './clock-guard.ts';
import { createExternalAuthority } from './external-authority.ts';
import { findLatestMoment } from './queries.ts';
import { createSignerReader } from './signer-reader.ts';
import { createTimestampSource, type TimestampSource } from './timestamp-source.ts';

export type Timestamping = { source: TimestampSource; builtIn: BuiltInAuthority };

/** The word in the configuration's list that means our own authority. */
const BUILT_IN = 'built-in';

/**
 * Our own authority, and the source that asks it and the external ones in the order of the configuration. Whoever checks evidence
 * trusts the operator's root and nothing else, so a token is taken only when it leads there by the certificates it carries.
 */
export const openTimestamping = async (
  ctx: Pick<AppContext, 'db' | 'config' | 'clock' | 'log' | 'metrics' | 'keystore'>,
): Promise<Timestamping> => {
  const { authorities, policy, accuracyMs, timeoutMs, maxSkewMs } = ctx.config.timestamps;
  const guard = createClockGuard(ctx.clock, await findLatestMoment(ctx.db));
  const builtIn = createBuiltInAuthority({ signer: createSignerReader(ctx), guard, policy, accuracyMs });
  const { certificate: root } = await getServiceKey(ctx.db, 'root');
  const inOrder = authorities.map((name) =>
    name === BUILT_IN ? builtIn : createExternalAuthority({ url: name, timeoutMs, trustAnchors: [root] }),
  );
  return { builtIn, source: createTimestampSource({ ...ctx, authorities: inOrder, maxSkewMs }) };
};
