import type { CHECK_STATES, DELIVERY_STATES, FILING_ACTIONS } from '@sochi/contract';
import { OFFICER_ROLES, type OfficerRole } from '@sochi/kernel';

/**
 * The life of a filing as data, read by the commands' guards, the screen's buttons and the tests.
 *
 * Delivery: a draft is sent by either officer, waits for the signature that is missing, is postmarked and queued the moment the
 * last one is there, and is delivered when the agency has signed for it. Check: once delivered, the agency's curator decides.
 */
export type DeliveryState = (typeof DELIVERY_STATES)[number];
export type CheckState = (typeof CHECK_STATES)[number];
export type FilingAction = (typeof FILING_ACTIONS)[number];

export const DELIVERY_TRANSITIONS = {
  draft: { await_head: 'awaiting_head', await_accountant: 'awaiting_accountant', postmark: 'queued' },
  awaiting_head: { postmark: 'queued' },
  awaiting_accountant: { postmark: 'queued' },
  queued: { deliver: 'delivered' },
  delivered: {},
} as const satisfies Record<DeliveryState, Partial<Record<string, DeliveryState>>>;

export const CHECK_TRANSITIONS = {
  awaiting_check: { accept: 'accepted', reject: 'rejected' },
  accepted: {},
  rejected: {},
} as const satisfies Record<CheckState, Partial<Record<string, CheckState>>>;

export type SignatureEvent = 'await_head' | 'await_accountant' | 'postmark';

/** What follows when these roles have signed. Throws RangeError for a role the form does not ask for. */
export const afterSigning = (
  signed: readonly OfficerRole[],
  required: readonly OfficerRole[],
): SignatureEvent => {
  const foreign = signed.find((role) => !required.includes(role));
  if (foreign) throw new RangeError(`the ${foreign} does not sign this form`);
  const missing = OFFICER_ROLES.find((role) => required.includes(role) && !signed.includes(role));
  if (missing === undefined) return 'postmark';
  return missing === 'head' ? 'await_head' : 'await_accountant';
};

/** The state an event leads to; undefined when it is not possible now. */
export const nextDelivery = (state: DeliveryState, event: string): DeliveryState | undefined => {
  const events: Partial<Record<string, DeliveryState>> = DELIVERY_TRANSITIONS[state];
  return events[event];
};

const WAITS_FOR: Partial<Record<DeliveryState, OfficerRole>> = {
  awaiting_head: 'head',
  awaiting_accountant: 'accountant',
};

/** Whether the filing waits for this role's signature. */
export const waitsFor = (state: DeliveryState, role: OfficerRole): boolean => WAITS_FOR[state] === role;

/** The state in which a filing waits for this role. */
export const awaitingState = (role: OfficerRole): DeliveryState =>
  role === 'head' ? 'awaiting_head' : 'awaiting_accountant';

/** What an officer may do now: the same table draws the buttons. */
export const actionsFor = (
  filing: { delivery: DeliveryState; postmarked: boolean },
  role: OfficerRole,
): FilingAction[] => {
  if (filing.delivery === 'draft') return ['edit', 'discard', 'send'];
  const actions: FilingAction[] = waitsFor(filing.delivery, role) ? ['sign', 'report'] : ['report'];
  return filing.postmarked ? [...actions, 'evidence'] : actions;
};
