import type { AuditWords } from './words.ts';

const range = (from: number, to: number): string => (from === to ? `event ${from}` : `events ${from}–${to}`);

export const en: AuditWords = {
  problems: {
    altered: ({ seq }) => `event ${seq} was altered`,
    missing: ({ from, to }) => `missing: ${range(from, to)}`,
    inserted: ({ from, to }) => `inserted: ${range(from, to)}`,
    swapped: ({ seq, with: other }) => `events ${seq} and ${other} changed places`,
    renumbered: ({ from, to, by }) =>
      `${range(from, to)}: the numbers were moved by ${by > 0 ? `+${by}` : String(by)}`,
    tail_missing: ({ from, to, checkpoint }) =>
      `the end of the chain was cut off, missing: ${range(from, to)} (so says ${checkpoint === null ? "the chain's head" : `checkpoint ${checkpoint}`})`,
    rewritten: ({ from, to, checkpoint }) =>
      `${range(from, to)}: the chain was written anew, checkpoint ${checkpoint} has witnessed another one`,
    head_differs: ({ seq }) => `the last event ${seq} is not the one that the chain's head names`,
    head_missing: () => "the chain's head is missing",
    witness_missing: ({ seq }) =>
      `event ${seq} is marked as witnessed and no checkpoint names it: checkpoints were removed`,
    checkpoint_missing: ({ from, to }) =>
      from === to ? `checkpoint ${from} is missing` : `checkpoints ${from}–${to} are missing`,
    checkpoint_altered: ({ number }) => `checkpoint ${number} was altered`,
    checkpoint_forged: ({ number, reason }) =>
      `checkpoint ${number} was not signed by the operator [${reason}]`,
    checkpoint_unknown: ({ number }) => `checkpoint ${number} is not the one you named`,
  },
  acts: {
    'login.succeeded': 'login',
    'login.refused': 'login refused',
    'login.paused': 'login paused',
    logout: 'logout',
    'pin.refused': 'PIN refused',
    'pin.changed': 'PIN changed',
    'credential.locked': 'credential locked',
    'credential.unlocked': 'credential unlocked',
    'signature.made': 'signature',
    'signature.made_on_behalf': "signature in the head's name",
    'delegation.granted': 'right to sign granted',
    'delegation.ended': 'right to sign ended',
    'certificate.issued': 'certificate issued',
    'certificate.renewed': 'certificate renewed',
    'certificate.suspended': 'certificate suspended',
    'certificate.resumed': 'certificate resumed',
    'certificate.revoked': 'certificate revoked',
    'certification_officer.added': 'officer of the certification centre added',
    'certification_officer.ended': 'officer of the certification centre ended',
    'revocation_list.published': 'revocation list published',
    'evidence.downloaded': 'evidence downloaded',
    'service_key.created': 'service key created',
  },
  actors: { officer: 'officer', staff: "operator's staff", system: 'system', stranger: 'unknown' },
  operator: 'operator',
  company: (inn) => `ИНН ${inn}`,
  onBehalfOf: 'on behalf of',
  events: 'Events',
  chains: 'Chains',
  checkpoints: 'Checkpoints',
  lastCheckpoint: (number, sha256) => `Last checkpoint: ${number}:${sha256}`,
  unwitnessed: (chains) => `Chains that grew since the last checkpoint: ${chains}`,
  root: 'Root certificate (SHA-256)',
  ownRoot: 'The root certificate is the database’s own: compare it, or name yours with --root.',
  more: (count) => `… and ${count} more`,
  valid: 'the trail is whole',
  invalid: (problems) => `problems: ${problems}`,
  nothing: 'No events.',
  before: (seq) => `Earlier ones: --before ${seq}`,
};
