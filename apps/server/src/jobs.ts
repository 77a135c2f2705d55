import { fromKysely, PgBoss } from 'pg-boss';
import type { Logger } from 'pino';
import type { Tx } from './db/database.ts';

/** One queue per agency, so that a slow agency holds up nobody else. */
export const deliveryQueue = (agency: string): string => `deliver-${agency}`;
export const SWEEP_QUEUE = 'sweep-queued-filings';
export const EXPIRY_QUEUE = 'end-expired-delegations';
export const CERTIFICATION_QUEUE = 'tend-certification';
export const AUDIT_QUEUE = 'witness-audit-trail';

/** How a delivery job is sent: the queue keeps at most one of a filing that waits or runs. */
export const oncePerFiling = (filingId: string) => ({ singletonKey: filingId });

/** Puts work into the queue inside the transaction that made it necessary: a rollback drops the job too. */
export type Jobs = {
  enqueueDelivery(tx: Tx, filing: { id: string; agency: string }): Promise<void>;
};

export const createBoss = (options: {
  connectionString: string;
  log: Logger;
  poolSize: number;
  /** The worker listens, supervises and schedules; the web process only sends. */
  worker: boolean;
}): PgBoss => {
  const boss = new PgBoss({
    connectionString: options.connectionString,
    application_name: 'sochi-jobs',
    max: options.poolSize,
    schema: 'pgboss',
    migrate: false,
    createSchema: false,
    useListenNotify: options.worker,
    supervise: options.worker,
    schedule: options.worker,
    superviseIntervalSeconds: 10,
    monitorIntervalSeconds: 10,
  });
  boss.on('error', (error) => options.log.error({ err: error }, 'job queue error'));
  boss.on('warning', (warning) => options.log.warn({ warning }, 'job queue warning'));
  return boss;
};

/** Installs the queue's own schema and our queues. Part of `migrate`. */
export const installQueues = async (connectionString: string, agencies: readonly string[]): Promise<void> => {
  const boss = new PgBoss({ connectionString, schema: 'pgboss', supervise: false, schedule: false });
  let failure: Error | undefined;
  boss.on('error', (error) => {
    failure = error;
  });
  await boss.start();
  for (const name of agencies.map(deliveryQueue)) {
    const queue = {
      policy: 'exclusive' as const,
      notify: true,
      retryLimit: 1_000,
      retryDelay: 1,
      retryBackoff: true,
      retryDelayMax: 60,
      heartbeatSeconds: 15,
    };
    await boss.createQueue(name, { ...queue, expireInSeconds: 300, deleteAfterSeconds: 3_600 });
  }
  for (const name of [SWEEP_QUEUE, EXPIRY_QUEUE, CERTIFICATION_QUEUE, AUDIT_QUEUE])
    await boss.createQueue(name, { policy: 'short', retryLimit: 0, deleteAfterSeconds: 3_600 });
  // Workers do not own the queue's tables, and only the owner may rebuild what has become sparse.
  for (const command of await boss.getReindexCommands()) await boss.getDb().executeSql(command);
  await boss.stop({ graceful: false });
  if (failure) throw failure;
};

export const createJobs = (boss: PgBoss): Jobs => ({
  async enqueueDelivery(tx, filing) {
    await boss.send(
      deliveryQueue(filing.agency),
      { filingId: filing.id },
      { ...oncePerFiling(filing.id), db: fromKysely(tx) },
    );
  },
});
