export { recordAudit } from './record-audit.ts';
export {
  OPERATOR_CHAIN,
  type AuditAct,
  type AuditActor,
  type AuditData,
  type AuditEntry,
  type Origin,
} from './audit-event.ts';
