import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import type { AppContext } from '../context.ts';
import { listMigrations } from '../db/migrate.ts';

type Check = { name: 'database' | 'queue' | 'schema'; ok: boolean };

const works = async (name: Check['name'], test: () => Promise<boolean>): Promise<Check> => ({
  name,
  ok: await test().catch(() => false),
});

/** Ready when the database answers, the queue is installed, and the schema is exactly the one this code was written for. */
export const readiness = async (db: AppContext['db']): Promise<Check[]> => {
  const known = await listMigrations();
  return Promise.all([
    works('database', async () => (await sql`select 1`.execute(db)).rows.length === 1),
    works('queue', async () => (await sql`select 1 from pgboss.version`.execute(db)).rows.length === 1),
    works('schema', async () => {
      const { rows } = await sql<{ name: string }>`select name from schema_migration order by name`.execute(
        db,
      );
      return rows.map(({ name }) => name).join() === known.map(({ name }) => name).join();
    }),
  ]);
};

/** `/healthz` (the process lives), `/readyz` (it can serve), `/metrics` (Prometheus). */
export const registerHealth = (app: FastifyInstance, ctx: Pick<AppContext, 'db' | 'metrics'>): void => {
  app.get('/healthz', () => ({ ok: true }));
  app.get('/readyz', async (_, reply) => {
    const checks = await readiness(ctx.db);
    const ok = checks.every((check) => check.ok);
    return reply.code(ok ? 200 : 503).send({ ok, checks });
  });
  app.get('/metrics', async (_, reply) =>
    reply.type(ctx.metrics.registry.contentType).send(await ctx.metrics.registry.metrics()),
  );
};
