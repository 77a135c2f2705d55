import type { AuditAct, AuditActor } from '../audit-event.ts';
import type { TrailProblem } from '../verify/problem.ts';

type ProblemWords = {
  readonly [K in TrailProblem['kind']]: (problem: Extract<TrailProblem, { kind: K }>) => string;
};

/** Every word of `sochi audit`; each language has all of them. */
export type AuditWords = {
  readonly problems: ProblemWords;
  readonly acts: Readonly<Record<AuditAct, string>>;
  readonly actors: Readonly<Record<AuditActor['kind'], string>>;
  readonly operator: string;
  readonly company: (inn: string) => string;
  readonly onBehalfOf: string;
  readonly events: string;
  readonly chains: string;
  readonly checkpoints: string;
  readonly lastCheckpoint: (number: number, sha256: string) => string;
  readonly unwitnessed: (chains: number) => string;
  readonly root: string;
  readonly ownRoot: string;
  readonly more: (count: number) => string;
  readonly valid: string;
  readonly invalid: (problems: number) => string;
  readonly nothing: string;
  readonly before: (seq: number) => string;
};
