import { join } from 'node:path';
import { requireDatabaseUrl } from '../compose.ts';
import { readProcessEnv, type Config, type Secrets } from '../config.ts';
import { openDatabase } from '../db/database.ts';
import { readMasterKey } from '../keys/master-key.ts';
import { moveServiceKeys } from '../keys/move-service-keys.ts';
import { openKeystore, readHsmSettings } from '../keys/open-keystore.ts';
import { initializeToken } from '../keys/pkcs11/hsm.ts';
import { HSM_OPTIONS } from '../keys/pkcs11/pkcs11-keystore.ts';
import { UsageError, type Command } from './command.ts';

const init = async ({ keystore }: Config): Promise<string> => {
  if (keystore.kind !== 'pkcs11') throw new UsageError('There is no HSM to prepare: KEYSTORE is not pkcs11.');
  const created = await initializeToken(await readHsmSettings(keystore), HSM_OPTIONS);
  return created.length > 0
    ? `Made in the token «${keystore.tokenLabel}»: ${created.join(', ')}.`
    : `The token «${keystore.tokenLabel}» has all its keys already.`;
};

const moveIn = async (config: Config, secrets: Secrets): Promise<string> => {
  if (config.keystore.kind !== 'pkcs11')
    throw new UsageError('There is no HSM to move keys into: KEYSTORE is not pkcs11.');
  const connectionString = requireDatabaseUrl(secrets);
  const masterKey = await readMasterKey(join(config.varDir, 'keys', 'master.key'));
  const keystore = await openKeystore(config);
  const database = openDatabase({
    connectionString,
    applicationName: 'sochi-keystore',
    poolSize: 1,
    onError: () => undefined,
  });
  try {
    const moved = await moveServiceKeys(database.db, { masterKey, to: keystore });
    return moved.length > 0 ? `Moved into the HSM: ${moved.join(', ')}.` : 'There is no key to move.';
  } finally {
    await database.close();
    await keystore.close();
  }
};

export const keystoreCommand: Command = {
  name: 'keystore',
  summary: 'Prepare the HSM of KEYSTORE=pkcs11: «keystore init» makes the keys that never leave it',
  help: [
    'keystore init      makes the keys the token of PKCS11_TOKEN_LABEL lacks; repeating it changes nothing.',
    "keystore move-in   moves the operator's own keys from the in-process keystore under VAR_DIR into the HSM.",
    '',
    'Without the keys that init makes no key of any user can be used: docs/runbooks/keystore.md.',
  ].join('\n'),
  async run([what, ...rest]) {
    const { config, secrets } = readProcessEnv();
    const work = { init: () => init(config), 'move-in': () => moveIn(config, secrets) };
    if ((what !== 'init' && what !== 'move-in') || rest.length > 0)
      throw new UsageError('Usage: npm run sochi -- keystore init | move-in');
    process.stdout.write(`${await work[what]()}\n`);
    return 0;
  },
};
