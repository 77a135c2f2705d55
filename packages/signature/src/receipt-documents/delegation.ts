import { defineDocument } from './define-document.ts';
import { field } from './document-fields.ts';

/** The one entry of `forms` that stands for every form. */
export const ALL_FORMS = '*';
/** `taxCeiling` where there is none. */
export const NO_CEILING = -1;

/**
 * What a head signs to let the accountant's reports carry the head's signature («Подпись от имени руководителя»). The head's
 * key is sealed under exactly these bytes, so that a report outside of them cannot be signed by editing them.
 */
export interface Delegation {
  readonly version: 1;
  readonly delegationId: string;
  readonly companyInn: string;
  /** SHA-256 fingerprint of the certificate whose key signs on behalf, lower-case hex. */
  readonly headCertificateSha256: string;
  readonly headCredentialId: string;
  readonly delegateOfficerId: string;
  readonly delegateFullName: string;
  /** SHA-256 fingerprint of the certificate the delegate signs with beside, lower-case hex. */
  readonly delegateCertificateSha256: string;
  /** Forms of any edition, agency and code (`gns/sti-091`), ascending; `['*']` is all. */
  readonly forms: readonly string[];
  /** First and last day of the reporting periods, ISO dates; an empty text sets no bound on that side. */
  readonly periodFrom: string;
  readonly periodTo: string;
  /** Tax due of one report in tyiyn, at most; -1 sets no bound. */
  readonly taxCeiling: number;
  /** Kept to the millisecond. */
  readonly validFrom: Temporal.Instant;
  /** From this instant on nothing is signed any more; kept to the millisecond. */
  readonly expiresAt: Temporal.Instant;
  /** 16 random bytes, lower-case hex: no two records are the same. */
  readonly nonce: string;
}

const FORM = /^[a-z0-9-]+\/[a-z0-9-]+$/;
const NONCE = /^[0-9a-f]{32}$/;

const areForms = (forms: readonly string[]): boolean => {
  if (forms.length === 1 && forms[0] === ALL_FORMS) return true;
  const isAscending = forms.every((form, index) => index === 0 || form > (forms[index - 1] ?? ''));
  return forms.length > 0 && isAscending && forms.every((form) => FORM.test(form));
};

/** The bound that no report could meet. */
const emptyBound = ({ periodFrom, periodTo, validFrom, expiresAt }: Delegation) => {
  if (periodTo !== '' && periodTo < periodFrom) return 'periodTo';
  return Temporal.Instant.compare(expiresAt, validFrom) <= 0 ? 'expiresAt' : undefined;
};

const document = defineDocument<Delegation>(
  {
    version: field.version1,
    delegationId: field.filled,
    companyInn: field.inn,
    headCertificateSha256: field.sha256,
    headCredentialId: field.filled,
    delegateOfficerId: field.filled,
    delegateFullName: field.filled,
    delegateCertificateSha256: field.sha256,
    forms: field.codesThat(areForms),
    periodFrom: field.isoDayOrNone,
    periodTo: field.isoDayOrNone,
    taxCeiling: field.numberFrom(NO_CEILING),
    validFrom: field.instant,
    expiresAt: field.instant,
    nonce: field.matching(NONCE),
  },
  emptyBound,
);

/** The exact bytes that the head signs as delegation.json. */
export const serialiseDelegation = document.serialise;

/** Reads delegation.json strictly. */
export const parseDelegation = document.parse;
