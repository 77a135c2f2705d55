import {
  createVerificationCache,
  parseAgencyReceipt,
  parseDecision,
  verifySignedData,
} from '@sochi/signature';
import { randomUUID } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AgencyConfig, Robot } from './config.ts';
import { runAgency, type RunningAgency } from './run-agency.ts';
import { aCompany, COMPANY_INN, reportXml, type TestCompany } from './test/a-report.ts';
import { createKeyFolder, createTestAuthority, type TestAuthority } from './test/authority.ts';
import { agencyAt, CALLER, type AgencyCaller } from './test/call.ts';
import { createEmptyDatabase } from './test/database.ts';
import { requestHash } from './x-road-message.ts';

let authority: TestAuthority;
let company: TestCompany;
let database: Awaited<ReturnType<typeof createEmptyDatabase>>;
let keys: Awaited<ReturnType<typeof createKeyFolder>>;
let pool: pg.Pool;
let agency: RunningAgency;
let call: AgencyCaller;

const configOf = (robot: Robot | null): AgencyConfig => ({
  port: 0,
  host: '127.0.0.1',
  databaseUrl: database.url,
  keyDir: keys.folder,
  trustRoot: null,
  service: 'KG/GOV/70000002/reports/sti',
  robot,
  faultsAllowed: true,
  logLevel: 'silent',
});

beforeAll(async () => {
  authority = await createTestAuthority();
  [company, database, keys] = await Promise.all([
    aCompany(authority),
    createEmptyDatabase(),
    createKeyFolder(authority),
  ]);
  agency = await runAgency(configOf({ verdict: 'accepted', delayMs: 150 }));
  call = agencyAt(agency.port);
  pool = new pg.Pool({ connectionString: database.url, max: 2 });
});

afterAll(async () => {
  await agency.stop();
  await pool.end();
  await Promise.all([database.drop(), keys.remove()]);
});

const bytes = (value: unknown): Buffer => Buffer.from(String(value), 'base64');

const isSignedByAgency = async (content: Buffer, cms: Buffer): Promise<string> =>
  (
    await verifySignedData({
      cms,
      content,
      trustAnchors: [authority.root],
      at: Temporal.Now.instant(),
      required: { roles: ['agency'] },
      cache: createVerificationCache(),
    })
  ).indication;

const untilDecided = async (caller: AgencyCaller, number: string): Promise<Record<string, unknown>> => {
  let after = '';
  for (const end = performance.now() + 10_000; performance.now() < end;) {
    const { body } = await caller.decisions(after, 1_000);
    // The shape is what these tests are about.
    const { cursor, decisions } = body as { cursor: string; decisions: Record<string, unknown>[] };
    const found = decisions.find(({ filingNumber }) => filingNumber === number);
    if (found) return found;
    after = cursor;
  }
  throw new Error(`no decision on ${number}`);
};

it('takes a report and answers with a receipt it signed', async () => {
  const report = await company.report();
  const { status, body } = await call.submit(report);
  expect(status).toBe(200);
  expect(await isSignedByAgency(bytes(body['receipt']), bytes(body['signature']))).toBe('TOTAL-PASSED');
  const receipt = parseAgencyReceipt(bytes(body['receipt']));
  expect(receipt).toMatchObject({
    ok: true,
    value: { filingNumber: report.number, agencyNumber: body['agencyNumber'], verdict: 'signatures_valid' },
  });
  expect(body['agencyNumber']).toMatch(/^ГНС-\d{4}-\d{9}$/);
});

it('gives the five headers of X-Road, with the hash of the very request', async () => {
  const body = JSON.stringify(await company.report());
  const headers = [
    'X-Road-Client',
    'KG/COM/1/old',
    ...Object.entries(CALLER).flat(),
    'Content-Type',
    'application/json',
  ];
  const path = '/r1/KG/GOV/70000002/reports/sti/reports?q=%20';
  const length = ['content-length', String(Buffer.byteLength(body))];
  const response = await new Promise<import('node:http').IncomingMessage>((resolve, reject) => {
    const request = httpRequest(
      { port: agency.port, path, method: 'POST', headers: ['Host', 'h', ...headers, ...length] },
      resolve,
    );
    request.on('error', reject).end(body);
  });
  response.resume();
  const { createHash } = await import('node:crypto');
  const requestId = String(response.headers['x-road-request-id']);
  const bodyDigest = createHash('sha512').update(body).digest();
  expect(response.headers).toMatchObject({
    'x-road-client': 'KG/COM/60000001/sochi',
    'x-road-service': 'KG/GOV/70000002/reports/sti',
    'x-road-id': CALLER['x-road-id'],
    'x-road-request-hash': requestHash({ method: 'POST', url: path, headers, bodyDigest }, requestId),
  });
  expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
});

it('gives one receipt, byte for byte, to a number that comes many times at once and again later', async () => {
  const report = await company.report();
  const answers = await Promise.all(Array.from({ length: 12 }, () => call.submit(report)));
  answers.push(await call.submit(report));
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  const { rowCount } = await pool.query('select 1 from agency.report where number = $1', [report.number]);
  expect(rowCount).toBe(1);
});

it.each(['report', 'signature', 'report and signature'])(
  'answers a number with another %s 409, and keeps what it had',
  async (which) => {
    const first = await company.report();
    const { text } = await call.submit(first);
    const other = await company.report({ number: first.number }, reportXml(COMPANY_INN, 'other'));
    const changed = {
      ...first,
      ...(which.includes('report') ? { report: other.report } : {}),
      ...(which.includes('signature') ? { signature: other.signature } : {}),
    };
    expect(await call.submit(changed)).toMatchObject({ status: 409, body: { status: 'conflict' } });
    expect((await call.submit(first)).text).toBe(text);
  },
);

it('refuses with 422 and its reasons, stores why, and repeats it; no decision follows', async () => {
  const report = await company.report({ signature: Buffer.from('garbage').toString('base64') });
  const answer = await call.submit(report);
  expect(answer).toMatchObject({
    status: 422,
    body: { status: 'refused', reasons: ['signature.structure.malformed'] },
  });
  expect(answer.headers.has('x-road-error')).toBe(false);
  expect((await call.submit(report)).text).toBe(answer.text);
  const { rows } = await pool.query<{ refusal: unknown }>(
    'select refusal from agency.report left join agency.waiting on report_id = id where number = $1 and report_id is null',
    [report.number],
  );
  expect(rows).toEqual([{ refusal: ['signature.structure.malformed'] }]);
});

it('refuses a call on behalf of somebody else', async () => {
  const answer = await call.submit(await company.report(), { 'x-road-represented-party': '99999999999999' });
  expect(answer.body).toEqual({ status: 'refused', reasons: ['represented_party_is_another'] });
});

it('tells by our number what it answered, and which numbers it does not know', async () => {
  const report = await company.report();
  expect(await call.status(report.number)).toMatchObject({ status: 404, body: { status: 'absent' } });
  const { body } = await call.submit(report);
  expect((await call.status(report.number)).body).toMatchObject(body);
  expect(await call.status('%00')).toMatchObject({ status: 404 });
});

it.each([
  ['not JSON', '{"number":'],
  ['wrong types', '{"number":1,"report":null}'],
  ['an unknown field', '{"__proto__":{"number":"x"}}'],
  ['an array', '[]'],
  ['nothing', ''],
])('answers %s with 400, as the provider, and tells no more than where', async (_, body) => {
  const answer = await call.submit(body);
  expect(answer).toMatchObject({ status: 400, body: { status: 'malformed' } });
  expect(answer.headers.has('x-road-error')).toBe(false);
  expect(answer.headers.get('x-road-request-hash')).toBeTruthy();
});

it('does not read more than 10 MiB', async () => {
  const answer = await call
    .submit(`{"report":"${'A'.repeat(11 * 1024 * 1024)}"}`)
    .catch(() => ({ status: 'cut' }));
  expect([413, 'cut']).toContain(answer.status);
});

it('takes a report of several megabytes', async () => {
  const report = await company.report({}, reportXml(COMPANY_INN, 'x'.repeat(7_000_000)));
  expect(await call.submit(report)).toMatchObject({ status: 200 });
});

it.each([
  ['no client', '/r1/KG/GOV/70000002/reports/sti/decisions', {}, 400, 'client.bad_request'],
  [
    'half a client',
    '/r1/KG/GOV/70000002/reports/sti/decisions',
    { 'x-road-client': 'KG' },
    400,
    'client.bad_request',
  ],
  [
    'another service',
    '/r1/KG/GOV/70000002/reports/sf/decisions',
    CALLER,
    500,
    'server.serverproxy.unknown_service',
  ],
  ['no service', '/r1/KG', CALLER, 500, 'server.serverproxy.unknown_service'],
  ['a broken address', '/r1/%ZZ', CALLER, 400, 'client.bad_request'],
])('answers %s with a fault of X-Road', async (...[, path, headers, status, type]) => {
  const answer = await call.get(path, headers);
  expect(answer).toMatchObject({ status, body: { type } });
  expect(answer.headers.get('x-road-error')).toBe(type);
});

it('answers an unknown path of the service as the provider', async () => {
  const answer = await call.get('/r1/KG/GOV/70000002/reports/sti/nothing', CALLER);
  expect(answer.status).toBe(404);
  expect(answer.headers.has('x-road-error')).toBe(false);
});

it('decides by robot, signs the decision, and shows it to a reader that waits', async () => {
  const report = await company.report();
  const waiting = untilDecided(call, report.number);
  await call.submit(report);
  const found = await waiting;
  expect(await isSignedByAgency(bytes(found['decision']), bytes(found['signature']))).toBe('TOTAL-PASSED');
  expect(parseDecision(bytes(found['decision']))).toMatchObject({
    ok: true,
    value: { filingNumber: report.number, verdict: 'accepted', reasons: [] },
  });
});

it.each(['after=x', 'after=-1', 'wait=999999', 'wait=x'])(
  'answers a feed asked with %s by 400',
  async (query) => {
    expect(await call.get(`/r1/KG/GOV/70000002/reports/sti/decisions?${query}`, CALLER)).toMatchObject({
      status: 400,
    });
  },
);

it('gives an empty page and the same place when there is nothing new in time', async () => {
  const last = '999999999999';
  const started = performance.now();
  expect(await call.decisions(last, 120)).toMatchObject({
    status: 200,
    body: { cursor: last, decisions: [] },
  });
  expect(performance.now() - started).toBeGreaterThan(100);
});

it('plays the failures a test orders, each as often as ordered, and takes the report afterwards', async () => {
  const report = await company.report();
  for (const kind of ['error_500', 'garbage', 'hang', 'accept_then_hang'])
    expect(await call.order(kind)).toBe(204);
  expect(await call.submit(report)).toMatchObject({ status: 500 });
  expect((await call.submit(report)).text).toBe('{"status":"recei');
  const hang = (): Promise<unknown> => call.submit(report, {}, AbortSignal.timeout(300));
  await expect(hang()).rejects.toThrow('timeout');
  expect(await call.status(report.number)).toMatchObject({ status: 404 });
  await expect(hang()).rejects.toThrow('timeout');
  const { body } = await call.status(report.number);
  expect(body).toMatchObject({ status: 'received' });
  expect((await call.submit(report)).body['receipt']).toBe(body['receipt']);
  expect(await call.order('explode')).toBe(400);
});

it('is healthy and ready', async () => {
  expect(await call.get('/healthz')).toMatchObject({ status: 200 });
  expect(await call.get('/readyz')).toMatchObject({ status: 200 });
});

it('leaves every report to the curator when its robot is off', async () => {
  const off = await runAgency(configOf(null));
  const number = `T-${randomUUID()}`;
  await agencyAt(off.port).submit(await company.report({ number }));
  const { rowCount } = await pool.query(
    'select 1 from agency.waiting join agency.report on id = report_id where number = $1',
    [number],
  );
  expect(rowCount).toBe(0);
  await off.stop();
});
