import { fork, type ChildProcess } from 'node:child_process';
import { createPrivateKey, createPublicKey, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createInProcessKeystore } from './in-process-keystore.ts';
import { createInProcessVault } from './in-process-vault.ts';
import { createKeySeals } from './key-seals.ts';
import type { SealedKey } from './keystore.ts';
import { CKA, CKK, CKM, CKO } from './pkcs11/constants.ts';
import { loadCryptoki } from './pkcs11/cryptoki.ts';
import type { HsmSettings } from './pkcs11/hsm-operations.ts';
import { HSM_OPTIONS, openPkcs11Keystore } from './pkcs11/pkcs11-keystore.ts';
import { initializeToken, openHsm } from './pkcs11/hsm.ts';
import { createPkcs11Vault } from './pkcs11/pkcs11-vault.ts';
import { connectToToken } from './pkcs11/token-connection.ts';
import { findTokenSecrets } from './pkcs11/token-secrets.ts';
import { searchMemory } from './testing/search-memory.ts';
import type { HundredSignatures } from './testing/sign-a-hundred.ts';
import { softHsmObstacle, type SoftHsm } from './pkcs11/softhsm.ts';
import { useSoftHsm } from './testing/use-softhsm.ts';

const PROGRAM = join(import.meta.dirname, 'testing', 'sign-a-hundred.ts');
const PIN = '731905';
const CREDENTIAL = 'c1';
const obstacle = await softHsmObstacle();

/** The forms in which a P-256 key lies in memory: as a number in either order of bytes, and as a file. */
const patterns = (scalar: Uint8Array, pkcs8: Uint8Array): Record<string, Uint8Array> => ({
  'big-endian number': scalar,
  'little-endian number': Uint8Array.from(scalar).reverse(),
  'PKCS #8': pkcs8,
});

const scalarOf = (pkcs8: Uint8Array): Buffer => {
  const { d } = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' }).export({
    format: 'jwk',
  });
  return Buffer.from(d ?? '', 'base64url');
};

const pkcs8Of = (scalar: Uint8Array, spki: Uint8Array): Buffer => {
  const jwk = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' }).export({
    format: 'jwk',
  });
  const key = { ...jwk, d: Buffer.from(scalar).toString('base64url') };
  return createPrivateKey({ key, format: 'jwk' }).export({ type: 'pkcs8', format: 'der' });
};

describe.skipIf(process.platform !== 'linux')('the memory of a process that signed a hundred times', () => {
  let program: ChildProcess | undefined;
  afterEach(async () => {
    if (!program || program.exitCode !== null) return;
    program.kill('SIGKILL');
    await once(program, 'exit');
    program = undefined;
  });

  const signAHundred = async (work: HundredSignatures): Promise<number> => {
    program = fork(PROGRAM, [], { serialization: 'advanced', execArgv: [] });
    program.send(work);
    expect(await once(program, 'message')).toEqual(['signed', undefined]);
    return program.pid ?? 0;
  };

  it('holds the key that the in-process keystore opened, so the search finds what is there', async () => {
    const masterKey = randomBytes(32);
    const keystore = createInProcessKeystore(masterKey);
    const { sealed } = await keystore.createKey(PIN, CREDENTIAL);
    const seals = createKeySeals(createInProcessVault(masterKey));
    const pkcs8 = await seals.openWithPin({ key: sealed, pin: PIN, credentialId: CREDENTIAL });
    if (!pkcs8) throw new Error('the key does not open');
    const pid = await signAHundred({
      vault: { kind: 'in-process', masterKey },
      key: sealed,
      pin: PIN,
      credentialId: CREDENTIAL,
    });
    const { found, bytesRead } = await searchMemory(pid, patterns(scalarOf(pkcs8), pkcs8));
    expect(found).toContain('little-endian number');
    expect(bytesRead).toBeGreaterThan(20_000_000);
  });

  describe.skipIf(obstacle)('with SoftHSM2', () => {
    let hsm: SoftHsm;
    let settings: HsmSettings;
    beforeAll(async () => {
      hsm = await useSoftHsm();
      settings = await hsm.createToken('sochi-memory');
      await initializeToken(settings, HSM_OPTIONS);
    });
    afterAll(() => hsm.remove());

    /** What only this test does: takes a key out of the token, whose user it is, in the clear. */
    const extract = async (sealed: SealedKey): Promise<{ scalar: Buffer; wrapped: Buffer }> => {
      const access = await openHsm(settings, { ...HSM_OPTIONS, sessions: 1 });
      const seals = createKeySeals(createPkcs11Vault(access));
      const material = await seals.openWithPin({ key: sealed, pin: PIN, credentialId: CREDENTIAL });
      await access.close();
      if (!material) throw new Error('the key does not open');
      const wrapped = material.subarray(1);
      const cryptoki = loadCryptoki(await import('koffi'), settings.modulePath);
      const session = connectToToken(cryptoki, settings);
      const key = cryptoki.unwrapKey(session, CKM.AES_KEY_WRAP_PAD, {
        by: findTokenSecrets(cryptoki, session).wrapping,
        wrapped,
        template: [
          [CKA.CLASS, CKO.PRIVATE_KEY],
          [CKA.KEY_TYPE, CKK.EC],
          [CKA.TOKEN, false],
          [CKA.SENSITIVE, false],
          [CKA.EXTRACTABLE, true],
        ],
      });
      const scalar = Buffer.from(cryptoki.readAttribute(session, key, CKA.VALUE));
      cryptoki.closeSession(session);
      return { scalar, wrapped };
    };

    it('holds no key: it is unwrapped inside the HSM alone', async () => {
      const keystore = await openPkcs11Keystore(settings, { sessions: 1 });
      const { sealed, publicKey } = await keystore.createKey(PIN, CREDENTIAL);
      await keystore.close();
      const { scalar, wrapped } = await extract(sealed);
      expect(scalar.length).toBe(32);
      const pid = await signAHundred({
        vault: { kind: 'pkcs11', ...settings },
        key: sealed,
        pin: PIN,
        credentialId: CREDENTIAL,
      });
      // The wrapped key is what the portal does hold: the search looks in the right place. SoftHSM2 itself, being software,
      // has the key in the memory of its process, as an HSM has it in its device: that process is not searched.
      const sought = { ...patterns(scalar, pkcs8Of(scalar, publicKey)), wrapped };
      expect((await searchMemory(pid, sought)).found).toEqual(['wrapped']);
    });
  });
});
