/**
 * A program for the search of memory: opens a keystore as a portal does, signs a hundred times for one session, keeps one
 * authorization open, says so and waits to be ended.
 */
import { createHash } from 'node:crypto';
import { createInProcessKeystore } from '../in-process-keystore.ts';
import type { Keystore, SealedKey } from '../keystore.ts';
import type { HsmSettings } from '../pkcs11/hsm-operations.ts';
import { openPkcs11Keystore } from '../pkcs11/pkcs11-keystore.ts';

export type HundredSignatures = {
  vault: { kind: 'in-process'; masterKey: Uint8Array } | ({ kind: 'pkcs11' } & HsmSettings);
  key: SealedKey;
  pin: string;
  credentialId: string;
};

const open = ({ vault }: HundredSignatures): Promise<Keystore> =>
  vault.kind === 'in-process'
    ? Promise.resolve(createInProcessKeystore(vault.masterKey))
    : openPkcs11Keystore(vault, { sessions: 1 });

const signAHundred = async (work: HundredSignatures): Promise<void> => {
  const keystore = await open(work);
  const { key, pin, credentialId } = work;
  const secret = Buffer.alloc(32, 7);
  const opened = await keystore.openGrant({ key, pin, credentialId, secret });
  if (!opened.ok) throw new Error(opened.reason);
  const authorize = (bytes: Uint8Array) =>
    keystore.authorize({ kind: 'session', grant: opened.grant, secret, credentialId }, [
      createHash('sha256').update(bytes).digest('hex'),
    ]);
  for (let nth = 0; nth < 100; nth += 1) {
    const bytes = Buffer.from(`report ${nth}`);
    await keystore.signHash(await authorize(bytes), bytes);
  }
  await authorize(Buffer.from('the next report'));
};

// The test that starts this program sends exactly this.
process.on('message', (work: HundredSignatures) => {
  void signAHundred(work).then(() => process.send?.('signed'));
});
