import { ApiError, endpoints, type Client } from '@sochi/contract';
import { afterEach, beforeAll, afterAll, describe, expect, it } from 'vitest';
import { KeystoreUnavailable, type Keystore } from '../../keys/keystore.ts';
import { createTestPortal, injectClient, type TestPortal } from '../../test/portal.ts';
import { logIn } from './commands/log-in.ts';

const INN = '01503201810015';
const PIN = '482915';

let portal: TestPortal;
beforeAll(async () => {
  portal = await createTestPortal({ LOGIN_FAILURES_PER_ADDRESS: '12' });
});
afterAll(() => portal.close());
afterEach(() => portal.query('delete from login_attempt', []));

const login = (call: Client, body: { inn?: string; role?: 'head' | 'accountant'; pin?: string }) =>
  call(endpoints.loginCloud, { body: { inn: INN, role: 'head', pin: PIN, ...body } });
const refusal = async (promise: Promise<unknown>): Promise<ApiError> => {
  const error = await promise.then(
    () => new Error('not refused'),
    (reason: unknown) => reason,
  );
  if (error instanceof ApiError) return error;
  throw error;
};

describe('cloud login', () => {
  it('opens a session that shows company, balance and signature term', async () => {
    const session = await login(portal.anonymous(), {});
    expect(session).toMatchObject({
      company: { inn: INN, name: 'ОсОО «Тест»' },
      balance: 5_713_150,
      officer: { role: 'head' },
    });
  });

  it('keeps the cookie away from scripts, other sites and plain connections', async () => {
    const response = await portal.app.inject({
      method: 'POST',
      url: '/api/v1/login/cloud',
      payload: { inn: INN, role: 'head', pin: PIN },
    });
    expect(response.headers['set-cookie']).toMatch(
      /^__Host-sochi=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    );
  });

  it('answers an unknown ИНН, a wrong PIN and a missing role alike', async () => {
    const cases = [
      { inn: '01503201819999' },
      { pin: '000000' },
      { inn: '01503201819998', role: 'accountant' as const },
    ];
    const answers = await Promise.all(cases.map((body) => refusal(login(portal.anonymous(), body))));
    for (const { problem } of answers)
      expect(problem).toMatchObject({ code: 'login.refused', status: 401, data: { attemptsLeft: 4 } });
    expect(new Set(answers.map(({ problem }) => problem?.detail)).size).toBe(1);
  });

  it('counts down, pauses after five, and starts anew at midnight in Bishkek', async () => {
    const left: unknown[] = [];
    for (let attempt = 0; attempt < 5; attempt += 1) {
      left.push((await refusal(login(portal.anonymous(), { pin: '111111' }))).problem?.data['attemptsLeft']);
    }
    expect(left).toEqual([4, 3, 2, 1, 0]);
    const paused = await refusal(login(portal.anonymous(), {}));
    expect(paused.code).toBe('login.paused');
    const until = Temporal.Instant.from(String(paused.problem?.data['until']));
    expect(until.toZonedDateTimeISO('Asia/Bishkek').toPlainTime().toString()).toBe('00:00:00');
    const before = portal.clock.now();
    portal.clock.set(until.subtract({ milliseconds: 1 }));
    expect((await refusal(login(portal.anonymous(), {}))).code).toBe('login.paused');
    portal.clock.set(until);
    expect((await login(portal.anonymous(), {})).officer.role).toBe('head');
    portal.clock.set(before);
  });

  it('lets exactly five parallel guesses through', async () => {
    const guesses = Array.from({ length: 12 }, () => refusal(login(portal.anonymous(), { pin: '222222' })));
    const codes = (await Promise.all(guesses)).map(({ code }) => code);
    expect(codes.filter((code) => code === 'login.refused')).toHaveLength(5);
    expect(codes.filter((code) => code === 'login.paused')).toHaveLength(7);
  });

  it('slows down an address that tries many companies', async () => {
    const codes: string[] = [];
    for (let index = 0; index < 14; index += 1) {
      codes.push((await refusal(login(portal.anonymous(), { inn: `0150320181${1000 + index}` }))).code);
    }
    expect(codes.slice(0, 12)).toEqual(Array(12).fill('login.refused'));
    expect(codes.slice(12)).toEqual(['request.rate_limited', 'request.rate_limited']);
  });

  it('refuses an expired signature with the attested words', async () => {
    const before = portal.clock.now();
    portal.clock.advance({ hours: 24 * 366 });
    const { problem } = await refusal(login(portal.anonymous(), {}));
    portal.clock.set(before);
    expect(problem).toMatchObject({ code: 'login.certificate_expired', title: 'Ваша ЭЦП не определена' });
  });

  it.each([
    ['letters in the ИНН', { inn: '0150320181001x' }],
    ['a short ИНН', { inn: '015' }],
    ['a five-digit PIN', { pin: '12345' }],
  ])('refuses %s before anything is counted', async (_, body) => {
    expect((await refusal(login(portal.anonymous(), body))).code).toBe('request.invalid');
  });
});

describe('a login while the key changes', () => {
  const input = {
    inn: INN,
    role: 'head',
    pin: PIN,
    origin: { address: '127.0.0.1', userAgent: 'test' },
  } as const;
  /** A keystore during whose opening of the key something happens. */
  const whileOpening = (happen: () => Promise<unknown>): Keystore => ({
    ...portal.ctx.keystore,
    async openGrant(asked) {
      const opened = await portal.ctx.keystore.openGrant(asked);
      await happen();
      return opened;
    },
  });
  const HEAD = `officer_id = (select o.id from officer o join company c on c.id = o.company_id where c.inn = '${INN}' and o.role = 'head')`;

  it.each([
    [
      'the PIN is changed',
      `sealed_key = sealed_key || '\\x00'`,
      `sealed_key = substr(sealed_key, 1, length(sealed_key) - 1)`,
    ],
    ['the credential is suspended', `state = 'suspended'`, `state = 'active'`],
  ])('opens no session when %s', async (_, change, back) => {
    const keystore = whileOpening(() => portal.query(`update credential set ${change} where ${HEAD}`, []));
    await expect(logIn({ ...portal.ctx, keystore }, input)).rejects.toMatchObject({ code: 'login.refused' });
    await portal.query(`update credential set ${back} where ${HEAD}`, []);
    expect((await login(portal.anonymous(), {})).officer.role).toBe('head');
  });

  it('costs no attempt when the HSM does not answer', async () => {
    const keystore = whileOpening(() => Promise.reject(new KeystoreUnavailable('The HSM does not answer.')));
    for (let attempt = 0; attempt < 7; attempt += 1)
      await expect(logIn({ ...portal.ctx, keystore }, input)).rejects.toThrow(KeystoreUnavailable);
    expect((await refusal(login(portal.anonymous(), { pin: '000000' }))).problem?.data).toEqual({
      attemptsLeft: 4,
    });
  });
});

describe('a session', () => {
  it('ends when it idles, and not while it is used', async () => {
    const call = await portal.login('accountant');
    const before = portal.clock.now();
    for (let step = 0; step < 4; step += 1) {
      portal.clock.advance({ minutes: 15 });
      await call(endpoints.getSession, {});
    }
    portal.clock.advance({ minutes: 21 });
    expect((await refusal(call(endpoints.getSession, {}))).code).toBe('session.expired');
    portal.clock.set(before);
  });

  it('ends after twelve hours in any case', async () => {
    const call = await portal.login('accountant');
    const before = portal.clock.now();
    const codes: string[] = [];
    for (let step = 0; step < 49; step += 1) {
      portal.clock.advance({ minutes: 15 });
      codes.push(
        await call(endpoints.getSession, {}).then(
          () => 'ok',
          (error: ApiError) => error.code,
        ),
      );
    }
    portal.clock.set(before);
    expect(codes.indexOf('session.expired')).toBe(47);
  });

  it('dies with the logout, also for a copy of the cookie', async () => {
    const { call, cookies } = injectClient(portal.app);
    await login(call, {});
    const copy = injectClient(portal.app);
    for (const [name, value] of cookies) copy.cookies.set(name, value);
    await call(endpoints.logout, {});
    expect((await refusal(copy.call(endpoints.getSession, {}))).code).toBe('session.expired');
    expect((await refusal(call(endpoints.getSession, {}))).code).toBe('session.required');
  });

  it('dies when its credential is locked', async () => {
    const call = await portal.login('accountant', 1);
    await portal.query(
      `update credential set state = 'locked' where officer_id = (select o.id from officer o join company c on c.id = o.company_id where c.inn = $1 and o.role = 'accountant')`,
      ['02711201910023'],
    );
    expect((await refusal(call(endpoints.getSession, {}))).code).toBe('session.expired');
  });

  it('leaves nothing in the database that opens it', async () => {
    const { call, cookies } = injectClient(portal.app);
    await login(call, {});
    const token = Buffer.from([...cookies.values()][0] ?? '', 'base64url');
    const { rows } = await portal.query<{ row: string }>('select session::text as row from session', []);
    expect(rows.some(({ row }) => row.includes(token.toString('hex')))).toBe(false);
  });
});
