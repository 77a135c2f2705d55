import { describe, expect, it } from 'vitest';
import { ConfigError, readEnv } from '../config.ts';
import { keystoreWarning } from './open-keystore.ts';

describe('the warning at start', () => {
  it.each([
    ['demonstration', 'in-process', false],
    ['demonstration', 'pkcs11', false],
    ['production', 'in-process', true],
    ['production', 'pkcs11', false],
  ] as const)('of a %s installation with keys %s: %s', (installation, kind, isWarned) => {
    expect(keystoreWarning({ installation }, { kind }) !== undefined).toBe(isWarned);
  });
});

describe('the settings of the HSM', () => {
  it('are all asked for at once', () => {
    expect(() => readEnv({ KEYSTORE: 'pkcs11', PKCS11_MODULE: '/usr/lib/hsm.so' })).toThrow(ConfigError);
    expect(() => readEnv({ KEYSTORE: 'pkcs11', PKCS11_MODULE: '/usr/lib/hsm.so' })).toThrow(
      /PKCS11_TOKEN_LABEL: KEYSTORE=pkcs11 needs it; PKCS11_PIN_FILE: KEYSTORE=pkcs11 needs it$/,
    );
  });

  it('are read, and nothing of them is needed without an HSM', () => {
    expect(readEnv({}).config.keystore).toEqual({ kind: 'in-process' });
    const env = {
      KEYSTORE: 'pkcs11',
      PKCS11_MODULE: '/usr/lib/hsm.so',
      PKCS11_TOKEN_LABEL: 'sochi',
      PKCS11_PIN_FILE: '/etc/sochi/hsm.pin',
    };
    expect(readEnv(env).config.keystore).toEqual({
      kind: 'pkcs11',
      modulePath: '/usr/lib/hsm.so',
      tokenLabel: 'sochi',
      pinFile: '/etc/sochi/hsm.pin',
      sessions: 2,
    });
  });
});
