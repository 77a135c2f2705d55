/**
 * The acts the trail knows. Security-relevant ones only: what is not here is told by the filing's own events, or by the log.
 */
export const AUDIT_ACTS = [
  'login.succeeded',
  'login.refused',
  'login.paused',
  'logout',
  'pin.refused',
  'pin.changed',
  'credential.locked',
  'credential.unlocked',
  'signature.made',
  'signature.made_on_behalf',
  'delegation.granted',
  'delegation.ended',
  'certificate.issued',
  'certificate.renewed',
  'certificate.suspended',
  'certificate.resumed',
  'certificate.revoked',
  'certification_officer.added',
  'certification_officer.ended',
  'revocation_list.published',
  'evidence.downloaded',
  'service_key.created',
] as const;
export type AuditAct = (typeof AUDIT_ACTS)[number];

/** The chain of what belongs to no company; every company's chain has the company's id as its name. */
export const OPERATOR_CHAIN = 'operator';

/** Where a command came from: the network address and what the program there calls itself. */
export type Origin = { address: string; userAgent: string };

/** Who did it. The name is kept as it was then; `stranger` is somebody whom nobody has recognised. */
export type AuditActor =
  | { kind: 'officer'; id: string; name: string }
  | { kind: 'staff'; id: string; name: string }
  | { kind: 'system'; name: string }
  | { kind: 'stranger' };

/** More about the act; never a secret. */
export type AuditData = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

export type AuditEntry = {
  /** Id of the company, or 'operator'. */
  chain: string;
  act: AuditAct;
  actor: AuditActor;
  from?: Origin | undefined;
  /** Id of the officer in whose name it was done. */
  onBehalfOf?: string;
  /** What it was done to: `{ kind: 'filing', id }`. */
  subject?: { kind: string; id: string };
  data?: AuditData;
  at: Temporal.Instant;
};

/** An event as it stands in its chain, and as it is hashed. */
export type AuditEvent = {
  chain: string;
  /** From 1, without gaps. */
  seq: number;
  /** To the microsecond, as PostgreSQL keeps it. */
  at: Temporal.Instant;
  act: string;
  actorKind: string;
  actorId: string | null;
  actorName: string | null;
  address: string | null;
  userAgent: string | null;
  onBehalfOf: string | null;
  subjectKind: string | null;
  subjectId: string | null;
  /** JSON with sorted names, as it was written. */
  data: string;
  previousHash: Uint8Array;
};
