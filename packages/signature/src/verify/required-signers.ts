import type { SignerRole } from '../certificate/subject.ts';
import type { Reason } from './check-names.ts';
import { checkOf, type Check, type SignerReport } from './verification-report.ts';

/** Who must have signed: exactly these roles, one signer each, and all of this company when an ИНН is given. */
export interface RequiredSigners {
  readonly roles: readonly SignerRole[];
  readonly companyInn?: string;
}

const rolesProblem = (
  required: readonly SignerRole[],
  found: readonly (SignerRole | undefined)[],
): Reason | null => {
  if (found.some((role, index) => role !== undefined && found.indexOf(role) !== index)) return 'role_twice';
  const isSwapped =
    found.length === required.length && found.some((role) => role && !required.includes(role));
  if (required.some((role) => !found.includes(role))) return isSwapped ? 'role_of_another' : 'role_missing';
  return found.length > required.length ? 'role_unexpected' : null;
};

/** Compares the signers with those required, by what their certificates say; a certificate that is missing leaves it open. */
export const requiredSignersChecks = (
  required: RequiredSigners,
  signers: readonly SignerReport[],
): Check[] => {
  const subjects = signers.map(({ certificate }) => certificate?.subject);
  const problem = rolesProblem(
    required.roles,
    subjects.map((subject) => subject?.role),
  );
  const isOpen = problem === 'role_missing' && subjects.includes(undefined);
  const roles = checkOf('roles', problem, { isOpen });
  if (required.companyInn === undefined) return [roles];
  const companies = subjects.map((subject, signer) =>
    checkOf('company_inn', subject?.companyInn === required.companyInn ? null : 'other_company', {
      signer,
      isOpen: subject === undefined,
    }),
  );
  return [roles, ...companies];
};
