import type { AuditActor, AuditData, AuditEntry, AuditEvent } from './audit-event.ts';

/** Longer ones are made to fill tables. */
const LONGEST_TEXT = 500;

/** A text as the database can keep it and everybody can read it back: Unicode, without zero bytes, not endless. */
const keepable = (text: string): string =>
  text.slice(0, LONGEST_TEXT).toWellFormed().replaceAll('\u0000', '\u{FFFD}');

const orNull = (text: string | undefined): string | null => (text === undefined ? null : keepable(text));

const actorFields = (actor: AuditActor): Pick<AuditEvent, 'actorKind' | 'actorId' | 'actorName'> => ({
  actorKind: actor.kind,
  actorId: 'id' in actor ? keepable(actor.id) : null,
  actorName: 'name' in actor ? keepable(actor.name) : null,
});

/** JSON with names in the order of their UTF-16 units: the same data always gives the same text. */
const dataText = (data: AuditData): string =>
  JSON.stringify(Object.fromEntries(Object.entries(data).sort(([a], [b]) => (a < b ? -1 : 1))));

/** The event an entry becomes behind the head of its chain. */
export const makeEvent = (entry: AuditEntry, head: { seq: number; hash: Uint8Array }): AuditEvent => ({
  chain: entry.chain,
  seq: head.seq + 1,
  at: entry.at.round({ smallestUnit: 'microsecond', roundingMode: 'trunc' }),
  act: entry.act,
  ...actorFields(entry.actor),
  address: orNull(entry.from?.address),
  userAgent: orNull(entry.from?.userAgent),
  onBehalfOf: orNull(entry.onBehalfOf),
  subjectKind: orNull(entry.subject?.kind),
  subjectId: orNull(entry.subject?.id),
  data: dataText(entry.data ?? {}),
  previousHash: head.hash,
});
