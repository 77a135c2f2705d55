import { expect, it } from 'vitest';
import { AgencyConfigError, readAgencyConfig } from './config.ts';

const ENOUGH = { AGENCY_DATABASE_URL: 'postgres://u:hidden@h/d', AGENCY_KEY_DIR: '/keys' };

it('needs a database and a key folder; the rest has defaults', () => {
  expect(readAgencyConfig(ENOUGH)).toEqual({
    port: 8090,
    host: '127.0.0.1',
    databaseUrl: ENOUGH.AGENCY_DATABASE_URL,
    keyDir: '/keys',
    trustRoot: null,
    service: 'KG/GOV/70000002/reports/sti',
    robot: { verdict: 'accepted', delayMs: 700 },
    faultsAllowed: false,
    logLevel: 'info',
  });
});

it.each([
  ['off', null],
  ['accept:0', { verdict: 'accepted', delayMs: 0 }],
  ['reject:1500', { verdict: 'rejected', delayMs: 1_500 }],
])('reads the robot %s', (AGENCY_ROBOT, expected) => {
  expect(readAgencyConfig({ ...ENOUGH, AGENCY_ROBOT }).robot).toEqual(expected);
});

it('takes an empty variable for an absent one', () => {
  expect(readAgencyConfig({ ...ENOUGH, AGENCY_PORT: '' }).port).toBe(8090);
});

it('names every wrong variable at once, and no value', () => {
  const wrong = {
    AGENCY_DATABASE_URL: 'hidden',
    AGENCY_PORT: 'x',
    AGENCY_ROBOT: 'maybe',
    AGENCY_SERVICE: 'a/b',
  };
  const read = (): unknown => readAgencyConfig(wrong);
  expect(read).toThrow(AgencyConfigError);
  for (const name of [...Object.keys(wrong), 'AGENCY_KEY_DIR']) expect(read).toThrow(name);
  expect(read).not.toThrow('hidden');
});
