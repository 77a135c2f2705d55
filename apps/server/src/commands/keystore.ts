import { readProcessEnv } from '../config.ts';
import { readHsmSettings } from '../keys/open-keystore.ts';
import { initializeToken } from '../keys/pkcs11/hsm.ts';
import { HSM_OPTIONS } from '../keys/pkcs11/pkcs11-keystore.ts';
import { UsageError, type Command } from './command.ts';

export const keystoreCommand: Command = {
  name: 'keystore',
  summary: 'Prepare the HSM of KEYSTORE=pkcs11: «keystore init» makes the keys that never leave it',
  help: [
    'keystore init   makes the keys the token of PKCS11_TOKEN_LABEL lacks; repeating it changes nothing.',
    '',
    'Without those very keys no key of any user can be used: see docs/runbooks/keystore.md for their backup.',
  ].join('\n'),
  async run([what, ...rest]) {
    if (what !== 'init' || rest.length > 0) throw new UsageError('Usage: npm run sochi -- keystore init');
    const { keystore } = readProcessEnv().config;
    if (keystore.kind !== 'pkcs11')
      throw new UsageError('There is no HSM to prepare: KEYSTORE is not pkcs11.');
    const created = await initializeToken(await readHsmSettings(keystore), HSM_OPTIONS);
    process.stdout.write(
      created.length > 0
        ? `Made in the token «${keystore.tokenLabel}»: ${created.join(', ')}.\n`
        : `The token «${keystore.tokenLabel}» has all its keys already.\n`,
    );
    return 0;
  },
};
