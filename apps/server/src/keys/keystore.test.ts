import { randomBytes } from 'node:crypto';
import { createInProcessKeystore } from './in-process-keystore.ts';
import { describeKeystore } from './testing/keystore-contract.ts';

const masterKey = randomBytes(32);

describeKeystore({
  name: 'in-process',
  algorithms: ['ecdsa-p256', 'ecdsa-p384', 'rsa-2048'],
  open: (monotonicMs) => Promise.resolve(createInProcessKeystore(masterKey, { monotonicMs })),
  openOther: () => Promise.resolve(createInProcessKeystore(randomBytes(32))),
});
