import { endpoints, errorText, LANGUAGES, OFFICER_HEADER, type Endpoint } from '@sochi/contract';
import { Validator } from '@seriousme/openapi-schema-validator';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aQueuedFiling, createTestPortal, injectClient, type TestPortal } from '../test/portal.ts';

let portal: TestPortal;
let cookie: string;
beforeAll(async () => {
  portal = await createTestPortal({ BODY_LIMIT_BYTES: '2000000' });
  const { call, cookies } = injectClient(portal.app);
  await call(endpoints.loginCloud, { body: { inn: '02711201910023', role: 'accountant', pin: '294176' } });
  cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
});
afterAll(() => portal.close());

const url = ({ path }: Endpoint, id: string) => path.replace('{id}', id);
const all: Endpoint[] = Object.values(endpoints);
const protectedEndpoints = all.filter(({ access }) => access !== 'public' && access !== 'certification');
const centreEndpoints = all.filter(({ access }) => access === 'certification');
const ofHead = protectedEndpoints.filter(({ access }) => !access.includes('accountant'));
const withFiling = protectedEndpoints.filter(({ path }) => path.includes('{id}'));

const BODIES: Record<string, unknown> = {
  createFiling: {
    formId: 'gns/sti-091/9',
    period: { from: '2026-07-01', to: '2026-09-30' },
    kind: 'initial',
  },
  saveDraft: { version: 1, answers: { cells: {}, tables: {} } },
  sendFiling: { version: 1 },
  signFiling: { reportSha256: 'ab'.repeat(32) },
  grantDelegation: {
    terms: {
      forms: 'all',
      periodFrom: null,
      periodTo: null,
      taxCeiling: null,
      expiresAt: '2100-01-01T00:00:00Z',
    },
    pin: '482915',
  },
};
const request = (endpoint: Endpoint, id: string, headers: Record<string, string> = {}) => ({
  method: endpoint.method,
  url: url(endpoint, id),
  headers: { 'idempotency-key': randomUUID(), ...headers },
  ...(BODIES[endpoint.id]
    ? {
        payload: JSON.stringify(BODIES[endpoint.id]),
        headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID(), ...headers },
      }
    : {}),
});

describe('who may call', () => {
  it.each(protectedEndpoints.map((endpoint) => [endpoint.id, endpoint] as const))(
    '%s: nobody without a session',
    async (_, endpoint) => {
      const response = await portal.app.inject(request(endpoint, randomUUID()));
      expect(response.json()).toMatchObject({ status: 401, code: 'session.required' });
    },
  );

  it.each(protectedEndpoints.map((endpoint) => [endpoint.id, endpoint] as const))(
    '%s: nobody with a made-up session',
    async (_, endpoint) => {
      const response = await portal.app.inject(
        request(endpoint, randomUUID(), { cookie: `__Host-sochi=${'A'.repeat(43)}` }),
      );
      expect(response.json()).toMatchObject({ status: 401, code: 'session.expired' });
    },
  );

  it.each(ofHead.map((endpoint) => [endpoint.id, endpoint] as const))(
    '%s: not for the accountant',
    async (_, endpoint) => {
      const response = await portal.app.inject(request(endpoint, randomUUID(), { cookie }));
      expect(response.json()).toMatchObject({ status: 403, code: 'access.forbidden' });
    },
  );

  it.each(centreEndpoints.map((endpoint) => [endpoint.id, endpoint] as const))(
    '%s: nobody without an access token of the certification centre, whatever the session',
    async (_, endpoint) => {
      const response = await portal.app.inject(request(endpoint, randomUUID(), { cookie }));
      expect(response.json()).toMatchObject({ status: 401, code: 'certification.token_required' });
    },
  );

  it.each(centreEndpoints.map((endpoint) => [endpoint.id, endpoint] as const))(
    '%s: nobody with a made-up access token',
    async (_, endpoint) => {
      const authorization = `Bearer ${'A'.repeat(43)}`;
      const response = await portal.app.inject(request(endpoint, randomUUID(), { authorization }));
      expect(response.json()).toMatchObject({ status: 401, code: 'certification.token_refused' });
    },
  );

  it.each(withFiling.map((endpoint) => [endpoint.id, endpoint] as const))(
    '%s: not for a filing of another company',
    async (_, endpoint) => {
      const foreign = await aQueuedFiling(portal, 0);
      const response = await portal.app.inject(request(endpoint, foreign.id, { cookie }));
      expect(response.json()).toMatchObject({ status: 404, code: 'filing.not_found' });
      const unknown = await portal.app.inject(request(endpoint, randomUUID(), { cookie }));
      const { requestId: _1, ...first } = response.json<Record<string, unknown>>();
      const { requestId: _2, ...second } = unknown.json<Record<string, unknown>>();
      expect(first).toEqual(second);
    },
  );

  it('lists nothing of another company', async () => {
    await aQueuedFiling(portal, 0);
    const response = await portal.app.inject({ url: '/api/v1/filings', headers: { cookie } });
    expect(response.json()).toMatchObject({ filings: [] });
    const delegation = await portal.app.inject({ url: '/api/v1/delegation', headers: { cookie } });
    expect(delegation.json()).toMatchObject({ head: 'Турдубаева Нургүл Кадыровна', current: null });
  });
});

describe('bad requests', () => {
  const post = (payload: string | Buffer, headers: Record<string, string> = {}) =>
    portal.app.inject({
      method: 'POST',
      url: '/api/v1/login/cloud',
      payload,
      headers: { 'content-type': 'application/json', 'accept-language': 'ru', ...headers },
    });

  it('refuses 50 MB', async () => {
    const response = await post(Buffer.alloc(50_000_000, 0x20));
    expect(response.json()).toMatchObject({
      status: 413,
      code: 'request.too_large',
      title: 'Слишком большой запрос',
    });
  });

  it.each([
    ['broken JSON', '{"inn":', 400, 'request.malformed'],
    ['no body', '', 400, 'request.malformed'],
    ['another shape', '[]', 400, 'request.invalid'],
    ['wrong types', '{"inn":1,"role":"head","pin":482915}', 400, 'request.invalid'],
    [
      'unknown keys',
      '{"inn":"01503201810015","role":"head","pin":"482915","admin":true}',
      400,
      'request.invalid',
    ],
    [
      'a poisoned prototype',
      '{"__proto__":{"role":"head"},"inn":"01503201810015","pin":"482915"}',
      400,
      'request.malformed',
    ],
  ])('refuses %s', async (_, payload, status, code) => {
    expect((await post(payload)).json()).toMatchObject({ status, code });
  });

  it('refuses anything but JSON', async () => {
    const response = await post('inn=1', { 'content-type': 'application/x-www-form-urlencoded' });
    expect(response.json()).toMatchObject({ status: 415, code: 'request.unsupported_media_type' });
  });

  it.each([{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }, { origin: 'null' }])(
    'refuses a request from another site: %j',
    async (headers) => {
      expect((await post('{}', headers)).json()).toMatchObject({ status: 403, code: 'request.cross_site' });
    },
  );

  it('answers unknown addresses as a problem', async () => {
    expect((await portal.app.inject('/api/v1/nothing')).json()).toMatchObject({
      status: 404,
      code: 'request.not_found',
    });
  });

  it.each(LANGUAGES)('speaks %s', async (language) => {
    const response = await post('{', { 'accept-language': language });
    expect(response.json()).toMatchObject(errorText('request.malformed', language));
    expect(response.headers['content-type']).toContain('application/problem+json');
  });
});

describe('the server', () => {
  it('answers one address about certificates only so often, and everybody else all the same', async () => {
    const { app } = await portal.openBeside({ PKI_REQUESTS_PER_MINUTE: '3' });
    const ask = (remoteAddress: string, url = '/pki/root.crl') => app.inject({ url, remoteAddress });
    const codes: number[] = [];
    for (let count = 0; count < 4; count += 1) codes.push((await ask('10.0.0.1')).statusCode);
    expect(codes).toEqual([200, 200, 200, 429]);
    expect((await ask('10.0.0.1', '/pki/issuing.crl')).json()).toMatchObject({
      code: 'request.rate_limited',
      data: { retryAfterSeconds: 60 },
    });
    expect((await ask('10.0.0.2')).statusCode).toBe(200);
    expect((await ask('10.0.0.1', '/healthz')).statusCode).toBe(200);
  });

  it('describes itself in valid OpenAPI 3.1', async () => {
    const document = (await portal.app.inject('/api/openapi.json')).json<Record<string, unknown>>();
    expect(document['openapi']).toBe('3.1.0');
    expect(await new Validator().validate(document)).toMatchObject({ valid: true });
  });

  it('is alive, ready and measured', async () => {
    expect((await portal.app.inject('/healthz')).json()).toEqual({ ok: true });
    const ready = await portal.app.inject('/readyz');
    expect(ready.json()).toEqual({
      ok: true,
      checks: ['database', 'queue', 'schema'].map((name) => ({ name, ok: true })),
    });
    expect((await portal.app.inject('/metrics')).body).toContain('sochi_http_request_seconds_bucket');
  });

  it('is not ready on a schema it does not know', async () => {
    await portal.query(
      `insert into schema_migration (name, checksum) values ('99999999T0000-from-the-future.sql', '')`,
      [],
    );
    const ready = await portal.app.inject('/readyz');
    await portal.query(`delete from schema_migration where name like '9999%'`, []);
    expect(ready.statusCode).toBe(503);
    expect(ready.json()).toMatchObject({ ok: false });
  });

  it('lets no inline script run and nobody frame it', async () => {
    const policy = String((await portal.app.inject('/healthz')).headers['content-security-policy']);
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/script-src[^;]*unsafe/);
  });
});

it('does nothing in the name of an officer whom the screen does not show', async () => {
  const response = await portal.app.inject({
    url: '/api/v1/filings',
    headers: { cookie, [OFFICER_HEADER]: randomUUID() },
  });
  expect(response.json()).toMatchObject({ status: 409, code: 'session.changed' });
});
