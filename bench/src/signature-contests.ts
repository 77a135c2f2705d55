import {
  createRootCertificate,
  createVerificationCache,
  generateKeyPair,
  issueCaCertificate,
  issueSignerCertificate,
  signDetached,
  verifySignedData,
  type Certificate,
  type CertificateProfile,
  type KeyKind,
} from '@sochi/signature';
import { createHash, randomBytes, sign, verify, type KeyObject } from 'node:crypto';
import type { SignatureContest } from './signature-bench.ts';

/** A report of the usual size. */
const REPORT = randomBytes(16_384);
const COMPANY_INN = '01503201810015';
/** As many signatures as the pool of libuv keeps busy on two cores. */
const PARALLEL = 8;

type Signer = { certificate: Certificate; privateKey: KeyObject };

/** A certification centre in memory, for as long as the bench runs. */
export type BenchAuthority = {
  root: Certificate;
  issuing: Certificate;
  at: Temporal.Instant;
  issue: (profile: Exclude<CertificateProfile, 'root' | 'issuing'>, kind?: KeyKind) => Promise<Signer>;
};

/** Fresh keys and certificates valid for an hour around `at`. */
export const createBenchAuthority = async (at: Temporal.Instant): Promise<BenchAuthority> => {
  const terms = { notBefore: at.subtract({ hours: 1 }), notAfter: at.add({ hours: 1 }) };
  const [rootKeys, issuingKeys] = await Promise.all([
    generateKeyPair('ecdsa-p256'),
    generateKeyPair('ecdsa-p256'),
  ]);
  const root = await createRootCertificate({
    ...terms,
    subject: { commonName: 'Bench root' },
    privateKey: rootKeys.privateKey,
  });
  const issuing = await issueCaCertificate({
    ...terms,
    subject: { commonName: 'Bench issuing' },
    publicKey: issuingKeys.publicKey,
    issuer: root,
    issuerKey: rootKeys.privateKey,
  });
  const issue: BenchAuthority['issue'] = async (profile, kind = 'ecdsa-p256') => {
    const { publicKey, privateKey } = await generateKeyPair(kind);
    const certificate = await issueSignerCertificate({
      ...terms,
      profile,
      subject: {
        commonName: `Bench ${profile}`,
        organizationName: 'ОсОО «Скорость»',
        companyInn: COMPANY_INN,
      },
      publicKey,
      issuer: issuing,
      issuerKey: issuingKeys.privateKey,
    });
    return { certificate, privateKey };
  };
  return { root, issuing, at, issue };
};

const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

/** What signing cannot do without: the digest of the report, and the signature over some 200 bytes of attributes. */
export const bareSigning =
  (privateKey: KeyObject, content: Uint8Array = REPORT) =>
  (): Promise<Buffer> => {
    const attributes = Buffer.concat([sha256(content), sha256(content), sha256(content)]);
    return new Promise((resolve, reject) => {
      sign('sha256', attributes, privateKey, (error, signature) =>
        error ? reject(error) : resolve(signature),
      );
    });
  };

const bareVerifying = (signers: readonly Signer[]) => {
  const attributes = randomBytes(200);
  const keys = signers.map(({ certificate, privateKey }) => ({
    key: certificate.publicKey,
    signature: sign('sha256', attributes, privateKey),
  }));
  return async (): Promise<void> => {
    sha256(REPORT);
    await Promise.all(
      keys.map(
        ({ key, signature }) =>
          new Promise<void>((resolve, reject) => {
            verify('sha256', attributes, key, signature, (error, ok) =>
              ok ? resolve() : reject(error ?? new Error('not verified')),
            );
          }),
      ),
    );
  };
};

const signingContest = (
  { issuing, at }: BenchAuthority,
  { certificate, privateKey }: Signer,
  contest: Pick<SignatureContest, 'name' | 'aimPerSecond' | 'aimRatio'>,
): SignatureContest => ({
  ...contest,
  bareName: 'SHA-256 of 16 kB and one signature',
  ours: {
    parallel: PARALLEL,
    run: () =>
      signDetached({ content: REPORT, certificate, privateKey, signingTime: at, certificates: [issuing] }),
  },
  bare: { parallel: PARALLEL, run: bareSigning(privateKey) },
});

const verifyingContest = async (
  { root, issuing, at }: BenchAuthority,
  head: Signer,
  accountant: Signer,
): Promise<SignatureContest> => {
  const signing = { content: REPORT, signingTime: at, certificates: [issuing] };
  const one = await signDetached({ ...signing, ...accountant });
  const cms = await signDetached({ ...signing, ...head, addTo: one });
  const cache = createVerificationCache();
  const input = {
    cms,
    content: REPORT,
    trustAnchors: [root],
    at,
    required: { roles: ['head', 'accountant'], companyInn: COMPANY_INN } as const,
    cache,
  };
  return {
    name: 'verify two P-256 signers, chains cached',
    aimPerSecond: 5_000,
    bareName: 'SHA-256 of 16 kB and two verifications',
    ours: {
      parallel: PARALLEL,
      run: async () => {
        const { indication } = await verifySignedData(input);
        if (indication !== 'TOTAL-PASSED') throw new Error(indication);
      },
    },
    bare: { parallel: PARALLEL, run: bareVerifying([head, accountant]) },
  };
};

/** CAdES-BES over a 16 kB report: signing and verifying. */
export const reportContests = async (authority: BenchAuthority): Promise<SignatureContest[]> => {
  const [head, accountant, rsa] = await Promise.all([
    authority.issue('head'),
    authority.issue('accountant'),
    authority.issue('head', 'rsa-2048'),
  ]);
  return [
    signingContest(authority, head, { name: 'sign CAdES-BES, P-256', aimPerSecond: 10_000 }),
    signingContest(authority, rsa, { name: 'sign CAdES-BES, RSA-2048', aimRatio: 0.85 }),
    await verifyingContest(authority, head, accountant),
  ];
};
