import * as z from 'zod';
import { Day, Instant, Period, Tyiyn } from './plain-shapes.ts';

/** Why a report waits for the head although there was a delegation. */
export const NOT_ON_BEHALF = [
  'delegate_certificate',
  'head_certificate',
  'not_yet_valid',
  'expired',
  'form',
  'period',
  'tax_unknown',
  'tax_ceiling',
  'ended',
  'damaged',
] as const;
export type NotOnBehalf = (typeof NOT_ON_BEHALF)[number];

/** Why a head cannot delegate: the key is on a token, or nobody is there to delegate to. */
export const DELEGATION_OBSTACLES = ['token_key', 'no_accountant'] as const;
export type DelegationObstacle = (typeof DELEGATION_OBSTACLES)[number];

export const DELEGATION_ENDS = [
  'taken_away',
  'replaced',
  'pin_changed',
  'certificate_revoked',
  'certificate_suspended',
  'certificate_renewed',
  'expired',
  'damaged',
] as const;
export type DelegationEnd = (typeof DELEGATION_ENDS)[number];

/** A form of any edition: agency and code, `gns/sti-091`. */
const FormOfAnyEdition = z
  .string()
  .regex(/^[a-z0-9-]+\/[a-z0-9-]+$/)
  .max(60);

/** The bounds of a delegation. */
export const DelegationTerms = z.strictObject({
  forms: z.union([z.literal('all'), z.array(FormOfAnyEdition).min(1).max(200)]),
  /** First and last day of the reporting periods; null sets no bound on that side. */
  periodFrom: Day.nullable(),
  periodTo: Day.nullable(),
  /** Tax due of one report, at most; null sets no bound. */
  taxCeiling: Tyiyn.nullable(),
  /** From this instant on nothing is signed any more. */
  expiresAt: Instant,
});
export type DelegationTerms = z.infer<typeof DelegationTerms>;

/** One report that carries the head's signature by delegation. */
export const DelegationUse = z.object({
  id: z.uuid(),
  usedAt: Instant,
  filing: z.object({ id: z.uuid(), number: z.string(), formId: z.string(), period: Period }),
  delegate: z.string(),
  /** Null when the form does not say what its tax is. */
  taxDue: Tyiyn.nullable(),
});
export type DelegationUse = z.infer<typeof DelegationUse>;

export const DelegationView = z.object({
  /** Null when the head may delegate now. */
  obstacle: z.enum(DELEGATION_OBSTACLES).nullable(),
  head: z.string().nullable(),
  delegate: z.string().nullable(),
  /** The end of the certificate that ends first: no delegation outlives it. */
  latestEnd: Instant.nullable(),
  current: z
    .object({
      id: z.uuid(),
      terms: DelegationTerms,
      grantedAt: Instant,
      uses: z.int(),
      /** Newest first, at most five. */
      lastUses: z.array(DelegationUse),
    })
    .nullable(),
  /** How the last one ended, while there is none. */
  lastEnd: z.object({ at: Instant, why: z.enum(DELEGATION_ENDS) }).nullable(),
});
export type DelegationView = z.infer<typeof DelegationView>;
