import {
  createClient,
  type Answers,
  type Client,
  type Filing,
  type FilingDetail,
  endpoints,
} from '@sochi/contract';
import type { OfficerRole } from '@sochi/kernel';
import type { FastifyInstance } from 'fastify';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { installDemo } from '../commands/demo.ts';
import { compose } from '../compose.ts';
import { readEnv } from '../config.ts';
import type { AppContext } from '../context.ts';
import { DEMO_COMPANIES } from '../demo/companies.ts';
import { createLog } from '../log.ts';
import { createWeb } from '../web.ts';
import { Pool, type QueryResult, type QueryResultRow } from 'pg';
import { createTestDatabase } from './database.ts';

/** A clock a test can move. */
export const testClock = (start = Temporal.Now.instant().round('millisecond')) => {
  let now = start;
  return {
    now: () => now,
    set: (instant: Temporal.Instant): void => {
      now = instant;
    },
    advance: (duration: Temporal.DurationLike): void => {
      now = now.add(duration);
    },
  };
};

/** `fetch` to the portal without a network, with cookies kept like a browser does. */
export const injectFetch =
  (app: FastifyInstance, cookies = new Map<string, string>()): typeof fetch =>
  async (input, init) => {
    const response = await app.inject({
      // Our client calls with a path and one of the contract's methods.
      method: (init?.method ?? 'GET') as 'GET',
      url: input instanceof Request ? input.url : input.toString(),
      headers: {
        ...(init?.headers as Record<string, string>),
        ...(cookies.size > 0
          ? { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') }
          : {}),
      },
      ...(typeof init?.body === 'string' ? { payload: init.body } : {}),
    });
    for (const { name, value } of response.cookies) {
      if (value === '') cookies.delete(name);
      else cookies.set(name, value);
    }
    return new Response(response.statusCode === 204 ? null : new Uint8Array(response.rawPayload), {
      status: response.statusCode,
      headers: { 'content-type': String(response.headers['content-type'] ?? '') },
    });
  };

/** Answers of the portal as the contract's client sees them. */
export const injectClient = (app: FastifyInstance): { call: Client; cookies: Map<string, string> } => {
  const cookies = new Map<string, string>();
  return { call: createClient({ fetch: injectFetch(app, cookies), language: () => 'ru' }), cookies };
};

export type TestPortal = {
  ctx: AppContext;
  app: FastifyInstance;
  clock: ReturnType<typeof testClock>;
  connectionString: string;
  varDir: string;
  /** Logs an officer of a demonstration company in. */
  login: (role: OfficerRole, company?: number) => Promise<Client>;
  anonymous: () => Client;
  /** A second web process's parts on the same database, with the same clock and perhaps other settings. */
  openBeside: (env?: Record<string, string>) => Promise<Pick<TestPortal, 'ctx' | 'app' | 'login'>>;
  /** SQL past the program, to look at what it left or to try what it must not allow. */
  query: <Row extends QueryResultRow>(sql: string, values: unknown[]) => Promise<QueryResult<Row>>;
  close: () => Promise<void>;
};

const loginTo =
  (app: FastifyInstance) =>
  async (role: OfficerRole, company = 0): Promise<Client> => {
    const found = DEMO_COMPANIES[company];
    const officer = found?.officers.find((candidate) => candidate.role === role);
    if (!found || !officer) throw new Error(`no demo ${role} in company ${company}`);
    const { call } = injectClient(app);
    await call(endpoints.loginCloud, { body: { inn: found.inn, role, pin: officer.pin } });
    return call;
  };

const openWeb = async (parsed: ReturnType<typeof readEnv>, clock: TestPortal['clock']) => {
  const log = createLog({ service: 'test', level: 'silent' });
  const { ctx, connectionString, close } = await compose('web', parsed, { clock, log });
  const web = await createWeb(ctx, connectionString);
  return {
    ctx,
    app: web.app,
    login: loginTo(web.app),
    async close() {
      await web.close();
      await close();
    },
  };
};

/** The whole portal on a database of its own, with the demonstration's companies. */
export const createTestPortal = async (env: Record<string, string> = {}): Promise<TestPortal> => {
  const database = await createTestDatabase();
  const varDir = await mkdtemp(join(tmpdir(), 'sochi-test-'));
  const settings = {
    DATABASE_URL: database.connectionString,
    VAR_DIR: varDir,
    DATABASE_POOL: '4',
    ...env,
  };
  const parsed = readEnv(settings);
  await installDemo(parsed.config, database.connectionString, { extra: 0, agency: false });
  const clock = testClock();
  const first = await openWeb(parsed, clock);
  const open = [first];
  const pool = new Pool({ connectionString: database.connectionString, max: 1 });
  return {
    ...first,
    clock,
    connectionString: database.connectionString,
    varDir,
    anonymous: () => injectClient(first.app).call,
    async openBeside(more = {}) {
      const beside = await openWeb(readEnv({ ...settings, ...more }), clock);
      open.push(beside);
      return beside;
    },
    query: (sql, values) => pool.query(sql, values),
    async close() {
      await pool.end();
      for (const web of open) await web.close();
      await database.drop();
      await rm(varDir, { recursive: true, force: true });
    },
  };
};

/** The test vector of the unified-tax form: 186 = 2100, 187 = 67. */
export const STI_091_VECTOR = {
  cells: {
    '053': '1000',
    '054': '4',
    '056': '500',
    '057': '2',
    '063': '300',
    '064': '1',
    '067': '200',
    '068': '6',
  },
  tables: {
    ADV_CUR: [{ description: 'Аванс', amount: '150', rate: '2' }],
    ADV_PREV: [{ description: 'Зачёт', amount: '50', rate: '2' }],
  },
};

export const QUARTER = { from: '2026-07-01', to: '2026-09-30' };

/** A draft of the unified-tax report with the test vector, saved. */
export const aDraft = async (call: Client, answers: Answers = STI_091_VECTOR): Promise<FilingDetail> => {
  const draft = await call(endpoints.createFiling, {
    body: { formId: 'gns/sti-091/9', period: QUARTER, kind: 'initial' },
    idempotencyKey: randomUUID(),
  });
  const { version } = await call(endpoints.saveDraft, {
    params: { id: draft.id },
    body: { version: draft.version, answers },
  });
  return { ...draft, version, answers };
};

/** A filing sent by one officer: waits for the other, unless a delegation signs for the head. */
export const aSentFiling = async (call: Client): Promise<Filing> => {
  const draft = await aDraft(call);
  return call(endpoints.sendFiling, {
    params: { id: draft.id },
    body: { version: draft.version },
    idempotencyKey: randomUUID(),
  });
};

/** A filing with both signatures: postmarked and queued. */
export const aQueuedFiling = async (portal: TestPortal, company = 0): Promise<Filing> => {
  const sent = await aSentFiling(await portal.login('accountant', company));
  const head = await portal.login('head', company);
  return head(endpoints.signFiling, {
    params: { id: sent.id },
    body: { reportSha256: sent.reportSha256 ?? '' },
    idempotencyKey: randomUUID(),
  });
};
