import * as z from 'zod';
import { NOT_ON_BEHALF } from './delegation-shapes.ts';
import { Day, Instant, OfficerRole, Period, Sha256, Tyiyn } from './plain-shapes.ts';

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
  signatures: z.array(
    z.object({
      role: OfficerRole,
      fullName: z.string(),
      signedAt: Instant,
      /** Who made it on the signer's behalf; null when it was the signer. */
      delegate: z.string().nullable(),
    }),
  ),
  /** Why it waits for the head although there was a delegation; null when there was none, or it was used. */
  notOnBehalf: z.enum(NOT_ON_BEHALF).nullable(),
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

/** What sending would find; `onBehalf` is null unless the asking accountant has, or just had, a delegation of the head. */
export const CheckedFiling = Calculation.extend({
  onBehalf: z.object({ head: z.string(), not: z.enum(NOT_ON_BEHALF).nullable() }).nullable(),
});
export type CheckedFiling = z.infer<typeof CheckedFiling>;

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
  /** The head's signature has just been made by delegation: who did it. */
  delegate: z.string().optional(),
});
export type LiveFiling = z.infer<typeof LiveFiling>;
