import { readFile } from 'node:fs/promises';
import { certificatesFromPem, readCertificate, type Certificate } from '@sochi/signature';
import type { AppContext } from '../../context.ts';
import { createBuiltInAuthority, type BuiltInAuthority } from './built-in-authority.ts';
import { createClockGuard } from './clock-guard.ts';
import { createExternalAuthority } from './external-authority.ts';
import { findLatestMoment } from './queries.ts';
import { createSignerReader } from './signer-reader.ts';
import { createTimestampSource, type TimestampSource } from './timestamp-source.ts';

export type Timestamping = { source: TimestampSource; builtIn: BuiltInAuthority };

/** The word in the configuration's list that means our own authority. */
const BUILT_IN = 'built-in';

const readTrust = async (file: string | undefined): Promise<Certificate[]> =>
  file === undefined ? [] : certificatesFromPem(await readFile(file, 'utf8')).map(readCertificate);

/** Our own authority, and the source that asks it and the external ones in the order of the configuration. */
export const openTimestamping = async (
  ctx: Pick<AppContext, 'db' | 'config' | 'clock' | 'log' | 'metrics' | 'keystore'>,
): Promise<Timestamping> => {
  const { authorities, policy, accuracyMs, timeoutMs, maxSkewMs, trustFile } = ctx.config.timestamps;
  const guard = createClockGuard(ctx.clock, await findLatestMoment(ctx.db));
  const builtIn = createBuiltInAuthority({ signer: createSignerReader(ctx), guard, policy, accuracyMs });
  const trustAnchors = await readTrust(trustFile);
  const inOrder = authorities.map((name) =>
    name === BUILT_IN ? builtIn : createExternalAuthority({ url: name, timeoutMs, trustAnchors }),
  );
  return { builtIn, source: createTimestampSource({ ...ctx, authorities: inOrder, maxSkewMs }) };
};
