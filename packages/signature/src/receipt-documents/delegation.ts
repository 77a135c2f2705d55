import { epochSeconds, firstMisfit, instantFrom, utcText } from './field-values.ts';
import {
  parseLines,
  refusedDocument,
  writeLines,
  type DocumentFields,
  type ParsedDocument,
} from './line-document.ts';

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

/** The exact bytes that the head signs as delegation.json. */
export const serialiseDelegation = (delegation: Delegation): Uint8Array =>
  writeLines([
    ['version', delegation.version],
    ['delegationId', delegation.delegationId],
    ['companyInn', delegation.companyInn],
    ['headCertificateSha256', delegation.headCertificateSha256],
    ['headCredentialId', delegation.headCredentialId],
    ['delegateOfficerId', delegation.delegateOfficerId],
    ['delegateFullName', delegation.delegateFullName],
    ['delegateCertificateSha256', delegation.delegateCertificateSha256],
    ['forms', delegation.forms],
    ['periodFrom', delegation.periodFrom],
    ['periodTo', delegation.periodTo],
    ['taxCeiling', delegation.taxCeiling],
    ['validFrom', utcText(delegation.validFrom)],
    ['validFromEpoch', epochSeconds(delegation.validFrom)],
    ['expiresAt', utcText(delegation.expiresAt)],
    ['expiresAtEpoch', epochSeconds(delegation.expiresAt)],
    ['nonce', delegation.nonce],
  ]);

const KINDS = {
  version: 'number',
  delegationId: 'text',
  companyInn: 'text',
  headCertificateSha256: 'text',
  headCredentialId: 'text',
  delegateOfficerId: 'text',
  delegateFullName: 'text',
  delegateCertificateSha256: 'text',
  forms: 'codes',
  periodFrom: 'text',
  periodTo: 'text',
  taxCeiling: 'number',
  validFrom: 'text',
  validFromEpoch: 'number',
  expiresAt: 'text',
  expiresAtEpoch: 'number',
  nonce: 'text',
} as const;

const FORM = /^[a-z0-9-]+\/[a-z0-9-]+$/;
const ISO_DAY = /^\d{4}-\d\d-\d\d$/;
const NONCE = /^[0-9a-f]{32}$/;

const areForms = (forms: readonly string[]): boolean => {
  if (forms.length === 1 && forms[0] === ALL_FORMS) return true;
  const isAscending = forms.every((form, index) => index === 0 || form > (forms[index - 1] ?? ''));
  return forms.length > 0 && isAscending && forms.every((form) => FORM.test(form));
};

/** The first of the bounds that is none, or that no report could meet. */
const boundsMisfit = (fields: DocumentFields): ParsedDocument<never> | undefined => {
  const [from, to] = [fields.text('periodFrom'), fields.text('periodTo')];
  if (!areForms(fields.codes('forms'))) return refusedDocument('bad_value', 'forms');
  if (from !== '' && !ISO_DAY.test(from)) return refusedDocument('bad_value', 'periodFrom');
  if (to !== '' && (!ISO_DAY.test(to) || to < from)) return refusedDocument('bad_value', 'periodTo');
  if (fields.number('taxCeiling') < NO_CEILING) return refusedDocument('bad_value', 'taxCeiling');
  return NONCE.test(fields.text('nonce')) ? undefined : refusedDocument('bad_value', 'nonce');
};

const build = (fields: DocumentFields): ParsedDocument<Delegation> => {
  const misfit =
    firstMisfit(fields, {
      sha256: ['headCertificateSha256', 'delegateCertificateSha256'],
      inn: ['companyInn'],
      filled: ['delegationId', 'headCredentialId', 'delegateOfficerId', 'delegateFullName'],
    }) ?? boundsMisfit(fields);
  if (misfit !== undefined) return misfit;
  const [validFrom, expiresAt] = [
    instantFrom(fields.text('validFrom')),
    instantFrom(fields.text('expiresAt')),
  ];
  if (validFrom === undefined) return refusedDocument('bad_value', 'validFrom');
  if (expiresAt === undefined || Temporal.Instant.compare(expiresAt, validFrom) <= 0)
    return refusedDocument('bad_value', 'expiresAt');
  if (fields.number('version') !== 1) return refusedDocument('bad_value', 'version');
  return {
    ok: true,
    value: {
      version: 1,
      delegationId: fields.text('delegationId'),
      companyInn: fields.text('companyInn'),
      headCertificateSha256: fields.text('headCertificateSha256'),
      headCredentialId: fields.text('headCredentialId'),
      delegateOfficerId: fields.text('delegateOfficerId'),
      delegateFullName: fields.text('delegateFullName'),
      delegateCertificateSha256: fields.text('delegateCertificateSha256'),
      forms: fields.codes('forms'),
      periodFrom: fields.text('periodFrom'),
      periodTo: fields.text('periodTo'),
      taxCeiling: fields.number('taxCeiling'),
      validFrom,
      expiresAt,
      nonce: fields.text('nonce'),
    },
  };
};

/** Reads delegation.json strictly. */
export const parseDelegation = (bytes: Uint8Array): ParsedDocument<Delegation> =>
  parseLines(bytes, KINDS, build, serialiseDelegation);
