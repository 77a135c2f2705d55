import { OFFICER_ROLES } from '@sochi/kernel';
import * as z from 'zod';

/** An instant as ISO 8601 in UTC. */
export const Instant = z.iso.datetime();
/** A calendar day as ISO 8601. */
export const Day = z.iso.date();
export const OfficerRole = z.enum(OFFICER_ROLES);
export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);
/** Whole tyiyn (1/100 som). */
export const Tyiyn = z.int();
export const Period = z.object({ from: Day, to: Day });

/** Raw answers as typed: nothing typed is lost, even when it is not a number yet. Limits per form are checked by its definition. */
export const Answers = z.object({
  cells: z.record(z.string().max(40), z.string().max(2000)),
  tables: z.record(
    z.string().max(40),
    z.array(z.record(z.string().max(40), z.string().max(2000))).max(20_000),
  ),
});
export type Answers = z.infer<typeof Answers>;

export const Session = z.object({
  officer: z.object({ id: z.uuid(), fullName: z.string(), role: OfficerRole }),
  company: z.object({ id: z.uuid(), inn: z.string(), name: z.string() }),
  balance: Tyiyn,
  credential: z.object({ validTo: Instant, serial: z.string() }),
  idleSeconds: z.int(),
});
export type Session = z.infer<typeof Session>;

export const News = z.object({
  id: z.uuid(),
  publishedAt: Instant,
  agency: z.string().nullable(),
  title: z.object({ ru: z.string(), ky: z.string(), en: z.string() }),
  body: z.object({ ru: z.string(), ky: z.string(), en: z.string() }),
});
export type News = z.infer<typeof News>;

export const DELIVERY_STATES = [
  'draft',
  'awaiting_head',
  'awaiting_accountant',
  'queued',
  'delivered',
] as const;
export const CHECK_STATES = ['awaiting_check', 'accepted', 'rejected'] as const;
export const FILING_ACTIONS = ['edit', 'discard', 'send', 'sign', 'report', 'evidence'] as const;

export const Filing = z.object({
  id: z.uuid(),
  /** The number people see and quote, e.g. 2026-00000042; also the agency's idempotency key. */
  number: z.string(),
  formId: z.string(),
  agency: z.string(),
  period: Period,
  kind: z.enum(['initial', 'corrected', 'liquidation']),
  delivery: z.enum(DELIVERY_STATES),
  /** Null until delivered. */
  check: z.enum(CHECK_STATES).nullable(),
  createdAt: Instant,
  updatedAt: Instant,
  signatures: z.array(z.object({ role: OfficerRole, fullName: z.string(), signedAt: Instant })),
  signedAt: Instant.nullable(),
  postmarkedAt: Instant.nullable(),
  handedOverAt: Instant.nullable(),
  agencyReceivedAt: Instant.nullable(),
  decidedAt: Instant.nullable(),
  agencyNumber: z.string().nullable(),
  rejection: z.object({ codes: z.array(z.string()), text: z.string() }).nullable(),
  reportSha256: Sha256.nullable(),
  /** What the asking officer may do with it now. */
  actions: z.array(z.enum(FILING_ACTIONS)),
});
export type Filing = z.infer<typeof Filing>;

export const FilingEvent = z.object({
  at: Instant,
  event: z.string(),
  from: z.string().nullable(),
  to: z.string(),
  /** The person, or null when the system or the agency acted. */
  by: z.object({ fullName: z.string(), role: z.string() }).nullable(),
  note: z.string().nullable(),
});

export const Profile = z.object({
  inn: z.string(),
  name: z.string(),
  officeCode: z.string(),
  officeName: z.string(),
  phone: z.string(),
  legalForm: z.string(),
  okpo: z.string(),
});
export type Profile = z.infer<typeof Profile>;

export const FilingDetail = Filing.extend({
  /** Grows by one with each saved draft; send it back to save or send. */
  version: z.int(),
  answers: Answers,
  /** What the form needs besides the answers; fixed once the filing is sent. */
  context: z.object({ profile: Profile, today: Day }),
  events: z.array(FilingEvent),
});
export type FilingDetail = z.infer<typeof FilingDetail>;

/** Computed values by cell and what the checks found; `at` names a cell (`053`) or a table's cell (`ADV_CUR.2.amount`, rows from 0). */
export const Calculation = z.object({
  cells: z.record(z.string(), z.string().nullable()),
  findings: z.array(
    z.object({ rule: z.string(), severity: z.enum(['E', 'W', 'I']), at: z.string(), code: z.string() }),
  ),
});
export type Calculation = z.infer<typeof Calculation>;

export const FormStatus = z.object({
  formId: z.string(),
  agency: z.string(),
  lastSubmittedAt: Instant.nullable(),
  /** The period to be filed now and its last day. */
  period: Period,
  dueDate: Day,
  daysLeft: z.int(),
  /** An unfinished draft for that period, to go on with. */
  draftId: z.uuid().nullable(),
});
export type FormStatus = z.infer<typeof FormStatus>;

/** One line of the live stream: a filing of the company moved. */
export const LiveFiling = z.object({
  id: z.uuid(),
  delivery: z.enum(DELIVERY_STATES),
  check: z.enum(CHECK_STATES).nullable(),
});
export type LiveFiling = z.infer<typeof LiveFiling>;
