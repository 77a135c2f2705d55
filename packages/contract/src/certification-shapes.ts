import * as z from 'zod';
import { Day, Instant, OfficerRole, Sha256 } from './plain-shapes.ts';

/** What a certificate is issued for. */
export const CERTIFICATE_PROFILES = [
  'root',
  'issuing',
  'head',
  'accountant',
  'complex',
  'operator',
  'timestamp',
  'ocsp',
  'agency',
] as const;
export const CERTIFICATE_STATES = ['active', 'suspended', 'revoked'] as const;
export const CERTIFICATION_ACTS = ['issue', 'renew', 'suspend', 'resume', 'revoke'] as const;
/** Reasons of RFC 5280 §5.3.1 that a person may give; `certificateHold` is said by suspending. */
export const REVOCATION_REASONS = [
  'unspecified',
  'keyCompromise',
  'affiliationChanged',
  'superseded',
  'cessationOfOperation',
  'privilegeWithdrawn',
] as const;
/** Papers an act of the certification centre rests on. */
export const DOCUMENT_KINDS = [
  'application',
  'passport_copy',
  'appointment_order',
  'power_of_attorney',
  'company_letter',
  'registration_certificate',
  'court_order',
  'internal_memo',
] as const;

/** One paper: what it is, its number and its day. */
export const BasisDocument = z.strictObject({
  kind: z.enum(DOCUMENT_KINDS),
  number: z.string().trim().min(1).max(100),
  date: Day,
});
export type BasisDocument = z.infer<typeof BasisDocument>;
export const BasisDocuments = z.array(BasisDocument).max(20);

export const CertificateSubject = z.object({
  commonName: z.string(),
  organizationName: z.string().optional(),
  companyInn: z.string().optional(),
  personalInn: z.string().optional(),
});
export type CertificateSubject = z.infer<typeof CertificateSubject>;

export const IssuedCertificate = z.object({
  id: z.uuid(),
  /** Hexadecimal, as the certificate carries it. */
  serial: z.string(),
  profile: z.enum(CERTIFICATE_PROFILES),
  subject: CertificateSubject,
  sha256: Sha256,
  validFrom: Instant,
  validTo: Instant,
  state: z.enum(CERTIFICATE_STATES),
  /** Why it is suspended or revoked, in the words of RFC 5280, and since when. */
  stateReason: z.string().nullable(),
  stateSince: Instant.nullable(),
  /** The certificate it replaced, when it was renewed. */
  replaces: z.uuid().nullable(),
});
export type IssuedCertificate = z.infer<typeof IssuedCertificate>;

export const CertificationAct = z.object({
  at: Instant,
  act: z.enum(CERTIFICATION_ACTS),
  /** Null: the centre's own program. */
  officer: z.string().nullable(),
  reason: z.string().nullable(),
  documents: BasisDocuments,
});
export type CertificationAct = z.infer<typeof CertificationAct>;

export const IssuedCertificateDetail = IssuedCertificate.extend({
  /** The certificate and those between it and the root, PEM. */
  pem: z.string(),
  acts: z.array(CertificationAct),
});
export type IssuedCertificateDetail = z.infer<typeof IssuedCertificateDetail>;

/** What stands in a certificate's name: trimmed, and with no line break or other control character anywhere. */
const nameOf = (min: number) =>
  z
    .string()
    .trim()
    .min(min)
    .max(200)
    .regex(/^\P{Cc}*$/u);

const CompanyInn = z.string().regex(/^\d{14}$/);

/** Whom a certificate is for: an officer of a company, a person who signs for several companies, or an agency. */
export const CertificateHolder = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('officer'), inn: CompanyInn, role: OfficerRole }),
  z.strictObject({
    kind: z.literal('complex'),
    fullName: nameOf(3),
    personalInn: CompanyInn,
  }),
  z.strictObject({
    kind: z.literal('agency'),
    name: nameOf(2),
    organization: nameOf(2),
  }),
]);
export type CertificateHolder = z.infer<typeof CertificateHolder>;

/** PKCS#10 in PEM, or in base64 of its DER. */
export const CertificationRequestText = z.string().min(1).max(100_000);
export const RevocationReason = z.enum(REVOCATION_REASONS);
export type RevocationReason = z.infer<typeof RevocationReason>;
