import type { PgBoss } from 'pg-boss';
import type { AppContext } from '../../context.ts';
import { CERTIFICATION_QUEUE } from '../../jobs.ts';
import { findServiceKey } from '../../keys/service-keys.ts';
import { AUTHORITIES } from './authority.ts';
import type { CentreContext } from './centre-context.ts';
import { renewDueServiceCertificates } from './commands/renew-service-certificate.ts';
import { publishRevocationLists } from './publish-revocation-lists.ts';

type Context = CentreContext & Pick<AppContext, 'metrics'>;

/** An authority's own end is a matter for people: certificates it issues now would be cut short. */
const AUTHORITY_ENDS_SOON = { hours: 24 * 365 * 2 };

const warnOfEnds = async (ctx: Context): Promise<void> => {
  for (const name of AUTHORITIES) {
    const authority = await findServiceKey(ctx.db, name);
    const soon = ctx.clock.now().add(AUTHORITY_ENDS_SOON);
    if (!authority || Temporal.Instant.compare(soon, authority.certificate.notAfter) < 0) continue;
    ctx.metrics.alarms.inc({ kind: 'authority_ends' });
    const notAfter = authority.certificate.notAfter.toString();
    ctx.log.error({ authority: name, notAfter }, 'the certification authority ends: see its runbook');
  }
};

/** What the centre needs done by itself: services' certificates that end soon, and revocation lists that are due. */
export const tendOnce = async (ctx: Context): Promise<void> => {
  const renewed = await renewDueServiceCertificates(ctx);
  if (renewed.length > 0) ctx.log.info({ renewed }, 'certificates of services were renewed');
  const published = await publishRevocationLists(ctx);
  if (published.length > 0) ctx.log.info({ published }, 'revocation lists were published');
  await warnOfEnds(ctx);
};

/** Tends the centre every minute; of any number of workers one at a time. */
export const tendCertification = async (ctx: Context, boss: PgBoss): Promise<void> => {
  await boss.work(CERTIFICATION_QUEUE, async () => {
    try {
      await tendOnce(ctx);
    } catch (error) {
      ctx.log.error({ err: error }, 'the certification centre was not tended; again in a minute');
      throw error;
    }
  });
  await boss.schedule(CERTIFICATION_QUEUE, '* * * * *');
};
