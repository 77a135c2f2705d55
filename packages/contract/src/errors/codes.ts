import * as z from 'zod';

const nothing = z.object({});
const problems = z.object({
  problems: z.array(z.object({ path: z.string(), code: z.string() })).max(100),
});

/**
 * Every refusal the server can give: its HTTP status and the data that travels with it. A code is for ever: clients of the
 * API match on it. The words are in `texts.<language>.ts`; a code without words does not compile.
 */
export const ERRORS = {
  'request.invalid': { status: 400, data: problems },
  'request.malformed': { status: 400, data: nothing },
  'request.too_large': { status: 413, data: z.object({ limitBytes: z.number().int() }) },
  'request.unsupported_media_type': { status: 415, data: nothing },
  'request.not_found': { status: 404, data: nothing },
  'request.cross_site': { status: 403, data: nothing },
  'request.rate_limited': { status: 429, data: z.object({ retryAfterSeconds: z.number().int() }) },
  'session.required': { status: 401, data: nothing },
  'session.expired': { status: 401, data: nothing },
  'session.changed': { status: 409, data: nothing },
  'access.forbidden': { status: 403, data: nothing },
  'login.refused': { status: 401, data: z.object({ attemptsLeft: z.number().int() }) },
  'login.paused': { status: 429, data: z.object({ until: z.iso.datetime() }) },
  'login.certificate_expired': { status: 403, data: z.object({ since: z.iso.datetime() }) },
  'form.unknown': { status: 404, data: nothing },
  'filing.not_found': { status: 404, data: nothing },
  'filing.period_invalid': { status: 422, data: z.object({ reason: z.string() }) },
  'filing.not_editable': { status: 409, data: nothing },
  'filing.already_sent': { status: 409, data: nothing },
  'filing.has_errors': { status: 422, data: z.object({ errors: z.number().int() }) },
  'filing.changed_meanwhile': { status: 409, data: nothing },
  'filing.report_changed': { status: 409, data: nothing },
  'filing.signature_not_expected': { status: 409, data: nothing },
  'filing.evidence_not_ready': { status: 409, data: nothing },
  'filing.report_not_ready': { status: 409, data: nothing },
  'draft.changed_elsewhere': { status: 409, data: z.object({ version: z.number().int() }) },
  'draft.invalid_answers': { status: 422, data: problems },
  'credential.unusable': { status: 409, data: z.object({ reason: z.string() }) },
  'pin.wrong': { status: 403, data: z.object({ attemptsLeft: z.number().int() }) },
  'pin.paused': { status: 429, data: z.object({ until: z.iso.datetime() }) },
  'delegation.token_key': { status: 409, data: nothing },
  'delegation.no_accountant': { status: 409, data: nothing },
  'delegation.bad_terms': { status: 422, data: problems },
  'certification.token_required': { status: 401, data: nothing },
  'certification.token_refused': { status: 401, data: nothing },
  'certificate.not_found': { status: 404, data: nothing },
  'certificate.holder_unknown': { status: 404, data: nothing },
  'certificate.documents_required': { status: 422, data: nothing },
  'certificate.wrong_state': { status: 409, data: z.object({ state: z.string() }) },
  'certificate.ended': { status: 409, data: z.object({ since: z.iso.datetime() }) },
  'certificate.in_use': { status: 409, data: nothing },
  'certificate.replaced_already': { status: 409, data: nothing },
  'certificate.exists_already': { status: 409, data: z.object({ serial: z.string() }) },
  'certificate.other_carrier': { status: 409, data: nothing },
  'certificate.changed_meanwhile': { status: 409, data: nothing },
  'certification_request.malformed': { status: 422, data: nothing },
  'certification_request.proof_wrong': { status: 422, data: nothing },
  'certification_request.proof_unsupported': { status: 422, data: nothing },
  'certification_request.key_weak': { status: 422, data: nothing },
  'certification_request.key_unsupported': { status: 422, data: nothing },
  'certification_request.key_foreign': { status: 422, data: nothing },
  'timestamp.unavailable': { status: 503, data: nothing },
  'idempotency.key_reused': { status: 422, data: nothing },
  'server.failed': { status: 500, data: nothing },
  'server.unavailable': { status: 503, data: nothing },
} as const satisfies Record<string, { status: number; data: z.ZodType }>;

export type ErrorCode = keyof typeof ERRORS;
export type ErrorData<C extends ErrorCode> = z.infer<(typeof ERRORS)[C]['data']>;

/** RFC 9457 problem details as every refusal travels. `code` is stable; `title` and `detail` follow Accept-Language. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  code: z.string(),
  data: z.record(z.string(), z.unknown()),
  requestId: z.string(),
});
export type Problem = z.infer<typeof Problem>;
