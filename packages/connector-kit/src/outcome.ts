/** One report on its way to an agency. Hashes are SHA-256, lower-case hex. */
export type ReportDelivery = {
  /** Our number: the agency takes each number once, whatever is repeated. */
  number: string;
  formId: string;
  period: { from: string; to: string };
  companyInn: string;
  office: string;
  reportXml: Uint8Array;
  /** Detached CMS with all signatures, DER. */
  signature: Uint8Array;
  reportSha256: string;
  signatureSha256: string;
  /** An earlier attempt may have reached the agency: it is asked by our number before anything is sent. */
  isRepeat?: boolean;
};

/** What is kept of a call as evidence of the hand-over. */
export type CallEvidence = { xRoadId: string; xRoadRequestId: string; xRoadRequestHash: string };

/**
 * What came of one attempt. `retry` is for everything that may be different next time, an unknown outcome included: the next
 * attempt asks the agency by our number. `stuck` is for what only a person can mend.
 */
export type DeliveryOutcome =
  | {
      outcome: 'accepted';
      agencyNumber: string;
      receipt: { json: Uint8Array; p7s: Uint8Array };
      evidence: CallEvidence;
    }
  | { outcome: 'rejected'; reasons: string[] }
  | { outcome: 'pending'; receiptId: string }
  | { outcome: 'retry'; afterMs: number; reason: string }
  | { outcome: 'stuck'; reason: string };

/** The agency may or may not have taken the report. */
export type UnknownOutcome = { outcome: 'unknown'; reason: string };

/** What the agency says about one of our numbers; `absent`: it has never had it. */
export type StatusOutcome = DeliveryOutcome | UnknownOutcome | { outcome: 'absent' };

/** A curator's signed decision as it arrived, not yet verified. */
export type ArrivedDecision = { filingNumber: string; json: Uint8Array; p7s: Uint8Array };

/** A page of an agency's decisions and the place to read on from. */
export type DecisionPage = { cursor: string; decisions: ArrivedDecision[] };
