import type { Certificate } from '../certificate/certificate.ts';

/** Why a list or an answer may not be used; a weak or unknown algorithm is `algorithm_not_accepted`. */
export type SourceProblem =
  | 'signature_wrong'
  | 'responder_not_authorised'
  | 'responder_expired'
  | 'algorithm_not_accepted'
  | 'extension_unknown';

/** Whether a list or an answer may be used. */
export interface SourceTrust {
  readonly problem: SourceProblem | null;
  /** The delegated responder that signed; null when the issuer itself did, or when nobody is to be believed. */
  readonly responder: Certificate | null;
}
