export type { ActingOfficer } from './acting-officer.ts';
export { authenticateOfficer, findOfficer, findOfficerNamed } from './authenticate-officer.ts';
export type { Authority } from './authority.ts';
export type { CentreContext } from './centre-context.ts';
export { adoptAuthority, NotItsKey } from './commands/adopt-authority.ts';
export { resume, revoke, suspend } from './commands/change-state.ts';
export { CentreKeyElsewhere, installCentre } from './commands/install-centre.ts';
export { issueForCredential } from './commands/issue-for-credential.ts';
export { issueFromRequest } from './commands/issue-from-request.ts';
export { addOfficer, removeOfficer } from './commands/manage-officers.ts';
export { renew, type RenewedKey } from './commands/renew.ts';
export {
  RENEWABLE_SERVICES,
  renewServiceCertificate,
  type RenewableService,
} from './commands/renew-service-certificate.ts';
export { createCurrentLists, type CurrentLists } from './current-lists.ts';
export { registerPki } from './pki-routes.ts';
export { prepareCredential, recordCredential } from './prepare-credential.ts';
export { publishRevocationLists } from './publish-revocation-lists.ts';
export { readCertificateDetail, readCertificates } from './read-certificates.ts';
export type { Basis } from './record-certificate.ts';
export { createResponder, type Responder } from './responder.ts';
export { certificationHandlers } from './routes.ts';
export { revocationEvidence, type RevocationFile } from './revocation-evidence.ts';
export { tendCertification } from './tend-certification.ts';
