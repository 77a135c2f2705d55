import { createHash, randomBytes } from 'node:crypto';
import { createKeySeals, type PinInput } from './key-seals.ts';
import { KeystoreError, type Keystore, type NewKey, type Proof, type WrongPin } from './keystore.ts';
import { createOpenServiceKeys } from './open-service-keys.ts';
import { createPendingAuthorizations } from './pending-authorizations.ts';
import { SALT, stretchPin } from './pin-stretching.ts';
import type { KeyMaterial, OpenKey, Vault } from './vault.ts';

const WRONG_PIN: WrongPin = { ok: false, reason: 'wrong_pin' };

type KeySeals = ReturnType<typeof createKeySeals>;

/** Making keys, and sealing them anew: all that needs a PIN, but no authorization. */
const createKeyMaking = (vault: Vault, seals: KeySeals) => {
  /** Opens a key with its PIN for as long as `use` needs the material. */
  const withPin = async <Result>(
    input: PinInput,
    use: (material: Buffer) => Promise<Result>,
  ): Promise<Result | WrongPin> => {
    const material = await seals.openWithPin(input);
    if (!material) return WRONG_PIN;
    try {
      return await use(material);
    } finally {
      material.fill(0);
    }
  };

  const newServiceKey = async (name: string, { publicKey, material }: KeyMaterial): Promise<NewKey> => {
    const sealed = await seals.sealForService(material, name);
    material.fill(0);
    return { publicKey, sealed };
  };

  return {
    async createKey(pin, credentialId, algorithm = 'ecdsa-p256') {
      const { publicKey, material } = await vault.generate(algorithm);
      const sealed = await seals.sealForPin(material, pin, credentialId);
      material.fill(0);
      return { publicKey, sealed };
    },

    createServiceKey: async (name, algorithm = 'ecdsa-p256') =>
      newServiceKey(name, await vault.generate(algorithm)),

    importServiceKey: async (name, pkcs8) => newServiceKey(name, await vault.importKey(pkcs8)),

    openGrant: ({ secret, ...input }) =>
      withPin(input, async (material) => ({
        ok: true,
        grant: await seals.sealForSession(material, secret, input.credentialId),
      })),

    async pretendToOpen(pin) {
      await vault.derive('pin', await stretchPin(pin, randomBytes(SALT)));
    },

    changePin: ({ newPin, ...input }) =>
      withPin(input, async (material) => ({
        ok: true,
        sealed: await seals.sealForPin(material, newPin, input.credentialId),
      })),

    sealDelegation: ({ record, ...input }) =>
      withPin(input, async (material) => ({
        ok: true,
        sealed: await seals.sealForRecord(material, record, input.credentialId),
      })),
  } satisfies Partial<Keystore>;
};

export type KeystoreOptions = {
  /** A clock that is never set back, for the term of authorizations. */
  monotonicMs?: () => number;
};

/** The rules of the keystore, over any vault. */
export const createKeystore = (
  vault: Vault,
  { monotonicMs = () => performance.now() }: KeystoreOptions = {},
): Keystore => {
  const seals = createKeySeals(vault);
  const pending = createPendingAuthorizations(monotonicMs);
  const serviceKeys = createOpenServiceKeys();

  const openKey = async (proof: Proof): Promise<OpenKey> => {
    const known = proof.kind === 'service' ? serviceKeys.find(proof.name, proof.key) : undefined;
    if (known) return known;
    const material = await seals.openProof(proof);
    if (!material) throw new KeystoreError('The proof does not open the key.');
    const key = vault.open(material, { often: proof.kind === 'service' });
    if (proof.kind === 'service') serviceKeys.keep(proof.name, proof.key, key);
    return key;
  };

  return {
    kind: vault.kind,
    ...createKeyMaking(vault, seals),

    authorize: async (proof, hashes) => pending.add(await openKey(proof), hashes),

    async signHash(authorization, toBeSigned) {
      const hash = createHash('sha256').update(toBeSigned).digest('hex');
      return pending.take(authorization, hash).sign(toBeSigned);
    },

    async close() {
      pending.clear();
      serviceKeys.clear();
      await vault.close();
    },
  };
};
