/** What is wrong with the trail, and where. Places are numbers of events in their chain, or numbers of checkpoints. */
export type TrailProblem =
  /** The event is not what was recorded there. */
  | { kind: 'altered'; chain: string; seq: number }
  | { kind: 'missing'; chain: string; from: number; to: number }
  /** Nobody recorded these, or not here. */
  | { kind: 'inserted'; chain: string; from: number; to: number }
  | { kind: 'swapped'; chain: string; seq: number; with: number }
  /** Events up to `to` bear numbers that are too great by `by`, or too small when it is negative. */
  | { kind: 'renumbered'; chain: string; from: number; to: number; by: number }
  /** The chain once was longer: its head says so, or the checkpoint does. */
  | { kind: 'tail_missing'; chain: string; from: number; to: number; checkpoint: number | null }
  /** The chain holds together, but is not the one the checkpoint has witnessed: something in this range was recorded anew. */
  | { kind: 'rewritten'; chain: string; from: number; to: number; checkpoint: number }
  /** The last event is not the one that the chain's head names. */
  | { kind: 'head_differs'; chain: string; seq: number }
  | { kind: 'head_missing'; chain: string }
  /** The chain says that a checkpoint has witnessed its end, and there is none. */
  | { kind: 'witness_missing'; chain: string; seq: number }
  | { kind: 'checkpoint_missing'; from: number; to: number }
  /** Its contents are not those of its hash, or it does not follow from the one before. */
  | { kind: 'checkpoint_altered'; number: number }
  /** The operator did not sign it; the reason is one of the verification report's. */
  | { kind: 'checkpoint_forged'; number: number; reason: string }
  /** It is not the one that was noted elsewhere. */
  | { kind: 'checkpoint_unknown'; number: number };

export type Report = (problem: TrailProblem) => void;
