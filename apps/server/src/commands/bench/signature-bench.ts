import {
  authorityContests,
  bundleContests,
  createBenchAuthority,
  reportContests,
  runSignatureBench,
  type SignatureContest,
} from '@sochi/bench';
import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { readProcessEnv } from '../../config.ts';
import { createInProcessKeystore } from '../../keys/in-process-keystore.ts';
import { initializeToken } from '../../keys/pkcs11/hsm.ts';
import { HSM_OPTIONS, openPkcs11Keystore } from '../../keys/pkcs11/pkcs11-keystore.ts';
import { createSoftHsm, softHsmObstacle } from '../../keys/pkcs11/softhsm.ts';
import { systemClock } from '../../system-clock.ts';
import type { Bench } from './bench.ts';
import { sessionContest } from './keystore-contests.ts';
import { wholeNumber } from './whole-number.ts';

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

type Opened = { contests: SignatureContest[]; close: () => Promise<void> };

/** The session over SoftHSM2, in a folder of its own; nothing but a line where it is not installed. */
const openHsmContest = async (): Promise<Opened> => {
  const obstacle = await softHsmObstacle();
  if (obstacle !== undefined) {
    say(obstacle);
    return { contests: [], close: () => Promise.resolve() };
  }
  const softHsm = await createSoftHsm(readProcessEnv().config.connectorEnv);
  const settings = await softHsm.createToken('bench');
  await initializeToken(settings, HSM_OPTIONS);
  const keystore = await openPkcs11Keystore(settings);
  const contest = await sessionContest(keystore, {
    name: 'sign in a session, PKCS#11 (SoftHSM2)',
    aimPerSecond: 500,
  });
  return {
    contests: [contest],
    close: async () => {
      await keystore.close();
      await softHsm.remove();
    },
  };
};

export const signatureBench: Bench = {
  name: 'signatures',
  help: [
    'npm run bench -- signatures: signatures, timestamps, OCSP, keystores and bundles, per second of one core',
    '  --seconds N       by the clock, for each side of a contest (5)',
  ].join('\n'),
  async run(args) {
    const { values } = parseArgs({
      args: [...args],
      options: { seconds: { type: 'string', default: '5' } },
    });
    const seconds = wholeNumber('seconds', values.seconds, 600);
    const authority = await createBenchAuthority(systemClock.now());
    const inProcess = createInProcessKeystore(randomBytes(32));
    const hsm = await openHsmContest();
    try {
      const contests = [
        ...(await reportContests(authority)),
        ...(await authorityContests(authority)),
        await sessionContest(inProcess, { name: 'sign in a session, in-process', aimPerSecond: 1_000 }),
        ...hsm.contests,
        ...(await bundleContests()),
      ];
      const results = await runSignatureBench({ contests, seconds, report: say });
      say(JSON.stringify(results));
    } finally {
      await hsm.close();
      await inProcess.close();
    }
    return 0;
  },
};
