import {
  createHash,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  verify,
  type KeyObject,
} from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KEY_KINDS, type KeyAlgorithm } from '../key-algorithm.ts';
import {
  KeystoreError,
  type DelegatedKey,
  type Keystore,
  type NewKey,
  type Proof,
  type SealedKey,
  type SigningGrant,
} from '../keystore.ts';

/** How the suite gets a keystore, and another one with other secrets. `monotonicMs` is the clock of authorizations. */
export type KeystoreHarness = {
  name: string;
  algorithms: readonly KeyAlgorithm[];
  open(monotonicMs: () => number): Promise<Keystore>;
  openOther(): Promise<Keystore>;
};

const PIN = '123987';
const CREDENTIAL = 'c1';
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const message = Buffer.from('what is to be signed');
const record = Buffer.from('version 1\ndelegate 0198\nforms *\n');

const isSigned = (
  algorithm: KeyAlgorithm,
  spki: Uint8Array,
  signature: Uint8Array,
  bytes = message,
): boolean =>
  verify(
    KEY_KINDS[algorithm].digest,
    bytes,
    createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' }),
    signature,
  );

const flipped = <Bytes extends Uint8Array>(bytes: Bytes, at: number): Bytes => {
  const copy = Uint8Array.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ 1;
  // The same kind of blob, damaged.
  return copy as Uint8Array as Bytes;
};

const sign = async (keystore: Keystore, proof: Proof, bytes: Uint8Array = message): Promise<Uint8Array> =>
  keystore.signHash(await keystore.authorize(proof, [sha256(bytes)]), bytes);

const refused = (promise: Promise<unknown>) => expect(promise).rejects.toThrow(KeystoreError);

const pkcs8Of = (key: KeyObject): Uint8Array => key.export({ type: 'pkcs8', format: 'der' });

/** What every inhabitant of the keystore's face must do. */
export const describeKeystore = (harness: KeystoreHarness): void => {
  describe(`${harness.name} keystore`, () => {
    let keystore: Keystore;
    let other: Keystore;
    let key: NewKey;
    let nowMs = 0;
    const secret = randomBytes(32);

    const openSession = async (sealed: SealedKey, pin = PIN, from = keystore) =>
      from.openGrant({ key: sealed, pin, credentialId: CREDENTIAL, secret });
    const session = async (sealed = key.sealed) => {
      const opened = await openSession(sealed);
      if (!opened.ok) throw new Error(opened.reason);
      return { kind: 'session', grant: opened.grant, secret, credentialId: CREDENTIAL } as const;
    };
    const delegation = async () => {
      const input = { key: key.sealed, pin: PIN, credentialId: CREDENTIAL, record };
      const sealed = await keystore.sealDelegation(input);
      if (!sealed.ok) throw new Error(sealed.reason);
      return { kind: 'delegation', key: sealed.sealed, record, credentialId: CREDENTIAL } as const;
    };

    beforeAll(async () => {
      keystore = await harness.open(() => nowMs);
      other = await harness.openOther();
      key = await keystore.createKey(PIN, CREDENTIAL);
    });
    afterAll(async () => {
      await keystore.close();
      await other.close();
    });

    describe.each(harness.algorithms)('with %s', (algorithm) => {
      it('signs with a key of a user and with one of its own', async () => {
        const user = await keystore.createKey(PIN, CREDENTIAL, algorithm);
        expect(isSigned(algorithm, user.publicKey, await sign(keystore, await session(user.sealed)))).toBe(
          true,
        );
        const own = await keystore.createServiceKey('tsa', algorithm);
        const proof = { kind: 'service', key: own.sealed, name: 'tsa' } as const;
        expect(isSigned(algorithm, own.publicKey, await sign(keystore, proof))).toBe(true);
      });

      it('signs with a key that was made elsewhere', async () => {
        const kind = KEY_KINDS[algorithm];
        const { privateKey } =
          kind.type === 'ec'
            ? generateKeyPairSync('ec', { namedCurve: kind.curve })
            : generateKeyPairSync('rsa', { modulusLength: kind.modulusBits });
        const imported = await keystore.importServiceKey('old', pkcs8Of(privateKey));
        const expected = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
        expect(Buffer.from(imported.publicKey).equals(expected)).toBe(true);
        const proof = { kind: 'service', key: imported.sealed, name: 'old' } as const;
        expect(isSigned(algorithm, expected, await sign(keystore, proof))).toBe(true);
      });
    });

    it.each([
      ['RSA of 1024 bits', () => generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey],
      ['P-521', () => generateKeyPairSync('ec', { namedCurve: 'secp521r1' }).privateKey],
      ['Ed25519', () => generateKeyPairSync('ed25519').privateKey],
    ])('does not take %s over', async (_, make) => {
      await refused(keystore.importServiceKey('old', pkcs8Of(make())));
    });

    describe('an authorization', () => {
      it('is for these bytes, each once', async () => {
        const second = Buffer.from('and this');
        const authorization = await keystore.authorize(await session(), [sha256(message), sha256(second)]);
        await refused(keystore.signHash(authorization, Buffer.from('something else')));
        await keystore.signHash(authorization, second);
        await refused(keystore.signHash(authorization, second));
        await keystore.signHash(authorization, message);
        await refused(keystore.signHash(authorization, message));
      });

      it('is spent once by many who try at the same time', async () => {
        const authorization = await keystore.authorize(await session(), [sha256(message)]);
        const tries = Array.from({ length: 8 }, () => keystore.signHash(authorization, message));
        const outcomes = await Promise.allSettled(tries);
        expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      });

      it('ends after thirty seconds', async () => {
        const [first, second] = [
          await keystore.authorize(await session(), [sha256(message)]),
          await keystore.authorize(await session(), [sha256(message)]),
        ];
        nowMs += 29_999;
        await keystore.signHash(first, message);
        nowMs += 1;
        await refused(keystore.signHash(second, message));
      });

      it('cannot be made up', async () => {
        await refused(keystore.signHash({ id: 'b3c1e0de-0000-4000-8000-000000000000' }, message));
      });

      it('ends with the keystore', async () => {
        const closing = await harness.open(() => 0);
        const authorization = await closing.authorize(await session(), [sha256(message)]);
        await closing.close();
        await refused(closing.signHash(authorization, message));
      });
    });

    describe('a PIN', () => {
      it('opens its key, by itself and for a session', async () => {
        const proof = { kind: 'pin', key: key.sealed, pin: PIN, credentialId: CREDENTIAL } as const;
        expect(isSigned('ecdsa-p256', key.publicKey, await sign(keystore, proof))).toBe(true);
        await refused(keystore.authorize({ ...proof, pin: '123988' }, []));
        expect(await openSession(key.sealed, '123988')).toEqual({ ok: false, reason: 'wrong_pin' });
      });

      it('does not open a key that was moved to another credential', async () => {
        const moved = { key: key.sealed, pin: PIN, credentialId: 'c2', secret };
        expect(await keystore.openGrant(moved)).toEqual({ ok: false, reason: 'wrong_pin' });
        await refused(keystore.authorize({ kind: 'pin', ...moved }, []));
      });

      it('does not open a damaged key', async () => {
        for (const at of [1, 16, 17, 28, 29, 44, 45, key.sealed.length - 1])
          expect(await openSession(flipped(key.sealed, at))).toEqual({ ok: false, reason: 'wrong_pin' });
        await refused(openSession(flipped(key.sealed, 0)));
        expect(await openSession(key.sealed.subarray(0, 30) as SealedKey)).toMatchObject({ ok: false });
      });

      it('is changed, and the old one opens nothing', async () => {
        const change = { key: key.sealed, pin: PIN, newPin: '555111', credentialId: CREDENTIAL };
        expect(await keystore.changePin({ ...change, pin: '000000' })).toEqual({
          ok: false,
          reason: 'wrong_pin',
        });
        const changed = await keystore.changePin(change);
        if (!changed.ok) throw new Error(changed.reason);
        expect(await openSession(changed.sealed)).toEqual({ ok: false, reason: 'wrong_pin' });
        const proof = { kind: 'pin', key: changed.sealed, pin: '555111', credentialId: CREDENTIAL } as const;
        expect(isSigned('ecdsa-p256', key.publicKey, await sign(keystore, proof))).toBe(true);
      });

      it('is checked for nobody as long as for somebody', async () => {
        await expect(keystore.pretendToOpen(PIN)).resolves.toBeUndefined();
      });
    });

    describe('a grant', () => {
      it('opens only with the secret of its session and for its credential', async () => {
        const proof = await session();
        await refused(keystore.authorize({ ...proof, secret: randomBytes(32) }, []));
        await refused(keystore.authorize({ ...proof, secret: Buffer.alloc(0) }, []));
        await refused(keystore.authorize({ ...proof, credentialId: 'c2' }, []));
      });

      it('does not open when any byte of it is another', async () => {
        const proof = await session();
        for (let at = 0; at < proof.grant.length; at += 1)
          await refused(keystore.authorize({ ...proof, grant: flipped(proof.grant, at) }, []));
        await refused(
          keystore.authorize({ ...proof, grant: Buffer.alloc(0) as Uint8Array as SigningGrant }, []),
        );
      });
    });

    describe('a delegated key', () => {
      it('signs under the record it was sealed for', async () => {
        expect(isSigned('ecdsa-p256', key.publicKey, await sign(keystore, await delegation()))).toBe(true);
      });

      it('is not sealed with a wrong PIN', async () => {
        const input = { key: key.sealed, pin: '000000', credentialId: CREDENTIAL, record };
        expect(await keystore.sealDelegation(input)).toEqual({ ok: false, reason: 'wrong_pin' });
      });

      it('is unusable when any byte of the record, the key or the credential is another', async () => {
        const proof = await delegation();
        for (let at = 0; at < record.length; at += 1)
          await refused(keystore.authorize({ ...proof, record: flipped(record, at) }, []));
        for (let at = 0; at < proof.key.length; at += 1)
          await refused(keystore.authorize({ ...proof, key: flipped(proof.key, at) }, []));
        await refused(keystore.authorize({ ...proof, record: record.subarray(1) }, []));
        await refused(keystore.authorize({ ...proof, record: Buffer.concat([record, Buffer.of(10)]) }, []));
        await refused(keystore.authorize({ ...proof, credentialId: 'c2' }, []));
      });
    });

    describe('a key of the operator', () => {
      it('signs under its own name only, also when it is open already', async () => {
        const { sealed } = await keystore.createServiceKey('operator');
        const proof = { kind: 'service', key: sealed, name: 'operator' } as const;
        await refused(keystore.authorize({ ...proof, name: 'root' }, []));
        await sign(keystore, proof);
        await refused(keystore.authorize({ ...proof, name: 'root' }, []));
        for (let at = 0; at < sealed.length; at += 1)
          await refused(keystore.authorize({ ...proof, key: flipped(sealed, at) }, []));
        await sign(keystore, proof);
      });
    });

    it('takes no blob for another kind of proof', async () => {
      const { grant } = await session();
      const delegated = await delegation();
      // An attacker does not heed the brands.
      const blob = <Kind>(bytes: Uint8Array): Kind => bytes as Kind;
      await refused(keystore.authorize({ ...delegated, key: blob<DelegatedKey>(grant), record: secret }, []));
      await refused(
        keystore.authorize(
          {
            kind: 'session',
            grant: blob<SigningGrant>(delegated.key),
            secret: record,
            credentialId: CREDENTIAL,
          },
          [],
        ),
      );
      await refused(
        keystore.authorize({ kind: 'service', key: blob<SealedKey>(grant), name: CREDENTIAL }, []),
      );
      await refused(
        keystore.authorize(
          { kind: 'service', key: key.sealed.subarray(17) as SealedKey, name: CREDENTIAL },
          [],
        ),
      );
    });

    it('tells a grant from a service key also when secret, name and credential are the same', async () => {
      const name = 'operator';
      const { sealed } = await keystore.createKey(PIN, name);
      const opened = await keystore.openGrant({
        key: sealed,
        pin: PIN,
        credentialId: name,
        secret: Buffer.from(name),
      });
      if (!opened.ok) throw new Error(opened.reason);
      const key = opened.grant as Uint8Array as SealedKey;
      await refused(keystore.authorize({ kind: 'service', key, name }, []));
    });

    it('opens nothing that another keystore sealed', async () => {
      const service = await keystore.createServiceKey('operator');
      expect(await openSession(key.sealed, PIN, other)).toEqual({ ok: false, reason: 'wrong_pin' });
      const proofs: Proof[] = [
        await session(),
        await delegation(),
        { kind: 'pin', key: key.sealed, pin: PIN, credentialId: CREDENTIAL },
        { kind: 'service', key: service.sealed, name: 'operator' },
      ];
      for (const proof of proofs) {
        await sign(keystore, proof);
        await refused(other.authorize(proof, [sha256(message)]));
      }
    });

    it('serves many at the same time', async () => {
      const proofs = await Promise.all([session(), session(), session(), session()]);
      const signatures = await Promise.all(
        proofs.flatMap((proof, who) =>
          Array.from({ length: 25 }, async (_, nth) => {
            const bytes = Buffer.from(`${who}:${nth}`);
            return isSigned('ecdsa-p256', key.publicKey, await sign(keystore, proof, bytes), bytes);
          }),
        ),
      );
      expect(signatures).toEqual(Array.from({ length: 100 }, () => true));
    });
  });
};
