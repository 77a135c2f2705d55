/** Prints how many signatures a second this machine makes and verifies. Run by hand: node src/testing/measure.ts */
import { createHash, randomBytes } from 'node:crypto';
import { signBytes } from '../algorithms/sign-bytes.ts';
import { assembleSignedData } from '../cms/assemble.ts';
import { prepareSigner } from '../cms/prepare-signer.ts';
import { signDetached } from '../cms/sign-detached.ts';
import { createVerificationCache } from '../verify/verification-cache.ts';
import { verifySignedData } from '../verify/verify-signed-data.ts';
import { COMPANY_INN, createDemoAuthority, SIGNED_AT } from './demo-authority.ts';

const CONTENT = randomBytes(16_500);
const COUNT = 4000;
const IN_FLIGHT = 8;

const authority = await createDemoAuthority();
const head = await authority.issue({ profile: 'head' });
const accountant = await authority.issue({ profile: 'accountant' });
const signing = { content: CONTENT, signingTime: SIGNED_AT, certificates: [authority.intermediate] };
const one = await signDetached({ ...signing, ...head });
const two = await signDetached({ ...signing, ...accountant, addTo: one });
const contentSha256 = createHash('sha256').update(CONTENT).digest();

const measure = async (name: string, run: () => unknown): Promise<void> => {
  const lane = async (count: number) => {
    for (let index = 0; index < count; index += 1) await run();
  };
  await lane(200);
  const [start, cpu] = [performance.now(), process.cpuUsage()];
  await Promise.all(Array.from({ length: IN_FLIGHT }, () => lane(COUNT / IN_FLIGHT)));
  const perSecond = Math.round(COUNT / ((performance.now() - start) / 1000));
  const { user, system } = process.cpuUsage(cpu);
  process.stdout.write(`${name}: ${perSecond}/s, ${Math.round((user + system) / COUNT)} µs of CPU each\n`);
};

const verifying = { content: CONTENT, trustAnchors: [authority.root], at: SIGNED_AT };
const required = { roles: ['head', 'accountant'], companyInn: COMPANY_INN } as const;
const cache = createVerificationCache();
const prepared = prepareSigner({ contentSha256, certificate: head.certificate, signingTime: SIGNED_AT });
const signature = await signBytes(head.privateKey, prepared.toBeSigned);

await measure('sign P-256', () => signDetached({ ...signing, ...head }));
await measure('add a second signer', () => signDetached({ ...signing, ...accountant, addTo: one }));
await measure('prepare and assemble, no key', () => {
  prepareSigner({ contentSha256, certificate: head.certificate, signingTime: SIGNED_AT });
  assembleSignedData({ prepared, signature, certificates: [authority.intermediate] });
});
await measure('verify one signer, cached', () => verifySignedData({ ...verifying, cms: one, cache }));
await measure('verify two signers, cached', () =>
  verifySignedData({ ...verifying, cms: two, required, cache }),
);
await measure('verify two signers, nothing cached', () =>
  verifySignedData({ ...verifying, cms: two, required }),
);
