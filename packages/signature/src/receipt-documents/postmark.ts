import { BISHKEK, OFFICER_ROLES, type OfficerRole } from '@sochi/kernel';
import { epochSeconds, firstMisfit, instantFrom, utcText } from './field-values.ts';
import {
  parseLines,
  refusedDocument,
  writeLines,
  type DocumentFields,
  type ParsedDocument,
} from './line-document.ts';

/**
 * R1: what the operator signs the moment a report has its signatures and its money. Times are kept to the millisecond;
 * `serialisePostmark` adds the Bishkek time and the epoch seconds that follow from `postmarkedAt`.
 */
export interface Postmark {
  readonly version: 1;
  readonly receiptNumber: string;
  readonly filingId: string;
  /** Agency, code and edition, e.g. `gns/sti-091/9`. */
  readonly form: string;
  /** First and last day of the period, ISO dates. */
  readonly periodFrom: string;
  readonly periodTo: string;
  readonly agency: string;
  /** District of the agency, as the agency numbers it. */
  readonly office: string;
  readonly companyInn: string;
  /** SHA-256 of report.xml, lower-case hex. */
  readonly reportSha256: string;
  /** SHA-256 of report.p7s, lower-case hex. */
  readonly signatureSha256: string;
  /** Who had to sign, with the SHA-256 fingerprint of the certificate that did. */
  readonly signers: Readonly<Partial<Record<OfficerRole, string>>>;
  /** When the last required signature was there. */
  readonly signedAt: Temporal.Instant;
  readonly postmarkedAt: Temporal.Instant;
  readonly clockSource: string;
}

const CERTIFICATE_FIELDS = {
  head: 'headCertificateSha256',
  accountant: 'accountantCertificateSha256',
} as const;

const rolesOf = ({ signers }: Postmark): OfficerRole[] =>
  OFFICER_ROLES.filter((role) => signers[role] !== undefined);

const bishkekText = (instant: Temporal.Instant): string =>
  instant.toString({ timeZone: BISHKEK, smallestUnit: 'millisecond' });

/** The exact bytes that are signed as postmark.json. A role that does not sign has an empty fingerprint. */
export const serialisePostmark = (postmark: Postmark): Uint8Array =>
  writeLines([
    ['version', postmark.version],
    ['receiptNumber', postmark.receiptNumber],
    ['filingId', postmark.filingId],
    ['form', postmark.form],
    ['periodFrom', postmark.periodFrom],
    ['periodTo', postmark.periodTo],
    ['agency', postmark.agency],
    ['office', postmark.office],
    ['companyInn', postmark.companyInn],
    ['reportSha256', postmark.reportSha256],
    ['signatureSha256', postmark.signatureSha256],
    ['requiredSigners', rolesOf(postmark).join(',')],
    [CERTIFICATE_FIELDS.head, postmark.signers.head ?? ''],
    [CERTIFICATE_FIELDS.accountant, postmark.signers.accountant ?? ''],
    ['signedAt', utcText(postmark.signedAt)],
    ['postmarkedAt', utcText(postmark.postmarkedAt)],
    ['postmarkedAtBishkek', bishkekText(postmark.postmarkedAt)],
    ['postmarkedAtEpoch', epochSeconds(postmark.postmarkedAt)],
    ['clockSource', postmark.clockSource],
  ]);

const KINDS = {
  version: 'number',
  receiptNumber: 'text',
  filingId: 'text',
  form: 'text',
  periodFrom: 'text',
  periodTo: 'text',
  agency: 'text',
  office: 'text',
  companyInn: 'text',
  reportSha256: 'text',
  signatureSha256: 'text',
  requiredSigners: 'text',
  headCertificateSha256: 'text',
  accountantCertificateSha256: 'text',
  signedAt: 'text',
  postmarkedAt: 'text',
  postmarkedAtBishkek: 'text',
  postmarkedAtEpoch: 'number',
  clockSource: 'text',
} as const;

const ISO_DAY = /^\d{4}-\d\d-\d\d$/;

const signersOf = (fields: DocumentFields): ParsedDocument<Postmark['signers']> => {
  const roles = OFFICER_ROLES.filter((role) => fields.text(CERTIFICATE_FIELDS[role]) !== '');
  if (roles.length === 0) return refusedDocument('bad_value', 'requiredSigners');
  const misfit = firstMisfit(fields, { sha256: roles.map((role) => CERTIFICATE_FIELDS[role]) });
  if (misfit !== undefined) return misfit;
  return {
    ok: true,
    value: Object.fromEntries(roles.map((role) => [role, fields.text(CERTIFICATE_FIELDS[role])])),
  };
};

const buildPostmark = (fields: DocumentFields): ParsedDocument<Postmark> => {
  const signers = signersOf(fields);
  if (!signers.ok) return signers;
  const misfit = firstMisfit(fields, {
    sha256: ['reportSha256', 'signatureSha256'],
    inn: ['companyInn'],
    filled: ['receiptNumber', 'filingId', 'form', 'agency', 'clockSource'],
  });
  if (misfit !== undefined) return misfit;
  const day = ['periodFrom', 'periodTo'].find((key) => !ISO_DAY.test(fields.text(key)));
  if (day !== undefined) return refusedDocument('bad_value', day);
  const [signedAt, postmarkedAt] = [
    instantFrom(fields.text('signedAt')),
    instantFrom(fields.text('postmarkedAt')),
  ];
  if (signedAt === undefined) return refusedDocument('bad_value', 'signedAt');
  if (postmarkedAt === undefined) return refusedDocument('bad_value', 'postmarkedAt');
  if (fields.number('version') !== 1) return refusedDocument('bad_value', 'version');
  return {
    ok: true,
    value: {
      version: 1,
      receiptNumber: fields.text('receiptNumber'),
      filingId: fields.text('filingId'),
      form: fields.text('form'),
      periodFrom: fields.text('periodFrom'),
      periodTo: fields.text('periodTo'),
      agency: fields.text('agency'),
      office: fields.text('office'),
      companyInn: fields.text('companyInn'),
      reportSha256: fields.text('reportSha256'),
      signatureSha256: fields.text('signatureSha256'),
      signers: signers.value,
      signedAt,
      postmarkedAt,
      clockSource: fields.text('clockSource'),
    },
  };
};

/** Reads postmark.json strictly; the derived fields (Bishkek time, epoch, roles) must agree, else `not_canonical`. */
export const parsePostmark = (bytes: Uint8Array): ParsedDocument<Postmark> =>
  parseLines(bytes, KINDS, buildPostmark, serialisePostmark);

/** The roles a postmark says had to sign, head first. */
export const requiredRoles = rolesOf;
