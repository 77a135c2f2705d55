/**
 * Our verifier against openssl on a thousand files: 520 good ones (made by openssl and by us, RSA and P-256, one signer and two)
 * and 560 with blind damage. Whatever openssl refuses we must refuse; of the good ones both must accept each; where we refuse what
 * openssl takes, it must be for one of the reasons below.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { certificateToPem } from '../certificate/pem.ts';
import { signDetached } from '../cms/sign-detached.ts';
import { createVerificationCache } from '../verify/verification-cache.ts';
import type { VerificationReport } from '../verify/verification-report.ts';
import { verifySignedData } from '../verify/verify-signed-data.ts';
import { DAMAGES, type Damage } from './damage.ts';
import { createDemoAuthority, SIGNED_AT, type DemoAuthority, type Signer } from './demo-authority.ts';
import { createRandom } from './random.ts';

const GOOD = 520;
const EACH_DAMAGE = 140;
const SEED = 20_261_123;
const KINDS = ['ecdsa-p256', 'rsa-2048'] as const;
const ROLES = ['head', 'accountant'] as const;

/** Checks that openssl does not make, or makes less strictly: reason by reason, why we do. */
const STRICTER: Readonly<Record<string, string>> = {
  'structure malformed':
    'DER only: openssl reads BER, goes on after the end, does not mind the order of a SET, and passes over unknown signed attributes',
  'structure digest_algorithms_differ':
    'the list of digests must name those that are used; openssl does not look',
  'certificates unused_certificate':
    'every certificate carried must be needed; openssl passes over the others',
  'certificates certificates_not_decided': 'follows from a chain that could not be built',
  'signature unsigned_attributes':
    'bytes nothing vouches for leave the verdict open; openssl passes over them',
  'signature unsupported_algorithm':
    'the algorithm must be spelt as the registry does; openssl goes by the key',
  'signature key_of_other_kind': 'the algorithm named must be the key’s; openssl goes by the key',
};

let folder: string;
let authority: DemoAuthority;
let signers: ReadonlyArray<{ readonly name: string; readonly signer: Signer }>;
const random = createRandom(SEED);

const file = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sochi-agreement-'));
  authority = await createDemoAuthority();
  const made = await Promise.all(
    KINDS.flatMap((key) =>
      ROLES.map(async (profile) => ({
        name: `${key}-${profile}`,
        signer: await authority.issue({ profile, key }),
      })),
    ),
  );
  signers = made;
  writeFileSync(file('root.pem'), certificateToPem(authority.root.der));
  writeFileSync(file('ca.pem'), certificateToPem(authority.intermediate.der));
  for (const { name, signer } of made) {
    writeFileSync(file(`${name}.pem`), certificateToPem(signer.certificate.der));
    writeFileSync(file(`${name}.key`), signer.privateKey.export({ type: 'pkcs8', format: 'pem' }));
  }
});

afterAll(() => rmSync(folder, { recursive: true }));

const inShell = (name: string, script: string): Promise<string> =>
  new Promise((resolve, reject) => {
    writeFileSync(file(name), script);
    const shell = spawn('sh', [name], { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] });
    let output = '';
    shell.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    shell.on('error', reject).on('close', () => resolve(output));
  });

/** Runs a command for every name, in two shells at once; the exit code of each, by name. */
const forEach = async (
  names: readonly string[],
  command: (name: string) => string,
): Promise<ReadonlyMap<string, number>> => {
  const halves = [0, 1].map((half) => names.filter((_, index) => index % 2 === half));
  const outputs = await Promise.all(
    halves.map((half, index) =>
      inShell(
        `half${index}.sh`,
        half.map((name) => `${command(name)} >/dev/null 2>&1; echo ${name} $?`).join('\n'),
      ),
    ),
  );
  const lines = outputs.flatMap((output) =>
    output
      .trim()
      .split('\n')
      .map((line) => line.split(' ')),
  );
  return new Map(lines.map(([name = '', code]) => [name, Number(code)]));
};

const QUIET = '-binary -cades';
const epoch = SIGNED_AT.epochMilliseconds / 1000;
const verifyCommand = (name: string) =>
  `openssl cms -verify ${QUIET} -purpose any -attime ${epoch} -inform DER -in ${name}.p7s -content ${name}.bin ` +
  '-CAfile root.pem -no-CApath -no-CAstore -out /dev/null';

const signByOurselves = async (name: string, by: readonly Signer[]) => {
  const content = readFileSync(file(`${name}.bin`));
  let cms: Uint8Array | undefined;
  for (const signer of by) {
    const addTo = cms === undefined ? {} : { addTo: cms };
    const certificates = [authority.intermediate];
    cms = await signDetached({ content, ...signer, signingTime: SIGNED_AT, certificates, ...addTo });
  }
  writeFileSync(file(`${name}.p7s`), cms ?? new Uint8Array());
};

const signByOpenssl = (name: string, by: readonly string[]): string => {
  const keys = by.map((signer) => `-signer ${signer}.pem -inkey ${signer}.key`).join(' ');
  return `openssl cms -sign ${QUIET} -md sha256 ${keys} -certfile ca.pem -in ${name}.bin -outform DER -out ${name}.p7s`;
};

const makeGood = async (): Promise<readonly string[]> => {
  const names = Array.from({ length: GOOD }, (_, index) => `good${index}`);
  const byOpenssl = new Map<string, string>();
  for (const [index, name] of names.entries()) {
    writeFileSync(file(`${name}.bin`), random.bytes(1 + random.below(4000)));
    const count = 1 + random.below(2);
    const chosen = ROLES.slice(0, count).flatMap((role) => {
      const wanted = `${KINDS[random.below(2)]}-${role}`;
      return signers.filter((one) => one.name === wanted);
    });
    if (index % 2 === 0)
      await signByOurselves(
        name,
        chosen.map(({ signer }) => signer),
      );
    else
      byOpenssl.set(
        name,
        signByOpenssl(
          name,
          chosen.map((one) => one.name),
        ),
      );
  }
  const signed = await forEach([...byOpenssl.keys()], (name) => byOpenssl.get(name) ?? 'false');
  expect([...signed].filter(([, code]) => code !== 0)).toEqual([]);
  return names;
};

const makeDamaged = (good: readonly string[]): readonly string[] =>
  (Object.keys(DAMAGES) as Damage[]).flatMap((damage) =>
    Array.from({ length: EACH_DAMAGE }, (_, index) => {
      const name = `${damage}${index}`;
      const source = good[random.below(good.length)] ?? 'good0';
      const [cms, content] = [readFileSync(file(`${source}.p7s`)), readFileSync(file(`${source}.bin`))];
      // Every tenth time it is the content that suffers.
      const isContent = index % 10 === 0;
      writeFileSync(file(`${name}.p7s`), isContent ? cms : DAMAGES[damage](cms, random));
      writeFileSync(file(`${name}.bin`), isContent ? DAMAGES[damage](content, random) : content);
      return name;
    }),
  );

const cache = createVerificationCache();
const ours = (name: string): Promise<VerificationReport> =>
  verifySignedData({
    cms: readFileSync(file(`${name}.p7s`)),
    content: readFileSync(file(`${name}.bin`)),
    trustAnchors: [authority.root],
    at: SIGNED_AT,
    cache,
  });

it('agrees with openssl on good files and on damaged ones', async () => {
  const good = await makeGood();
  const damaged = makeDamaged(good);
  const openssl = await forEach([...good, ...damaged], verifyCommand);
  expect(openssl.size).toBe(good.length + damaged.length);
  const disagreements = { goodRefused: [] as string[], tooLax: [] as string[], unnamed: [] as string[] };
  let stricter = 0;
  for (const name of good) {
    const report = await ours(name);
    if (openssl.get(name) !== 0 || report.indication !== 'TOTAL-PASSED') disagreements.goodRefused.push(name);
  }
  for (const name of damaged) {
    const report = await ours(name);
    const isAcceptedByOpenssl = openssl.get(name) === 0;
    if (report.indication === 'TOTAL-PASSED') {
      if (!isAcceptedByOpenssl) disagreements.tooLax.push(name);
    } else if (isAcceptedByOpenssl) {
      stricter += 1;
      const reasons = report.checks.flatMap(({ check, reason }) =>
        reason === null ? [] : [`${check} ${reason}`],
      );
      if (!reasons.every((reason) => reason in STRICTER))
        disagreements.unnamed.push(`${name}: ${reasons.join(', ')}`);
    }
  }
  expect(disagreements).toEqual({ goodRefused: [], tooLax: [], unnamed: [] });
  expect(stricter).toBeLessThan(damaged.length / 4);
}, 240_000);
