import { bareSigning, type SignatureContest } from '@sochi/bench';
import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import type { Keystore } from '../../keys/keystore.ts';

/** Some 200 bytes of signed attributes. */
const ATTRIBUTES = randomBytes(200);
const HASH = createHash('sha256').update(ATTRIBUTES).digest('hex');
const PARALLEL = 8;

/** Signing in a session, with no PIN entered: `authorize` opens the grant, `signHash` signs. */
export const sessionContest = async (
  keystore: Keystore,
  { name, aimPerSecond }: { name: string; aimPerSecond: number },
): Promise<SignatureContest> => {
  const credentialId = 'bench';
  const pin = '135790';
  const secret = randomBytes(32);
  const { sealed } = await keystore.createKey(pin, credentialId);
  const opened = await keystore.openGrant({ key: sealed, pin, credentialId, secret });
  if (!opened.ok) throw new Error(opened.reason);
  const proof = { kind: 'session', grant: opened.grant, secret, credentialId } as const;
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  return {
    name,
    aimPerSecond,
    bareName: 'one P-256 signature by node:crypto',
    ours: {
      parallel: PARALLEL,
      run: async () => keystore.signHash(await keystore.authorize(proof, [HASH]), ATTRIBUTES),
    },
    bare: { parallel: PARALLEL, run: bareSigning(privateKey, ATTRIBUTES) },
  };
};
