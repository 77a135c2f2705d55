import { OFFICER_ROLES } from '@sochi/kernel';
import * as z from 'zod';
import { endpoint } from '../endpoint.ts';
import { Instant, Period, Sha256 } from '../plain-shapes.ts';
import { Answers, CheckedFiling, Filing, FilingDetail, FormStatus } from '../shapes.ts';

/** As the database counts: beyond it no draft ever gets. */
const DraftVersion = z.int().min(1).max(2_147_483_646);
const byId = z.object({ id: z.uuid() });
const FormId = z
  .string()
  .regex(/^[a-z0-9-]+\/[a-z0-9-]+\/[a-z0-9-]+$/)
  .max(80);

export const filingEndpoints = {
  listForms: endpoint({
    id: 'listForms',
    method: 'GET',
    path: '/api/v1/forms',
    summary: 'Forms that can be filed, each with its last submission, next due date and open draft',
    access: OFFICER_ROLES,
    reply: { json: z.object({ forms: z.array(FormStatus) }) },
    status: 200,
    errors: [],
  }),
  createFiling: endpoint({
    id: 'createFiling',
    method: 'POST',
    path: '/api/v1/filings',
    summary: 'Start a draft for a form and period',
    access: OFFICER_ROLES,
    body: z.strictObject({ formId: FormId, period: Period, kind: z.enum(['initial']) }),
    reply: { json: FilingDetail },
    status: 201,
    idempotent: true,
    errors: ['form.unknown', 'filing.period_invalid', 'idempotency.key_reused'],
  }),
  listFilings: endpoint({
    id: 'listFilings',
    method: 'GET',
    path: '/api/v1/filings',
    summary: 'The archive (or drafts, or reports waiting for my signature), newest first, in pages',
    access: OFFICER_ROLES,
    query: z.object({
      list: z.enum(['archive', 'drafts', 'to_sign']).default('archive'),
      limit: z.coerce.number().int().min(1).max(100).default(50),
      before: z.uuid().optional(),
    }),
    reply: { json: z.object({ filings: z.array(Filing), next: z.string().nullable(), toSign: z.int() }) },
    status: 200,
    errors: [],
  }),
  getFiling: endpoint({
    id: 'getFiling',
    method: 'GET',
    path: '/api/v1/filings/{id}',
    summary: 'One filing with its answers and history',
    access: OFFICER_ROLES,
    params: byId,
    reply: { json: FilingDetail },
    status: 200,
    errors: ['filing.not_found'],
  }),
  saveDraft: endpoint({
    id: 'saveDraft',
    method: 'PUT',
    path: '/api/v1/filings/{id}/draft',
    summary: 'Save the answers as typed; refused when another window saved in between',
    access: OFFICER_ROLES,
    params: byId,
    body: z.strictObject({ version: DraftVersion, answers: Answers }),
    reply: { json: z.object({ version: z.int(), savedAt: Instant }) },
    status: 200,
    errors: ['filing.not_found', 'filing.not_editable', 'draft.changed_elsewhere', 'draft.invalid_answers'],
  }),
  checkFiling: endpoint({
    id: 'checkFiling',
    method: 'POST',
    path: '/api/v1/filings/{id}/check',
    summary:
      'Calculate a filing and check it as sending would, and tell whether the head would be signed for by delegation',
    access: OFFICER_ROLES,
    params: byId,
    reply: { json: CheckedFiling },
    status: 200,
    errors: ['filing.not_found'],
  }),
  discardDraft: endpoint({
    id: 'discardDraft',
    method: 'DELETE',
    path: '/api/v1/filings/{id}',
    summary: 'Throw a draft away',
    access: OFFICER_ROLES,
    params: byId,
    reply: { nothing: true },
    status: 204,
    errors: ['filing.not_found', 'filing.not_editable'],
  }),
  sendFiling: endpoint({
    id: 'sendFiling',
    method: 'POST',
    path: '/api/v1/filings/{id}/send',
    summary:
      'Fix the report bytes of a draft without errors and sign them, for the head too where a delegation reaches',
    access: OFFICER_ROLES,
    params: byId,
    body: z.strictObject({ version: DraftVersion }),
    reply: { json: Filing },
    status: 200,
    idempotent: true,
    errors: [
      'filing.not_found',
      'filing.already_sent',
      'filing.has_errors',
      'draft.changed_elsewhere',
      'credential.unusable',
      'idempotency.key_reused',
    ],
  }),
  signFiling: endpoint({
    id: 'signFiling',
    method: 'POST',
    path: '/api/v1/filings/{id}/sign',
    summary: 'Add my signature to exactly the bytes that were shown (named by their hash)',
    access: OFFICER_ROLES,
    params: byId,
    body: z.strictObject({ reportSha256: Sha256 }),
    reply: { json: Filing },
    status: 200,
    idempotent: true,
    errors: [
      'filing.not_found',
      'filing.signature_not_expected',
      'filing.report_changed',
      'filing.changed_meanwhile',
      'credential.unusable',
      'idempotency.key_reused',
    ],
  }),
  getReport: endpoint({
    id: 'getReport',
    method: 'GET',
    path: '/api/v1/filings/{id}/report.xml',
    summary: 'The exact bytes that are signed and delivered',
    access: OFFICER_ROLES,
    params: byId,
    reply: { media: 'application/xml' },
    status: 200,
    errors: ['filing.not_found', 'filing.report_not_ready'],
  }),
  getEvidence: endpoint({
    id: 'getEvidence',
    method: 'GET',
    path: '/api/v1/filings/{id}/evidence.zip',
    summary: 'Everything a stranger needs to verify the filing offline',
    access: OFFICER_ROLES,
    params: byId,
    reply: { media: 'application/zip' },
    status: 200,
    errors: ['filing.not_found', 'filing.evidence_not_ready'],
  }),
} as const;
