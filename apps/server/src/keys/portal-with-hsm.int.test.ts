import { endpoints } from '@sochi/contract';
import { execFile } from 'node:child_process';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { verify } from 'node:crypto';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compose } from '../compose.ts';
import { readEnv } from '../config.ts';
import { createLog } from '../log.ts';
import { aQueuedFiling, createTestPortal, type TestPortal } from '../test/portal.ts';
import { softHsmObstacle, type SoftHsm } from './pkcs11/softhsm.ts';
import { ForeignKeystore } from './service-keys.ts';
import { useSoftHsm } from './testing/use-softhsm.ts';

const obstacle = await softHsmObstacle();
const CLI = join(import.meta.dirname, '..', 'cli.ts');

describe.skipIf(obstacle)('a portal with its keys in SoftHSM2', () => {
  let hsm: SoftHsm;
  let portal: TestPortal;
  let env: Record<string, string>;

  const sochi = async (...args: string[]): Promise<{ code: unknown; said: string }> => {
    const options = { env: { ...process.env, ...env } };
    return promisify(execFile)(process.execPath, [CLI, ...args], options).then(
      ({ stdout }) => ({ code: 0, said: stdout }),
      (error: unknown) =>
        error instanceof Error && 'code' in error && 'stderr' in error
          ? { code: error.code, said: String(error.stderr) }
          : Promise.reject(new Error('the command did not run', { cause: error })),
    );
  };

  beforeAll(async () => {
    hsm = await useSoftHsm();
    const { modulePath, tokenLabel, pin } = await hsm.createToken('sochi-portal');
    const pinFile = join(hsm.tokenFolder, '..', 'hsm.pin');
    await writeFile(pinFile, `${pin}\n`, { mode: 0o600 });
    env = {
      KEYSTORE: 'pkcs11',
      PKCS11_MODULE: modulePath,
      PKCS11_TOKEN_LABEL: tokenLabel,
      PKCS11_PIN_FILE: pinFile,
    };
  });
  afterAll(async () => {
    await portal?.close();
    await hsm?.remove();
  });

  it('is not started before the token is prepared', async () => {
    await expect(createTestPortal(env)).rejects.toThrow('run «npm run sochi -- keystore init» once');
  });

  it('is prepared by the operator, once', async () => {
    const first = await sochi('keystore', 'init');
    expect(first).toEqual({
      code: 0,
      said: 'Made in the token «sochi-portal»: sochi-wrapping, sochi-pin, sochi-grant, sochi-delegation, sochi-service.\n',
    });
    expect(await sochi('keystore', 'init')).toEqual({
      code: 0,
      said: 'The token «sochi-portal» has all its keys already.\n',
    });
  });

  it('refuses a PIN file that others can read, and a missing one', async () => {
    const pinFile = env['PKCS11_PIN_FILE'] ?? '';
    await chmod(pinFile, 0o644);
    expect((await sochi('keystore', 'init')).said).toMatch(
      /^Others can read the PIN of the HSM's token .*chmod 600/,
    );
    await chmod(pinFile, 0o600);
    env['PKCS11_PIN_FILE'] = '/nowhere/hsm.pin';
    expect((await sochi('keystore', 'init')).said).toBe(
      "There is no PIN of the HSM's token in /nowhere/hsm.pin.\n",
    );
    env['PKCS11_PIN_FILE'] = pinFile;
  });

  it('logs in, signs twice and postmarks', async () => {
    portal = await createTestPortal(env);
    expect(portal.ctx.keystore.kind).toBe('pkcs11');
    const filing = await aQueuedFiling(portal);
    expect(filing.delivery).toBe('queued');
    const call = await portal.login('head');
    expect((await call(endpoints.getSession, {})).officer.role).toBe('head');
  });

  it("takes the operator's keys over from a portal with a master key, and no other keystore starts on them", async () => {
    const before = await createTestPortal();
    try {
      const moved = { DATABASE_URL: before.connectionString, VAR_DIR: before.varDir };
      const start = (settings: Record<string, string>) =>
        compose('web', readEnv({ ...moved, ...settings }), {
          log: createLog({ service: 'test', level: 'silent' }),
        });
      await expect(start(env)).rejects.toThrow(ForeignKeystore);
      Object.assign(env, moved);
      expect(await sochi('keystore', 'move-in')).toEqual({
        code: 0,
        said: 'Moved into the HSM: issuing, ocsp, operator, root, timestamp.\n',
      });
      expect((await sochi('keystore', 'move-in')).said).toBe('There is no key to move.\n');
      await expect(start({})).rejects.toThrow('not sealed with this master key');
      const { ctx, close } = await start(env);
      const bytes = Buffer.from('signed in the HSM');
      expect(
        verify('sha256', bytes, ctx.operator.certificate.publicKey, await ctx.operator.seal(bytes)),
      ).toBe(true);
      await close();
    } finally {
      await before.close();
    }
  });
});
