/** Builds evidence bundles for tests: a sound one, or one with something in it replaced and everything sealed again. */
import { createHash, sign } from 'node:crypto';
import {
  serialiseDelegation,
  serialisePostmark,
  signDetached,
  writeDelegationClaim,
  type Certificate,
  type Delegation,
  type Postmark,
} from '@sochi/signature';
import type { RevocationDocument } from '../bundle-layout.ts';
import { bundleFiles, type EvidenceBundleInput } from '../build-bundle.ts';
import { sealBundle } from '../seal-bundle.ts';
import { COMPANY_INN, issueSigner, type SampleAuthority, type Signer } from './sample-authority.ts';
import { sampleReceipts, type ReceiptChanges } from './sample-receipts.ts';
import { revocationOf, type SampleRevocation } from './sample-revocation.ts';
import { signStamped } from './sample-signatures.ts';

export const POSTMARKED_AT = Temporal.Instant.from('2026-11-23T17:59:59.250Z');
/** The accountant signs two days before the head. */
export const ACCOUNTANT_SIGNED_AT = POSTMARKED_AT.subtract({ hours: 48 });
const HEAD_SIGNED_AT = POSTMARKED_AT.subtract({ milliseconds: 250 });
const DELEGATED_AT = POSTMARKED_AT.subtract({ hours: 400 });

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

export type Revocation = EvidenceBundleInput['revocation'];

export interface SampleChanges {
  readonly report?: string;
  /** Who really signs the report; accountant and head by default. */
  readonly reportSigners?: readonly Signer[];
  /** What becomes of the report's signatures before the postmark is set on them. */
  readonly reportP7s?: (p7s: Uint8Array) => Uint8Array | Promise<Uint8Array>;
  readonly postmark?: Partial<Postmark>;
  /** What becomes of the postmark's bytes before they are signed. */
  readonly postmarkJson?: (json: Uint8Array) => Uint8Array;
  readonly postmarkSigner?: Signer;
  readonly manifestSigner?: Signer;
  readonly receiptSigner?: Signer;
  /** Who stamps the report's signatures. */
  readonly timestamper?: Signer;
  /** How many seconds later than it should be each timestamp is; null for none at all. */
  readonly stampedLate?: Partial<Record<RevocationDocument | 'report', number | null>>;
  readonly withoutReceipts?: boolean;
  readonly withoutCorrection?: boolean;
  readonly receipts?: ReceiptChanges;
  /** The head's signature is made by a delegation whose terms differ in these from the sample's. */
  readonly delegation?: Partial<Delegation>;
  readonly delegationSigner?: Signer;
  /** When the delegation is signed; weeks before the report by default. */
  readonly delegatedAt?: Temporal.Instant;
  /** The role the head claims instead of the one the delegation asks for. */
  readonly claimedRole?: string;
  /** Certificates revoked as the lists and answers of every document tell. */
  readonly revoked?: readonly SampleRevocation[];
  /** What becomes of the lists and answers before they are packed. */
  readonly revocation?: (files: Revocation) => Revocation | Promise<Revocation>;
  /** What is packed in the end. */
  readonly input?: (input: EvidenceBundleInput) => EvidenceBundleInput;
  /** The files themselves, before they are sealed. */
  readonly files?: (files: Map<string, Uint8Array>) => Map<string, Uint8Array>;
}

/** Everything that is needed while one bundle is made. */
interface Making {
  readonly authority: SampleAuthority;
  readonly signers: SampleSigners;
  readonly changes: SampleChanges;
}

const signed = (
  { authority, changes }: Making,
  document: RevocationDocument,
  order: { readonly content: Uint8Array; readonly signer: Signer; readonly at: Temporal.Instant },
): Promise<Uint8Array> => {
  const late = changes.stampedLate?.[document] ?? 0;
  const stampedAt = changes.stampedLate?.[document] === null ? null : order.at.add({ seconds: late });
  return signStamped(authority, { ...order, stampedAt });
};

const delegationOf = ({ signers }: Making, terms: Partial<Delegation>): Uint8Array =>
  serialiseDelegation({
    version: 1,
    delegationId: '0199f0aa-0000-7000-8000-00000000000d',
    companyInn: COMPANY_INN,
    headCertificateSha256: signers.head.certificate.sha256,
    headCredentialId: '0199f0aa-0000-7000-8000-00000000000a',
    delegateOfficerId: '0199f0aa-0000-7000-8000-00000000000b',
    delegateFullName: 'Асанова Айгүл',
    delegateCertificateSha256: signers.accountant.certificate.sha256,
    forms: ['gns/sti-091'],
    periodFrom: '2026-01-01',
    periodTo: '2026-12-31',
    taxCeiling: -1,
    validFrom: DELEGATED_AT,
    expiresAt: POSTMARKED_AT.add({ hours: 100 }),
    nonce: 'a'.repeat(32),
    ...terms,
  });

const reportSignatures = async (
  { authority, signers, changes }: Making,
  content: Uint8Array,
  claimedRole: string | undefined,
): Promise<Uint8Array> => {
  const { stampedLate = {}, timestamper } = changes;
  let cms: Uint8Array | undefined;
  for (const signer of changes.reportSigners ?? [signers.accountant, signers.head]) {
    const isHead = signer.certificate.subject.role === 'head';
    const at = isHead ? HEAD_SIGNED_AT : ACCOUNTANT_SIGNED_AT;
    const stampedAt = stampedLate.report === null ? null : at.add({ seconds: stampedLate.report ?? 0 });
    const role = isHead && claimedRole !== undefined ? { claimedRole } : {};
    const addTo = cms === undefined ? {} : { addTo: cms };
    cms = await signStamped(authority, { content, signer, at, stampedAt, timestamper, ...role, ...addTo });
  }
  return cms ?? new Uint8Array();
};

const postmarkOf = (
  { signers, changes }: Making,
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
  ...changes.postmark,
});

const revocationFor = async (
  { authority, changes }: Making,
  document: RevocationDocument,
  at: Temporal.Instant,
  certificates: readonly Certificate[],
): Promise<Revocation> =>
  (await revocationOf(authority, { at, certificates, revoked: changes.revoked })).map((file) => ({
    document,
    ...file,
  }));

const delegationPart = async (making: Making) => {
  const { signers, changes } = making;
  if (changes.delegation === undefined) return { delegation: null, revocation: [] };
  const json = delegationOf(making, changes.delegation);
  const signer = changes.delegationSigner ?? signers.head;
  const { delegatedAt: at = DELEGATED_AT } = changes;
  const p7s = await signed(making, 'delegation', { content: json, signer, at });
  const revocation = await revocationFor(making, 'delegation', at, [signer.certificate]);
  return { delegation: { json, p7s }, revocation };
};

const receiptsPart = async (making: Making, hashes: Pick<Postmark, 'reportSha256' | 'signatureSha256'>) => {
  const { signers, changes } = making;
  const documents =
    changes.withoutReceipts === true ? [] : sampleReceipts(POSTMARKED_AT, hashes, changes.receipts);
  const made = documents.filter(({ name }) => name !== 'correction' || changes.withoutCorrection !== true);
  return Promise.all(
    made.map(async ({ name, by, json, at }) => {
      const signer = by === 'agency' ? (changes.receiptSigner ?? signers.agency) : signers.operator;
      const p7s = await signed(making, name, { content: json, signer, at });
      return { name, json, p7s, revocation: await revocationFor(making, name, at, [signer.certificate]) };
    }),
  );
};

const claimOf = (
  { signers, changes }: Making,
  delegation: EvidenceBundleInput['delegation'],
): string | undefined =>
  changes.claimedRole ??
  (delegation === null
    ? undefined
    : writeDelegationClaim({
        delegationSha256: sha256(delegation.json),
        delegateCertificateSha256: signers.accountant.certificate.sha256,
      }));

const inputOf = async (making: Making): Promise<EvidenceBundleInput> => {
  const { authority, signers, changes } = making;
  const { delegation, revocation } = await delegationPart(making);
  const reportXml = Buffer.from(changes.report ?? REPORT);
  const signatures = await reportSignatures(making, reportXml, claimOf(making, delegation));
  const reportP7s = (await changes.reportP7s?.(signatures)) ?? signatures;
  const hashes = { reportSha256: sha256(reportXml), signatureSha256: sha256(reportP7s) };
  const written = serialisePostmark(postmarkOf(making, hashes));
  const postmarkJson = changes.postmarkJson?.(written) ?? written;
  const postmarkSigner = changes.postmarkSigner ?? signers.operator;
  const postmarkOrder = { content: postmarkJson, signer: postmarkSigner, at: POSTMARKED_AT };
  const receipts = await receiptsPart(making, hashes);
  const asked = [...(changes.reportSigners ?? [signers.accountant, signers.head]), postmarkSigner];
  const postmarkRevocation = await revocationFor(
    making,
    'postmark',
    POSTMARKED_AT,
    asked.map(({ certificate }) => certificate),
  );
  const manifestSigner = changes.manifestSigner ?? signers.operator;
  const files = [...postmarkRevocation, ...revocation, ...receipts.flatMap((one) => one.revocation)];
  return {
    reportXml,
    reportP7s,
    postmarkJson,
    postmarkP7s: await signed(making, 'postmark', postmarkOrder),
    delegation,
    receipts: receipts.map(({ name, json, p7s }) => ({ name, json, p7s })),
    revocation: (await changes.revocation?.(files)) ?? files,
    certificates: {
      root: authority.root.der,
      intermediates: [authority.issuing.der],
      others: Object.values(signers).map(({ certificate }: Signer) => certificate.der),
    },
    operatorSigner: (content) =>
      signDetached({
        content,
        ...manifestSigner,
        signingTime: POSTMARKED_AT,
        certificates: [authority.issuing],
      }),
    operatorSeal: (signature) => Promise.resolve(sign('sha256', signature, manifestSigner.privateKey)),
  };
};

/** What a bundle is packed from. */
export const sampleInput = (
  authority: SampleAuthority,
  signers: SampleSigners,
  changes: SampleChanges = {},
): Promise<EvidenceBundleInput> => inputOf({ authority, signers, changes });

/** A bundle's zip. */
export const sampleBundle = async (
  authority: SampleAuthority,
  signers: SampleSigners,
  changes: SampleChanges = {},
): Promise<Uint8Array> => {
  const made = await sampleInput(authority, signers, changes);
  const input = changes.input?.(made) ?? made;
  const files = bundleFiles(input);
  return sealBundle(changes.files?.(files) ?? files, input);
};
