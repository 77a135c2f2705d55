import { createHash, createPublicKey, randomBytes, verify } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { createInProcessKeystore } from './in-process-keystore.ts';
import { KeystoreError, type Keystore, type NewKey } from './keystore.ts';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** What every inhabitant of the keystore's face must do; a PKCS#11 store will run the same suite. */
describe.each([['in-process', () => createInProcessKeystore(randomBytes(32))]])(
  '%s keystore',
  (_, create) => {
    let keystore: Keystore;
    let key: NewKey;
    const secret = randomBytes(32);
    const message = Buffer.from('what is to be signed');
    const session = async () => {
      const opened = await keystore.openGrant({ key: key.sealed, pin: '123987', credentialId: 'c1', secret });
      if (!opened.ok) throw new Error(opened.reason);
      return { kind: 'session', grant: opened.grant, secret, credentialId: 'c1' } as const;
    };

    beforeAll(async () => {
      keystore = create();
      key = await keystore.createKey('123987', 'c1');
    });

    it('signs what was authorised, with the key it made', async () => {
      const authorization = await keystore.authorize(await session(), [sha256(message)]);
      const signature = await keystore.signHash(authorization, message);
      const publicKey = createPublicKey({ key: Buffer.from(key.publicKey), format: 'der', type: 'spki' });
      expect(verify('sha256', message, publicKey, signature)).toBe(true);
    });

    it('signs nothing else, and nothing twice', async () => {
      const authorization = await keystore.authorize(await session(), [sha256(message)]);
      await expect(keystore.signHash(authorization, Buffer.from('something else'))).rejects.toThrow(
        KeystoreError,
      );
      await keystore.signHash(authorization, message);
      await expect(keystore.signHash(authorization, message)).rejects.toThrow(KeystoreError);
    });

    it('refuses a wrong PIN, and a key moved to another credential', async () => {
      expect(
        await keystore.openGrant({ key: key.sealed, pin: '123988', credentialId: 'c1', secret }),
      ).toEqual({ ok: false, reason: 'wrong_pin' });
      expect(
        await keystore.openGrant({ key: key.sealed, pin: '123987', credentialId: 'c2', secret }),
      ).toEqual({ ok: false, reason: 'wrong_pin' });
    });

    it('opens a grant only with the secret of its session', async () => {
      const proof = await session();
      await expect(keystore.authorize({ ...proof, secret: randomBytes(32) }, [])).rejects.toThrow(
        KeystoreError,
      );
    });

    it('cannot use a key sealed by another master key', async () => {
      const other = create();
      expect(
        await other.openGrant({ key: key.sealed, pin: '123987', credentialId: 'c1', secret }),
      ).toMatchObject({ ok: false });
    });

    it('signs with a service key under its own name only', async () => {
      const service = await keystore.createServiceKey('operator');
      const authorization = await keystore.authorize(
        { kind: 'service', key: service.sealed, name: 'operator' },
        [sha256(message)],
      );
      expect((await keystore.signHash(authorization, message)).length).toBeGreaterThan(60);
      await expect(
        keystore.authorize({ kind: 'service', key: service.sealed, name: 'root' }, []),
      ).rejects.toThrow(KeystoreError);
    });
  },
);
