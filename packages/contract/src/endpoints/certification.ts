import * as z from 'zod';
import {
  BasisDocuments,
  CERTIFICATE_PROFILES,
  CERTIFICATE_STATES,
  CertificateHolder,
  CertificationRequestText,
  IssuedCertificate,
  IssuedCertificateDetail,
  RevocationReason,
} from '../certification-shapes.ts';
import { endpoint } from '../endpoint.ts';

const CERTIFICATES = '/api/v1/certification/certificates';
const byId = z.object({ id: z.uuid() });

const REQUEST_REFUSALS = [
  'certification_request.malformed',
  'certification_request.proof_wrong',
  'certification_request.proof_unsupported',
  'certification_request.key_weak',
  'certification_request.key_unsupported',
  'certification_request.key_foreign',
] as const;
const CHANGE_REFUSALS = [
  'certificate.not_found',
  'certificate.wrong_state',
  'certificate.ended',
  'certificate.in_use',
  'certificate.changed_meanwhile',
  'certificate.documents_required',
] as const;

/** For officers of the certification centre: their access token instead of a session. */
const change = {
  method: 'POST',
  access: 'certification',
  params: byId,
  idempotent: true,
  status: 200,
} as const;

export const certificationEndpoints = {
  listCertificates: endpoint({
    id: 'listCertificates',
    method: 'GET',
    path: CERTIFICATES,
    summary: 'Certificates that the certification centre issued, newest first',
    access: 'certification',
    query: z.strictObject({
      inn: z.string().max(14).optional(),
      serial: z.string().max(40).optional(),
      profile: z.enum(CERTIFICATE_PROFILES).optional(),
      state: z.enum(CERTIFICATE_STATES).optional(),
      before: z.uuid().optional(),
    }),
    reply: { json: z.object({ certificates: z.array(IssuedCertificate), next: z.uuid().nullable() }) },
    status: 200,
    errors: [],
  }),
  getCertificate: endpoint({
    id: 'getCertificate',
    method: 'GET',
    path: `${CERTIFICATES}/{id}`,
    summary: 'One certificate, its chain, and every act on it with the documents it rested on',
    access: 'certification',
    params: byId,
    reply: { json: IssuedCertificateDetail },
    status: 200,
    errors: ['certificate.not_found'],
  }),
  issueCertificate: endpoint({
    id: 'issueCertificate',
    method: 'POST',
    path: CERTIFICATES,
    summary: 'Issue a certificate for the key of a certification request (PKCS#10)',
    access: 'certification',
    body: z.strictObject({
      holder: CertificateHolder,
      request: CertificationRequestText,
      documents: BasisDocuments,
    }),
    reply: { json: IssuedCertificateDetail },
    status: 201,
    idempotent: true,
    errors: [
      ...REQUEST_REFUSALS,
      'certificate.holder_unknown',
      'certificate.documents_required',
      'idempotency.key_reused',
    ],
  }),
  renewCertificate: endpoint({
    ...change,
    id: 'renewCertificate',
    path: `${CERTIFICATES}/{id}/renew`,
    summary:
      'Issue a successor for 12 months: for the same key, or for the key of a request; the old one stays valid until its end',
    body: z.strictObject({ request: CertificationRequestText.optional(), documents: BasisDocuments }),
    reply: { json: IssuedCertificateDetail },
    errors: [
      ...REQUEST_REFUSALS,
      ...CHANGE_REFUSALS,
      'certificate.replaced_already',
      'certificate.other_carrier',
      'idempotency.key_reused',
    ],
  }),
  suspendCertificate: endpoint({
    ...change,
    id: 'suspendCertificate',
    path: `${CERTIFICATES}/{id}/suspend`,
    summary: 'Suspend a certificate at once; its holder is logged out and cannot sign',
    body: z.strictObject({ documents: BasisDocuments }),
    reply: { json: IssuedCertificateDetail },
    errors: [...CHANGE_REFUSALS, 'idempotency.key_reused'],
  }),
  resumeCertificate: endpoint({
    ...change,
    id: 'resumeCertificate',
    path: `${CERTIFICATES}/{id}/resume`,
    summary: 'End the suspension of a certificate',
    body: z.strictObject({ documents: BasisDocuments }),
    reply: { json: IssuedCertificateDetail },
    errors: [...CHANGE_REFUSALS, 'idempotency.key_reused'],
  }),
  revokeCertificate: endpoint({
    ...change,
    id: 'revokeCertificate',
    path: `${CERTIFICATES}/{id}/revoke`,
    summary: 'Revoke a certificate for ever, with a reason of RFC 5280',
    body: z.strictObject({ reason: RevocationReason, documents: BasisDocuments }),
    reply: { json: IssuedCertificateDetail },
    errors: [...CHANGE_REFUSALS, 'idempotency.key_reused'],
  }),
} as const;
