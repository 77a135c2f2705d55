import { OFFICER_ROLES, type OfficerRole } from '@sochi/kernel';
import { defineDocument } from './define-document.ts';
import { field, type DocumentField } from './document-fields.ts';
import { refusedDocument } from './line-document.ts';

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

const rolesOf = (signers: Postmark['signers']): OfficerRole[] =>
  OFFICER_ROLES.filter((role) => signers[role] !== undefined);

/** Who had to sign, then the fingerprint of each; a role that does not sign has an empty one. */
const signers: DocumentField<Postmark['signers']> = {
  kinds: () => ({
    requiredSigners: 'text',
    headCertificateSha256: 'text',
    accountantCertificateSha256: 'text',
  }),
  write: (_, value) => [
    ['requiredSigners', rolesOf(value).join(',')],
    [CERTIFICATE_FIELDS.head, value.head ?? ''],
    [CERTIFICATE_FIELDS.accountant, value.accountant ?? ''],
  ],
  read(fields) {
    const roles = OFFICER_ROLES.filter((role) => fields.text(CERTIFICATE_FIELDS[role]) !== '');
    if (roles.length === 0) return refusedDocument('bad_value', 'requiredSigners');
    const prints = roles.map((role) => field.sha256.read(fields, CERTIFICATE_FIELDS[role]));
    const odd = prints.find((print) => !print.ok);
    if (odd?.ok === false) return odd;
    return {
      ok: true,
      value: Object.fromEntries(roles.map((role) => [role, fields.text(CERTIFICATE_FIELDS[role])])),
    };
  },
};

const document = defineDocument<Postmark>({
  version: field.version1,
  receiptNumber: field.filled,
  filingId: field.filled,
  form: field.filled,
  periodFrom: field.isoDay,
  periodTo: field.isoDay,
  agency: field.filled,
  office: field.text,
  companyInn: field.inn,
  reportSha256: field.sha256,
  signatureSha256: field.sha256,
  signers: signers,
  signedAt: field.instantText,
  postmarkedAt: field.instantInBishkek,
  clockSource: field.filled,
});

/** The exact bytes that are signed as postmark.json. */
export const serialisePostmark = document.serialise;

/** Reads postmark.json strictly; the derived fields (Bishkek time, epoch, roles) must agree, else `not_canonical`. */
export const parsePostmark = document.parse;

/** The roles a postmark says had to sign, head first. */
export const requiredRoles = (postmark: Postmark): OfficerRole[] => rolesOf(postmark.signers);
