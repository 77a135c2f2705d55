import type { CERTIFICATE_STATES } from '@sochi/contract';

export type CertificateState = (typeof CERTIFICATE_STATES)[number];
export type StateChange = 'suspend' | 'resume' | 'revoke';

/** What may happen to a certificate: the guard of every change. Revoked is for ever. */
const CHANGES: Readonly<Record<CertificateState, Partial<Record<StateChange, CertificateState>>>> = {
  active: { suspend: 'suspended', revoke: 'revoked' },
  suspended: { resume: 'active', revoke: 'revoked' },
  revoked: {},
};

/** The state after a change; undefined when it is not allowed. */
export const nextState = (state: CertificateState, change: StateChange): CertificateState | undefined =>
  CHANGES[state][change];
