/** Builds evidence bundles for tests: a sound one, or one with something in it replaced. */
import { createHash, sign } from 'node:crypto';
import {
  serialiseAgencyReceipt,
  serialiseDecision,
  serialisePostmark,
  type Postmark,
} from '@sochi/signature';
import { buildEvidenceBundle, type EvidenceBundleInput } from '../build-bundle.ts';
import { COMPANY_INN, issueSigner, signedBy, type SampleAuthority, type Signer } from './sample-authority.ts';

export const POSTMARKED_AT = Temporal.Instant.from('2026-11-23T17:59:59.250Z');
/** Line ends of every kind, as openssl without -binary would change them. */
export const REPORT = `<REPORT>\r\n<TIN>${COMPANY_INN}</TIN>\nОтчёт за квартал\r\n<F050>2100.00</F050>\r</REPORT>\r\n`;

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

export interface SampleSigners {
  readonly head: Signer;
  readonly accountant: Signer;
  readonly operator: Signer;
  readonly agency: Signer;
}

/** One signer of each role. */
export const issueSampleSigners = async (authority: SampleAuthority): Promise<SampleSigners> => ({
  head: await issueSigner(authority, 'head'),
  accountant: await issueSigner(authority, 'accountant'),
  operator: await issueSigner(authority, 'operator'),
  agency: await issueSigner(authority, 'agency'),
});

export interface SampleChanges {
  readonly report?: string;
  /** Who really signs the report; head and accountant by default. */
  readonly reportSigners?: readonly Signer[];
  readonly postmark?: Partial<Postmark>;
  readonly postmarkSigner?: Signer;
  readonly manifestSigner?: Signer;
  readonly receiptSigner?: Signer;
  readonly withoutReceipts?: boolean;
  readonly input?: (input: EvidenceBundleInput) => EvidenceBundleInput;
}

const receiptsOf = async (
  { issuing }: SampleAuthority,
  signer: Signer,
  hashes: { readonly reportSha256: string; readonly signatureSha256: string },
): Promise<EvidenceBundleInput['receipts']> => {
  const receivedAt = POSTMARKED_AT.add({ seconds: 2 });
  const shared = {
    version: 1,
    agency: 'gns',
    agencyNumber: 'ГНС-7/2026',
    filingNumber: '2026-000123',
  } as const;
  const receipt = serialiseAgencyReceipt({ ...shared, ...hashes, verdict: 'signatures_valid', receivedAt });
  const { reportSha256 } = hashes;
  const decision = serialiseDecision({
    ...shared,
    reportSha256,
    verdict: 'rejected',
    reasons: ['sti-091.186', 'sti-091.187'],
    text: 'Строка 186: «итого»\nне сходится',
    decidedAt: receivedAt.add({ hours: 3 }),
  });
  return [
    { name: 'agency-receipt', json: receipt, p7s: await signedBy([signer], receipt, receivedAt, [issuing]) },
    { name: 'decision', json: decision, p7s: await signedBy([signer], decision, receivedAt, [issuing]) },
  ];
};

const postmarkOf = (
  signers: SampleSigners,
  hashes: Pick<Postmark, 'reportSha256' | 'signatureSha256'>,
): Postmark => ({
  version: 1,
  receiptNumber: '2026-000123',
  filingId: '0199f0aa-0000-7000-8000-000000000001',
  form: 'gns/sti-091/9',
  periodFrom: '2026-07-01',
  periodTo: '2026-09-30',
  agency: 'gns',
  office: '001',
  companyInn: COMPANY_INN,
  ...hashes,
  signers: { head: signers.head.certificate.sha256, accountant: signers.accountant.certificate.sha256 },
  signedAt: POSTMARKED_AT,
  postmarkedAt: POSTMARKED_AT,
  clockSource: 'ntp, error < 50 ms',
});

/** A bundle's zip. */
export const sampleBundle = async (
  authority: SampleAuthority,
  signers: SampleSigners,
  changes: SampleChanges = {},
): Promise<Uint8Array> => {
  const { root, issuing } = authority;
  const at = POSTMARKED_AT;
  const reportXml = Buffer.from(changes.report ?? REPORT);
  const reportSigners = changes.reportSigners ?? [signers.accountant, signers.head];
  const reportP7s = await signedBy(reportSigners, reportXml, at, [issuing]);
  const hashes = { reportSha256: sha256(reportXml), signatureSha256: sha256(reportP7s) };
  const postmarkJson = serialisePostmark({ ...postmarkOf(signers, hashes), ...changes.postmark });
  const input: EvidenceBundleInput = {
    reportXml,
    reportP7s,
    postmarkJson,
    postmarkP7s: await signedBy([changes.postmarkSigner ?? signers.operator], postmarkJson, at, [issuing]),
    receipts:
      changes.withoutReceipts === true
        ? []
        : await receiptsOf(authority, changes.receiptSigner ?? signers.agency, hashes),
    delegation: null,
    revocation: [],
    certificates: {
      root: root.der,
      intermediates: [issuing.der],
      others: Object.values(signers).map(({ certificate }: Signer) => certificate.der),
    },
    operatorSigner: (manifest) =>
      signedBy([changes.manifestSigner ?? signers.operator], manifest, at, [issuing]),
    operatorSeal: (signature) =>
      Promise.resolve(sign('sha256', signature, (changes.manifestSigner ?? signers.operator).privateKey)),
  };
  return buildEvidenceBundle(changes.input?.(input) ?? input);
};
