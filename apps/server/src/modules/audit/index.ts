export {
  OPERATOR_CHAIN,
  type AuditAct,
  type AuditActor,
  type AuditData,
  type AuditEntry,
  type Origin,
} from './audit-event.ts';
export { listInns } from './queries.ts';
export { recordAudit } from './record-audit.ts';
export { renderEvents, renderVerdict } from './render-trail.ts';
export { showChain } from './show-chain.ts';
export { startWitness } from './start-witness.ts';
export type { TrailProblem } from './verify/problem.ts';
export type { KnownCheckpoint } from './verify/verify-checkpoints.ts';
export { NoRootCertificate, verifyTrail } from './verify/verify-trail.ts';
