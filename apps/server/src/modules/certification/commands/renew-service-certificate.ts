import { inTransaction } from '../../../db/database.ts';
import { getServiceKey, type ServiceKey } from '../../../keys/service-keys.ts';
import type { CentreContext } from '../centre-context.ts';
import type { Basis } from '../record-certificate.ts';
import { prepareServiceKey, recordServiceKey } from '../service-certificate.ts';
import { SERVICE_CERTIFICATES } from '../service-certificates.ts';
import { findCertificateId, replaceServiceKey } from '../service-key-queries.ts';

/** Those that can be renewed without people gathering around the root: the rest of the house trusts whom it trusted before. */
export const RENEWABLE_SERVICES = ['operator', 'timestamp', 'ocsp'] as const;
export type RenewableService = (typeof RENEWABLE_SERVICES)[number];

const OWN: Basis = { officer: null, documents: [], idempotencyKey: null };

/** Thrown inside the transaction when another process has renewed it meanwhile; never leaves the command. */
class RenewedMeanwhile extends Error {}

const renew = async (ctx: CentreContext, current: ServiceKey, basis: Basis): Promise<boolean> => {
  const replaces = await findCertificateId(ctx.db, current.certificate.sha256);
  const prepared = await prepareServiceKey(ctx, current.name, {
    organization: current.certificate.subject.organizationName ?? 'СОчИ',
    ...(replaces === undefined ? {} : { replaces }),
  });
  const row = { name: current.name, certificate: prepared.made.certificate.der, sealed: prepared.key.sealed };
  try {
    await inTransaction(ctx.db, async (tx) => {
      if (!(await replaceServiceKey(tx, row, current.certificate.der))) throw new RenewedMeanwhile();
      await recordServiceKey(tx, prepared, { ...basis, act: 'renew', at: ctx.clock.now() });
    });
  } catch (error) {
    if (error instanceof RenewedMeanwhile) return false;
    throw error;
  }
  return true;
};

/**
 * A new key and certificate for one of the operator's services; the old certificate stays valid until its end, so processes that
 * still sign with it do no harm until they look again. False when another process has just done it.
 */
export const renewServiceCertificate = async (
  ctx: CentreContext,
  name: RenewableService,
  basis: Basis = OWN,
): Promise<boolean> => renew(ctx, await getServiceKey(ctx.db, name), basis);

/** Renews every service's certificate that ends soon; gives their names. */
export const renewDueServiceCertificates = async (ctx: CentreContext): Promise<RenewableService[]> => {
  const renewed: RenewableService[] = [];
  for (const name of RENEWABLE_SERVICES) {
    const { renewWhenLeft } = SERVICE_CERTIFICATES[name];
    const current = await getServiceKey(ctx.db, name);
    const isDue =
      renewWhenLeft !== undefined &&
      Temporal.Instant.compare(ctx.clock.now().add(renewWhenLeft), current.certificate.notAfter) >= 0;
    if (isDue && (await renew(ctx, current, OWN))) renewed.push(name);
  }
  return renewed;
};
