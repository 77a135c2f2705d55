import { createHash, randomBytes } from 'node:crypto';
import { mkdir, rename, rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KEY_ALGORITHMS } from '../key-algorithm.ts';
import { KeystoreUnavailable, type Keystore, type Proof } from '../keystore.ts';
import { describeKeystore } from '../testing/keystore-contract.ts';
import { childProcesses as listChildProcesses } from '../testing/search-memory.ts';
import { softHsmObstacle, type SoftHsm } from './softhsm.ts';
import { useSoftHsm } from '../testing/use-softhsm.ts';
import { CKA, CKO } from './constants.ts';
import { loadCryptoki } from './cryptoki.ts';
import type { HsmSettings } from './hsm-operations.ts';
import { HsmSetupError, initializeToken } from './hsm.ts';
import { openPkcs11Keystore } from './pkcs11-keystore.ts';
import { connectToToken } from './token-connection.ts';

const obstacle = await softHsmObstacle();
if (obstacle) process.stdout.write(`${obstacle}\n`);

const DEADLINE = { deadlineMs: 10_000 };
const message = Buffer.from('what is to be signed');
const messageSha256 = createHash('sha256').update(message).digest('hex');

const sign = async (keystore: Keystore, proof: Proof): Promise<Uint8Array> =>
  keystore.signHash(await keystore.authorize(proof, [messageSha256]), message);

const childProcesses = () => listChildProcesses('self');

describe.skipIf(obstacle)('with SoftHSM2', () => {
  let hsm: SoftHsm;
  let settings: HsmSettings;
  let otherSettings: HsmSettings;
  beforeAll(async () => {
    hsm = await useSoftHsm();
    settings = await hsm.createToken('sochi-test');
    otherSettings = await hsm.createToken('sochi-other');
    await initializeToken(settings, DEADLINE);
    await initializeToken(otherSettings, DEADLINE);
  });
  afterAll(() => hsm.remove());

  describeKeystore({
    name: 'PKCS #11',
    algorithms: KEY_ALGORITHMS,
    open: (monotonicMs) => openPkcs11Keystore(settings, { monotonicMs }),
    openOther: () => openPkcs11Keystore(otherSettings),
  });

  describe('the token', () => {
    it('gets its keys once, and they never leave it', async () => {
      const fresh = await hsm.createToken('sochi-fresh');
      const labels = ['sochi-wrapping', 'sochi-pin', 'sochi-grant', 'sochi-delegation', 'sochi-service'];
      expect(await initializeToken(fresh, DEADLINE)).toEqual(labels);
      expect(await initializeToken(fresh, DEADLINE)).toEqual([]);
      const cryptoki = loadCryptoki(await import('koffi'), fresh.modulePath);
      const session = connectToToken(cryptoki, fresh);
      const secrets = cryptoki.findObjects(session, [[CKA.CLASS, CKO.SECRET_KEY]], 10);
      expect(secrets).toHaveLength(labels.length);
      for (const secret of secrets) {
        expect([...cryptoki.readAttribute(session, secret, CKA.EXTRACTABLE)]).toEqual([0]);
        expect(() => cryptoki.readAttribute(session, secret, CKA.VALUE)).toThrow('CKR_ATTRIBUTE_SENSITIVE');
      }
      cryptoki.closeSession(session);
    });

    it('keeps no key of a user or a service', async () => {
      const keystore = await openPkcs11Keystore(settings, { sessions: 1 });
      const key = await keystore.createServiceKey('tsa');
      await sign(keystore, { kind: 'service', key: key.sealed, name: 'tsa' });
      const cryptoki = loadCryptoki(await import('koffi'), settings.modulePath);
      const session = connectToToken(cryptoki, settings);
      expect(cryptoki.findObjects(session, [[CKA.CLASS, CKO.PRIVATE_KEY]], 10)).toEqual([]);
      cryptoki.closeSession(session);
      await keystore.close();
    });
  });

  describe('a setting that is wrong is told in one sentence', () => {
    const refusal = async (wrong: Partial<HsmSettings>): Promise<string> => {
      const error: unknown = await openPkcs11Keystore({ ...settings, ...wrong }, { sessions: 2 }).catch(
        (reason: unknown) => reason,
      );
      if (error instanceof HsmSetupError) return error.message;
      throw error;
    };

    it.each([
      ['PIN', { pin: '000000' }, /refuses the PIN of its token «sochi-test» \(CKR_PIN_INCORRECT/],
      ['token', { tokenLabel: 'nothing' }, /there is no token «nothing»; there are: .*«sochi-test»/],
      [
        'module',
        { modulePath: '/nowhere/module.so' },
        /\/nowhere\/module\.so cannot be used: .*No such file/,
      ],
    ])('wrong %s', async (_, wrong, sentence) => {
      expect(await refusal(wrong)).toMatch(sentence);
    });

    it('empty token', async () => {
      const { tokenLabel } = await hsm.createToken('sochi-empty');
      expect(await refusal({ tokenLabel })).toMatch(
        /no key named sochi-wrapping: run «npm run sochi -- keystore init»/,
      );
    });
  });

  describe('when the HSM is gone', () => {
    let keystore: Keystore;
    let proof: Proof;
    const hidden = () => `${hsm.tokenFolder}.gone`;
    beforeAll(async () => {
      keystore = await openPkcs11Keystore(settings, { sessions: 2, deadlineMs: 4_000 });
      const key = await keystore.createKey('123987', 'c1');
      const secret = randomBytes(32);
      const opened = await keystore.openGrant({ key: key.sealed, pin: '123987', credentialId: 'c1', secret });
      if (!opened.ok) throw new Error(opened.reason);
      proof = { kind: 'session', grant: opened.grant, secret, credentialId: 'c1' };
    });
    afterAll(() => keystore.close());

    it('signs on after its processes were killed', async () => {
      const authorization = await keystore.authorize(proof, [messageSha256]);
      for (const pid of await childProcesses()) process.kill(pid, 'SIGKILL');
      expect((await keystore.signHash(authorization, message)).length).toBeGreaterThan(60);
      await sign(keystore, proof);
    });

    it('says so while the token is away, and signs on when it is back', async () => {
      const authorization = await keystore.authorize(proof, [messageSha256]);
      await rename(hsm.tokenFolder, hidden());
      await mkdir(hsm.tokenFolder);
      try {
        for (const pid of await childProcesses()) process.kill(pid, 'SIGKILL');
        await expect(keystore.signHash(authorization, message)).rejects.toThrow(
          /^The HSM does not answer \(there is no token «sochi-test»\); signing goes on when it is back\.$/,
        );
        await expect(keystore.authorize(proof, [])).rejects.toThrow(KeystoreUnavailable);
        await expect(keystore.createKey('123987', 'c2')).rejects.toThrow(KeystoreUnavailable);
        await expect(keystore.pretendToOpen('123987')).rejects.toThrow(KeystoreUnavailable);
      } finally {
        await rm(hsm.tokenFolder, { recursive: true });
        await rename(hidden(), hsm.tokenFolder);
      }
      expect((await sign(keystore, proof)).length).toBeGreaterThan(60);
    });

    it('waits no longer than its deadline for an HSM that hangs, and signs on with a fresh process', async () => {
      await Promise.all([sign(keystore, proof), sign(keystore, proof)]);
      for (const pid of await childProcesses()) process.kill(pid, 'SIGSTOP');
      const started = performance.now();
      const outcomes = await Promise.allSettled(Array.from({ length: 4 }, () => sign(keystore, proof)));
      expect(performance.now() - started).toBeLessThan(9_000);
      for (const outcome of outcomes)
        if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(KeystoreUnavailable);
      expect((await sign(keystore, proof)).length).toBeGreaterThan(60);
    });

    it('gives a signature or says it is unavailable, whatever happens while many sign', async () => {
      const outcomes = await Promise.allSettled(
        Array.from({ length: 60 }, async (_, nth) => {
          if (nth % 10 === 5) for (const pid of await childProcesses()) process.kill(pid, 'SIGKILL');
          return sign(keystore, proof);
        }),
      );
      for (const outcome of outcomes)
        if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(KeystoreUnavailable);
      expect((await sign(keystore, proof)).length).toBeGreaterThan(60);
    });
  });

  it('leaves no process behind when it is closed', async () => {
    const before = await childProcesses();
    const keystore = await openPkcs11Keystore(settings, { sessions: 3 });
    expect((await childProcesses()).length).toBe(before.length + 3);
    await keystore.close();
    expect(await childProcesses()).toEqual(before);
    await expect(keystore.createKey('123987', 'c1')).rejects.toThrow(KeystoreUnavailable);
  });
});
