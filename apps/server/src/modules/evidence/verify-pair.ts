import {
  MalformedError,
  normaliseCms,
  readCrl,
  verifySignedData,
  type Certificate,
  type VerificationReport,
} from '@sochi/signature';

export interface SignedPair {
  readonly content: Uint8Array;
  /** A detached CMS, DER or BER. */
  readonly cms: Uint8Array;
  /** Whom to believe; nobody: the report says that the issuer is unknown. */
  readonly trustAnchors: readonly Certificate[];
  /** Revocation lists, DER; without those of the time of signing the verdict stays open. */
  readonly lists: readonly Uint8Array[];
  /** Judged at this instant, where a signature has no timestamp. */
  readonly at: Temporal.Instant;
}

/** BER comes out as DER; what is neither is left for the report to name. */
const asDer = (cms: Uint8Array): Uint8Array => {
  try {
    return normaliseCms(cms);
  } catch (error) {
    if (error instanceof MalformedError) return cms;
    throw error;
  }
};

/**
 * Checks a file against its detached signature, with nothing of ours beside them. TOTAL-PASSED needs a root and the lists of all
 * issuers; without them it is INDETERMINATE and says what was lacking. Throws MalformedError for a list that cannot be read.
 */
export const verifyPair = ({
  content,
  cms,
  trustAnchors,
  lists,
  at,
}: SignedPair): Promise<VerificationReport> =>
  verifySignedData({
    content,
    cms: asDer(cms),
    trustAnchors,
    at,
    timestamps: { trustAnchors, intermediates: [] },
    revocation: { crls: lists.map(readCrl), ocspResponses: [], required: true },
  });
