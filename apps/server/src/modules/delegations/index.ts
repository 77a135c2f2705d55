export {
  borrowHeadKey,
  foretellBorrowing,
  type BorrowedKey,
  type ReportInQuestion,
} from './borrow-head-key.ts';
export { auditEnded, endDelegationsOf, type EndedDelegation } from './end-delegations.ts';
export { auditUse, claimDelegation, DelegationEnded, noteUse } from './record-use.ts';
export { reportDamage } from './report-damage.ts';
export { delegationHandlers } from './routes.ts';
export { sweepDelegations } from './sweep-delegations.ts';
