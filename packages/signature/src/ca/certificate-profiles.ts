/** What each kind of certificate may do: the only place where that is said. */
import { KEY_USAGE } from '../certificate/extensions.ts';
import { OID } from '../oids.ts';

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
export type CertificateProfile = (typeof CERTIFICATE_PROFILES)[number];

export interface ProfileRules {
  readonly isAuthority: boolean;
  /** How many CA certificates may stand below; undefined when not limited. */
  readonly pathLength?: number;
  /** Bits of `KEY_USAGE`. */
  readonly keyUsage: number;
  /** The only purpose of the key; critical where RFC 3161 §2.3 asks for it. */
  readonly extendedKeyUsage?: { readonly purpose: string; readonly isCritical: boolean };
  /** The holder of this one is not asked about for revocation (RFC 6960 §4.2.2.2.1): its life is short instead. */
  readonly isUnchecked?: true;
  /** True when the profile's name stands in the subject's `title`. */
  readonly isTitled: boolean;
}

const AUTHORITY = {
  isAuthority: true,
  keyUsage: KEY_USAGE.keyCertSign | KEY_USAGE.cRLSign,
  isTitled: false,
} as const;

const SIGNER = {
  isAuthority: false,
  keyUsage: KEY_USAGE.digitalSignature | KEY_USAGE.nonRepudiation,
  isTitled: true,
} as const;

export const PROFILE_RULES: Readonly<Record<CertificateProfile, ProfileRules>> = {
  root: AUTHORITY,
  issuing: { ...AUTHORITY, pathLength: 0 },
  head: SIGNER,
  accountant: SIGNER,
  complex: SIGNER,
  operator: SIGNER,
  agency: SIGNER,
  timestamp: {
    ...SIGNER,
    isTitled: false,
    extendedKeyUsage: { purpose: OID.timeStamping, isCritical: true },
  },
  ocsp: {
    isAuthority: false,
    keyUsage: KEY_USAGE.digitalSignature,
    extendedKeyUsage: { purpose: OID.ocspSigning, isCritical: false },
    isUnchecked: true,
    isTitled: false,
  },
};
