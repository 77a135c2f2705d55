import { ApiError, endpoints, type Client } from '@sochi/contract';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findSession, type ActiveSession } from '#modules/sessions/index.ts';
import { AppError } from '../../app-error.ts';
import { KeystoreError } from '../../keys/keystore.ts';
import { delegate, openTerms } from '../../test/a-delegation.ts';
import { createTestPortal, injectClient, type TestPortal } from '../../test/portal.ts';
import { changePin } from './commands/change-pin.ts';

const INN = '01503201810015';
const PIN = '482915';
const NEW_PIN = '730264';
const ORIGIN = { address: '127.0.0.1', userAgent: 'test' };

let portal: TestPortal;
let head: { call: Client; session: ActiveSession };
/** The key as the demonstration sealed it. */
let original: Buffer;

const logIn = (call: Client, pin: string) =>
  call(endpoints.loginCloud, { body: { inn: INN, role: 'head', pin } });

/** The head, as the browser and as the handlers see the session. */
const loggedIn = async (pin = PIN): Promise<typeof head> => {
  const { call, cookies } = injectClient(portal.app);
  await logIn(call, pin);
  const token = Buffer.from([...cookies.values()][0] ?? '', 'base64url');
  const session = await findSession(portal.ctx, token, { touch: false });
  if (!session) throw new Error('no session');
  return { call, session: { ...session, origin: ORIGIN } };
};

const refusal = async (promise: Promise<unknown>): Promise<unknown> => {
  const error: unknown = await promise.then(
    () => new Error('not refused'),
    (reason: unknown) => reason,
  );
  if (error instanceof ApiError || error instanceof AppError) return error.code;
  throw error;
};

beforeAll(async () => {
  portal = await createTestPortal();
});
beforeEach(async () => {
  head = await loggedIn();
  const { rows } = await portal.query<{ sealed_key: Buffer }>(
    'select sealed_key from credential where id = $1',
    [head.session.credentialId],
  );
  original = rows[0]?.sealed_key ?? Buffer.alloc(0);
});
afterEach(async () => {
  await portal.query('update credential set sealed_key = $2 where id = $1', [
    head.session.credentialId,
    original,
  ]);
  await portal.query('delete from login_attempt', []);
});
afterAll(() => portal.close());

describe('changing the PIN', () => {
  it('is for who knows the old one, counted with the logins', async () => {
    for (let attempt = 0; attempt < 5; attempt += 1)
      expect(await refusal(changePin(portal.ctx, head.session, { pin: '000000', newPin: NEW_PIN }))).toBe(
        'pin.wrong',
      );
    expect(await refusal(changePin(portal.ctx, head.session, { pin: PIN, newPin: NEW_PIN }))).toBe(
      'pin.paused',
    );
    expect(await refusal(logIn(portal.anonymous(), PIN))).toBe('login.paused');
    expect((await head.call(endpoints.getSession, {})).officer.role).toBe('head');
  });

  it('ends the sessions of the credential and the delegation that rests on it, and no other session', async () => {
    const accountant = await portal.login('accountant');
    const elsewhere = await loggedIn();
    await delegate(head.call, openTerms(portal.clock.now()));
    await changePin(portal.ctx, head.session, { pin: PIN, newPin: NEW_PIN });
    for (const { call } of [head, elsewhere])
      expect(await refusal(call(endpoints.getSession, {}))).toBe('session.expired');
    expect((await accountant(endpoints.getSession, {})).officer.role).toBe('accountant');
    const { rows: delegations } = await portal.query<{ sealed_key: Buffer | null; ended_why: string }>(
      'select sealed_key, ended_why from delegation',
      [],
    );
    expect(delegations).toEqual([{ sealed_key: null, ended_why: 'pin_changed' }]);
    const { rows: acts } = await portal.query<{ act: string }>(
      'select act from audit_event where chain = $1 order by seq desc limit 2',
      [head.session.companyId],
    );
    expect(acts.map(({ act }) => act)).toEqual(['delegation.ended', 'pin.changed']);
  });

  it('lets the new PIN in and the old one no more', async () => {
    await changePin(portal.ctx, head.session, { pin: PIN, newPin: NEW_PIN });
    expect(await refusal(logIn(portal.anonymous(), PIN))).toBe('login.refused');
    expect((await logIn(portal.anonymous(), NEW_PIN)).officer.role).toBe('head');
  });

  it('is won by one of two at once', async () => {
    const pins = ['111222', '333444'];
    const outcomes = await Promise.allSettled(
      pins.map((newPin) => changePin(portal.ctx, head.session, { pin: PIN, newPin })),
    );
    const winners = pins.filter((_, index) => outcomes[index]?.status === 'fulfilled');
    expect(winners).toHaveLength(1);
    expect((await logIn(portal.anonymous(), winners[0] ?? '')).officer.role).toBe('head');
  });

  it('is not done for a credential that was suspended meanwhile', async () => {
    const { credentialId } = head.session;
    await portal.query(`update credential set state = 'suspended' where id = $1`, [credentialId]);
    expect(await refusal(changePin(portal.ctx, head.session, { pin: PIN, newPin: NEW_PIN }))).toBe(
      'credential.unusable',
    );
    await portal.query(`update credential set state = 'active' where id = $1`, [credentialId]);
  });
});

describe('a signing grant', () => {
  it('is of no use without the secret of its cookie, whatever else the thief has', async () => {
    const { session } = head;
    const stolen = { kind: 'session', grant: session.grant, credentialId: session.credentialId } as const;
    const { rows } = await portal.query<{ token_sha256: Buffer }>('select token_sha256 from session', []);
    for (const { token_sha256: secret } of rows)
      await expect(portal.ctx.keystore.authorize({ ...stolen, secret }, [])).rejects.toThrow(KeystoreError);
    await portal.ctx.keystore.authorize({ ...stolen, secret: session.secret }, []);
  });
});
