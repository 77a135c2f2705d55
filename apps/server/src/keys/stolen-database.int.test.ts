import { createHash, randomBytes, randomInt } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEMO_COMPANIES } from '../demo/companies.ts';
import { delegate, openTerms } from '../test/a-delegation.ts';
import { createTestPortal, type TestPortal } from '../test/portal.ts';
import { createInProcessKeystore } from './in-process-keystore.ts';
import {
  KeystoreError,
  type DelegatedKey,
  type Keystore,
  type Proof,
  type SealedKey,
  type SigningGrant,
} from './keystore.ts';
import { openPkcs11Keystore } from './pkcs11/pkcs11-keystore.ts';
import { initializeToken } from './pkcs11/hsm.ts';
import { softHsmObstacle, type SoftHsm } from './pkcs11/softhsm.ts';
import { useSoftHsm } from './testing/use-softhsm.ts';

const obstacle = await softHsmObstacle();
const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

/** Every byte string of every table, and the ids and names beside them: what a thief of the database has. */
type Loot = { blobs: Buffer[]; texts: string[] };

const steal = async (portal: TestPortal): Promise<Loot> => {
  const { rows: tables } = await portal.query<{ name: string }>(
    `select quote_ident(table_name) as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
    [],
  );
  const loot: Loot = { blobs: [], texts: [] };
  for (const { name } of tables) {
    const { rows } = await portal.query<Record<string, unknown>>(`select * from public.${name}`, []);
    for (const value of rows.flatMap((row) => Object.values(row))) {
      if (Buffer.isBuffer(value)) loot.blobs.push(value);
      else if (typeof value === 'string' && value.length <= 64) loot.texts.push(value);
    }
  }
  return loot;
};

const known = async (portal: TestPortal, sql: string): Promise<Record<string, Buffer | string>[]> =>
  (await portal.query<Record<string, Buffer | string>>(sql, [])).rows;

/** A thief does not heed the brands: any bytes are tried as any blob. */
const tried = <Kind>(bytes: unknown): Kind => bytes as Kind;

/** The right PIN among guesses: even who knows it has nothing without the secrets that are not in the database. */
const pinsFor = (right: readonly string[]): string[] => [
  ...right,
  ...Array.from({ length: 3 }, () => String(randomInt(1_000_000)).padStart(6, '0')),
];

const listProofs = async (portal: TestPortal, loot: Loot): Promise<Proof[]> => {
  const sessions = await known(portal, 'select signing_grant, credential_id, token_sha256 from session');
  const credentials = await known(
    portal,
    'select id, sealed_key from credential where sealed_key is not null',
  );
  const delegations = await known(
    portal,
    'select sealed_key, record, head_credential_id from delegation where sealed_key is not null',
  );
  const services = await known(
    portal,
    'select name, sealed_key from service_key where sealed_key is not null',
  );
  expect([sessions, credentials, delegations, services].every((rows) => rows.length > 0)).toBe(true);
  const pins = pinsFor(DEMO_COMPANIES.flatMap(({ officers }) => officers.map(({ pin }) => pin)).slice(0, 3));
  const secrets = [...loot.blobs.filter(({ length }) => length === 32), Buffer.alloc(32), Buffer.alloc(0)];
  return [
    ...sessions.flatMap(({ signing_grant, credential_id, token_sha256 }) =>
      [...secrets.slice(0, 50), tried<Buffer>(token_sha256)].map((secret): Proof => ({
        kind: 'session',
        grant: tried<SigningGrant>(signing_grant),
        secret,
        credentialId: String(credential_id),
      })),
    ),
    ...credentials.flatMap(({ id, sealed_key }) =>
      pins.map((pin): Proof => ({
        kind: 'pin',
        key: tried<SealedKey>(sealed_key),
        pin,
        credentialId: String(id),
      })),
    ),
    ...delegations.map(({ sealed_key, record, head_credential_id }): Proof => ({
      kind: 'delegation',
      key: tried<DelegatedKey>(sealed_key),
      record: tried<Uint8Array>(record),
      credentialId: String(head_credential_id),
    })),
    ...services.map(({ name, sealed_key }): Proof => ({
      kind: 'service',
      key: tried<SealedKey>(sealed_key),
      name: String(name),
    })),
    // Whatever has the length of a seal, as a key of the operator under every name it could have.
    ...loot.blobs
      .filter(({ length }) => length > 60 && length < 3000)
      .slice(0, 200)
      .flatMap((key) =>
        services.map(({ name }): Proof => ({
          kind: 'service',
          key: tried<SealedKey>(key),
          name: String(name),
        })),
      ),
  ];
};

const expectUseless = async (keystore: Keystore, proofs: readonly Proof[]): Promise<void> => {
  const message = Buffer.from('a report nobody has signed');
  for (const proof of proofs)
    await expect(keystore.authorize(proof, [sha256(message).toString('hex')])).rejects.toThrow(KeystoreError);
};

const expectNoChange = async (keystore: Keystore, proofs: readonly Proof[]): Promise<void> => {
  for (const proof of proofs) {
    if (proof.kind !== 'pin') continue;
    const { key, pin, credentialId } = proof;
    const refused = { ok: false, reason: 'wrong_pin' };
    const secret = randomBytes(32);
    // A key sealed by another kind of keystore is told by its version, before any PIN.
    const outcome = async (work: Promise<unknown>) =>
      work.catch((error: unknown) => (error instanceof KeystoreError ? refused : error));
    expect(await outcome(keystore.openGrant({ key, pin, credentialId, secret }))).toEqual(refused);
    expect(await outcome(keystore.changePin({ key, pin, newPin: '111111', credentialId }))).toEqual(refused);
    expect(await outcome(keystore.sealDelegation({ key, pin, credentialId, record: secret }))).toEqual(
      refused,
    );
  }
};

const aBusyPortal = async (env: Record<string, string> = {}): Promise<TestPortal> => {
  const portal = await createTestPortal(env);
  await portal.login('accountant');
  await delegate(await portal.login('head'), openTerms(portal.clock.now()));
  return portal;
};

describe('a stolen database, in the hands of somebody with this very program', () => {
  let portal: TestPortal;
  let proofs: Proof[];
  beforeAll(async () => {
    portal = await aBusyPortal();
    proofs = await listProofs(portal, await steal(portal));
  });
  afterAll(() => portal.close());

  it('signs as nobody with another master key', async () => {
    const thief = createInProcessKeystore(randomBytes(32));
    await expectUseless(thief, proofs);
    await expectNoChange(thief, proofs);
  });

  it('opens to the keystore it belongs to, so the attempts are made rightly', async () => {
    const opened = new Set<string>();
    for (const proof of proofs) {
      const isOpen = await portal.ctx.keystore.authorize(proof, []).then(
        () => true,
        () => false,
      );
      if (isOpen) opened.add(proof.kind);
    }
    // No grant opens: the secret of a session is in its cookie alone.
    expect([...opened].sort((a, b) => a.localeCompare(b))).toEqual(['delegation', 'pin', 'service']);
  });

  it.skipIf(obstacle)('signs as nobody with an HSM of the thief', async () => {
    const hsm: SoftHsm = await useSoftHsm();
    const settings = await hsm.createToken('sochi-thief');
    await initializeToken(settings, { deadlineMs: 20_000 });
    const thief = await openPkcs11Keystore(settings);
    await expectUseless(thief, proofs);
    await expectNoChange(thief, proofs);
    await thief.close();
    await hsm.remove();
  });

  it('does not hold the master key, nor a secret of a session', async () => {
    const { blobs, texts } = await steal(portal);
    const hex = (await readFile(`${portal.varDir}/keys/master.key`, 'utf8')).trim();
    const key = Buffer.from(hex, 'hex');
    expect(key.length).toBe(32);
    expect(blobs.some((blob) => blob.includes(key) || blob.includes(hex))).toBe(false);
    expect(texts.some((text) => text.includes(hex))).toBe(false);
  });
});

describe.skipIf(obstacle)('a stolen database of a portal with an HSM', () => {
  let hsm: SoftHsm;
  let portal: TestPortal;
  beforeAll(async () => {
    hsm = await useSoftHsm();
    const { modulePath, tokenLabel, pin } = await hsm.createToken('sochi-real');
    const pinFile = `${hsm.tokenFolder}/../pin`;
    await writeFile(pinFile, pin, { mode: 0o600 });
    await initializeToken({ modulePath, tokenLabel, pin }, { deadlineMs: 20_000 });
    portal = await aBusyPortal({
      KEYSTORE: 'pkcs11',
      PKCS11_MODULE: modulePath,
      PKCS11_TOKEN_LABEL: tokenLabel,
      PKCS11_PIN_FILE: pinFile,
    });
  });
  afterAll(async () => {
    await portal.close();
    await hsm.remove();
  });

  it('signs as nobody with another HSM, or with a master key', async () => {
    const proofs = await listProofs(portal, await steal(portal));
    const settings = await hsm.createToken('sochi-thief');
    await initializeToken(settings, { deadlineMs: 20_000 });
    for (const thief of [await openPkcs11Keystore(settings), createInProcessKeystore(randomBytes(32))]) {
      await expectUseless(thief, proofs);
      await expectNoChange(thief, proofs);
      await thief.close();
    }
  });
});
