import type { Reason } from './check-names.ts';

/** Why a signature is not TOTAL-PASSED, by the names of ETSI EN 319 102-1 §5.1.3. */
export type SubIndication =
  | 'FORMAT_FAILURE'
  | 'HASH_FAILURE'
  | 'SIG_CRYPTO_FAILURE'
  | 'SIG_CONSTRAINTS_FAILURE'
  | 'CHAIN_CONSTRAINTS_FAILURE'
  | 'CERTIFICATE_CHAIN_GENERAL_FAILURE'
  | 'CRYPTO_CONSTRAINTS_FAILURE'
  | 'EXPIRED'
  | 'NOT_YET_VALID'
  | 'REVOKED'
  | 'REVOKED_CA_NO_POE'
  | 'NO_SIGNING_CERTIFICATE_FOUND'
  | 'NO_CERTIFICATE_CHAIN_FOUND'
  | 'SIGNED_DATA_NOT_FOUND'
  | 'TIMESTAMP_ORDER_FAILURE'
  | 'TRY_LATER';

/** Every reason in ETSI's words. */
export const SUB_INDICATIONS: Readonly<Record<Reason, SubIndication>> = {
  malformed: 'FORMAT_FAILURE',
  digest_algorithms_differ: 'FORMAT_FAILURE',
  unused_certificate: 'FORMAT_FAILURE',
  certificates_not_decided: 'NO_CERTIFICATE_CHAIN_FOUND',
  same_certificate_twice: 'FORMAT_FAILURE',
  content_altered: 'HASH_FAILURE',
  digest_not_given: 'SIGNED_DATA_NOT_FOUND',
  unsupported_digest: 'CRYPTO_CONSTRAINTS_FAILURE',
  weak_digest: 'CRYPTO_CONSTRAINTS_FAILURE',
  weak_key: 'CRYPTO_CONSTRAINTS_FAILURE',
  signer_certificate_missing: 'NO_SIGNING_CERTIFICATE_FOUND',
  unsupported_algorithm: 'CRYPTO_CONSTRAINTS_FAILURE',
  key_of_other_kind: 'SIG_CRYPTO_FAILURE',
  signature_wrong: 'SIG_CRYPTO_FAILURE',
  unsigned_attributes: 'SIG_CONSTRAINTS_FAILURE',
  not_cades: 'SIG_CONSTRAINTS_FAILURE',
  names_other_certificate: 'SIG_CONSTRAINTS_FAILURE',
  issuer_unknown: 'NO_CERTIFICATE_CHAIN_FOUND',
  issuer_signature_wrong: 'CERTIFICATE_CHAIN_GENERAL_FAILURE',
  issuer_not_ca: 'CHAIN_CONSTRAINTS_FAILURE',
  issuer_key_usage: 'CHAIN_CONSTRAINTS_FAILURE',
  path_too_long: 'CHAIN_CONSTRAINTS_FAILURE',
  critical_extension_unknown: 'CHAIN_CONSTRAINTS_FAILURE',
  key_usage: 'CHAIN_CONSTRAINTS_FAILURE',
  extended_key_usage: 'CHAIN_CONSTRAINTS_FAILURE',
  not_yet_valid: 'NOT_YET_VALID',
  expired: 'EXPIRED',
  timestamp_missing: 'SIG_CONSTRAINTS_FAILURE',
  timestamp_malformed: 'FORMAT_FAILURE',
  timestamp_over_other_signature: 'HASH_FAILURE',
  timestamp_signature_wrong: 'SIG_CRYPTO_FAILURE',
  timestamp_authority_unknown: 'NO_CERTIFICATE_CHAIN_FOUND',
  timestamp_authority_unfit: 'CHAIN_CONSTRAINTS_FAILURE',
  timestamp_authority_not_valid: 'EXPIRED',
  timestamp_authority_revoked: 'REVOKED',
  timestamp_revocation_unknown: 'TRY_LATER',
  timestamp_from_future: 'TIMESTAMP_ORDER_FAILURE',
  timestamp_before_signing: 'TIMESTAMP_ORDER_FAILURE',
  revoked: 'REVOKED',
  suspended: 'REVOKED',
  issuer_revoked: 'REVOKED_CA_NO_POE',
  revocation_unknown: 'TRY_LATER',
  revocation_stale: 'TRY_LATER',
  revocation_not_accepted: 'TRY_LATER',
  role_missing: 'SIG_CONSTRAINTS_FAILURE',
  role_unexpected: 'SIG_CONSTRAINTS_FAILURE',
  role_twice: 'SIG_CONSTRAINTS_FAILURE',
  role_of_another: 'SIG_CONSTRAINTS_FAILURE',
  other_company: 'SIG_CONSTRAINTS_FAILURE',
};
