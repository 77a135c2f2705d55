type Branded<Name extends string> = string & { readonly __id: Name };

export type CompanyId = Branded<'company'>;
export type OfficerId = Branded<'officer'>;
export type CredentialId = Branded<'credential'>;
export type SessionId = Branded<'session'>;
export type FilingId = Branded<'filing'>;

/** The two people who sign for a company. */
export const OFFICER_ROLES = ['head', 'accountant'] as const;
export type OfficerRole = (typeof OFFICER_ROLES)[number];
