import type { BasisDocument, Endpoints } from '@sochi/contract';
import type { Handlers } from '../../http/handler.ts';
import type { ActingOfficer } from './acting-officer.ts';
import type { CentreContext } from './centre-context.ts';
import { resume, revoke, suspend } from './commands/change-state.ts';
import { issueFromRequest } from './commands/issue-from-request.ts';
import { renew } from './commands/renew.ts';
import { readCertificateDetail, readCertificates } from './read-certificates.ts';
import type { Basis } from './record-certificate.ts';

const basisOf = (call: {
  centreOfficer: ActingOfficer;
  idempotencyKey: string;
  body: { documents: readonly BasisDocument[] };
}): Basis => ({
  officer: call.centreOfficer,
  documents: call.body.documents,
  idempotencyKey: call.idempotencyKey,
});

export const certificationHandlers = (
  ctx: CentreContext,
): Pick<
  Handlers<Endpoints>,
  | 'listCertificates'
  | 'getCertificate'
  | 'issueCertificate'
  | 'renewCertificate'
  | 'suspendCertificate'
  | 'resumeCertificate'
  | 'revokeCertificate'
> => {
  const detail = (id: string) => readCertificateDetail(ctx, id);
  return {
    listCertificates: ({ query }) => readCertificates(ctx, query),
    getCertificate: ({ params }) => detail(params.id),
    issueCertificate: async (call) => detail(await issueFromRequest(ctx, basisOf(call), call.body)),
    renewCertificate: async (call) => {
      const { request } = call.body;
      const key = request === undefined ? 'same' : { request };
      return detail(await renew(ctx, basisOf(call), { id: call.params.id, key }));
    },
    suspendCertificate: async (call) => detail(await suspend(ctx, basisOf(call), call.params.id)),
    resumeCertificate: async (call) => detail(await resume(ctx, basisOf(call), call.params.id)),
    revokeCertificate: async (call) => {
      const { reason } = call.body;
      return detail(await revoke(ctx, basisOf(call), { id: call.params.id, reason }));
    },
  };
};
