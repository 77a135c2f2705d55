import type { ErrorCode } from './codes.ts';

/** English words of every refusal; the shape is that of the Russian ones. */
export const errorTextsEn: Record<ErrorCode, { title: string; detail: string }> = {
  'request.invalid': {
    title: 'The request is not filled in correctly',
    detail: 'Check the marked fields and try again.',
  },
  'request.malformed': {
    title: 'The request cannot be read',
    detail: 'Its body is damaged. Reload the page and try again.',
  },
  'request.too_large': {
    title: 'The request is too large',
    detail: 'It must not exceed {limitBytes} bytes.',
  },
  'request.unsupported_media_type': {
    title: 'This kind of data is not accepted',
    detail: 'Send the data as JSON.',
  },
  'request.not_found': { title: 'Page not found', detail: 'Check the address or go back to the start.' },
  'request.cross_site': {
    title: 'A request from another site was refused',
    detail: 'Open SOchI in this window and try again.',
  },
  'request.rate_limited': { title: 'Too many requests', detail: 'Try again in {retryAfterSeconds} s.' },
  'session.required': { title: 'Please log in', detail: 'Log in with your signature to go on.' },
  'session.expired': {
    title: 'The session has ended',
    detail: 'You were away for a while. Enter the PIN again: what you typed is safe.',
  },
  'session.changed': {
    title: 'Another officer has logged in in this browser',
    detail: 'Nothing was done. Reload the page to go on in their name, or log in yourself.',
  },
  'access.forbidden': {
    title: 'Not allowed',
    detail: 'This action belongs to the other role in your company.',
  },
  'login.refused': {
    title: 'The login details are wrong',
    detail: 'The INN, the role or the PIN does not match. Attempts left today: {attemptsLeft}.',
  },
  'login.paused': {
    title: 'Login is paused',
    detail: 'Too many wrong attempts. Try again after 00:00 Bishkek time.',
  },
  'login.certificate_expired': {
    title: 'Your signature was not identified',
    detail: 'The term of the signature has ended. Please re-register.',
  },
  'form.unknown': { title: 'There is no such form', detail: 'Choose a form in «Reporting».' },
  'filing.not_found': { title: 'Report not found', detail: 'It is not among the reports of your company.' },
  'filing.period_invalid': {
    title: 'Wrong reporting period',
    detail: 'Choose a period this form is filed for.',
  },
  'filing.not_editable': {
    title: 'The report can no longer be changed',
    detail: 'It has been sent for signing or to the agency.',
  },
  'filing.already_sent': {
    title: 'The report has been sent already',
    detail: 'No need to send it twice. Its state is in the archive.',
  },
  'filing.has_errors': {
    title: 'The report has errors',
    detail: 'Correct the errors and send it again. Errors: {errors}.',
  },
  'filing.changed_meanwhile': {
    title: 'The report has changed',
    detail: 'Its state changed while you worked. Reload the page.',
  },
  'filing.report_changed': {
    title: 'The report changed after it was shown',
    detail: 'You are about to sign something else than was shown. Open the report again.',
  },
  'filing.signature_not_expected': {
    title: 'Your signature is not expected',
    detail: 'The report waits for the other signature or is signed already.',
  },
  'filing.evidence_not_ready': {
    title: 'The evidence is not ready yet',
    detail: 'It appears when everyone has signed and the report is postmarked.',
  },
  'filing.report_not_ready': {
    title: 'There is no report file yet',
    detail: 'It appears when the draft is sent.',
  },
  'draft.changed_elsewhere': {
    title: 'The draft was changed in another window',
    detail: 'Your text on this screen is not lost. Choose which version to keep.',
  },
  'draft.invalid_answers': {
    title: 'The draft was not saved',
    detail: 'It has unknown fields or values that are too long.',
  },
  'credential.unusable': {
    title: 'This signature cannot be used',
    detail: 'It is not valid. Log in again or re-register.',
  },
  'pin.wrong': {
    title: 'Wrong PIN',
    detail: 'Nothing was done. Attempts left today: {attemptsLeft}, shared with the login.',
  },
  'pin.paused': {
    title: 'The PIN is not accepted any more',
    detail: 'Too many wrong attempts. Try again after 00:00 Bishkek time.',
  },
  'delegation.token_key': {
    title: 'A signature on a token cannot be delegated',
    detail:
      "The head's key is on a token and never leaves it. Only a signature kept in the cloud can be delegated.",
  },
  'delegation.no_accountant': {
    title: 'There is nobody to delegate to',
    detail: 'The company has no accountant with a valid signature.',
  },
  'delegation.bad_terms': {
    title: 'These terms are not possible',
    detail: 'Check the forms, the periods, the ceiling and the end.',
  },
  'certification.token_required': {
    title: 'An access token is needed',
    detail: 'This address is for officers of the certification centre only.',
  },
  'certification.token_refused': {
    title: 'The access token is not accepted',
    detail: 'Check it, or get a new one from the administrator of the certification centre.',
  },
  'certificate.not_found': {
    title: 'No such certificate',
    detail: 'Check the number of the certificate.',
  },
  'certificate.holder_unknown': {
    title: 'No such holder',
    detail: 'There is no company with this INN, or no such officer in it.',
  },
  'certificate.documents_required': {
    title: 'Documents are needed',
    detail: 'Name at least one document that this act rests on.',
  },
  'certificate.wrong_state': {
    title: 'This certificate cannot be changed this way',
    detail: 'The certificate is now: {state}.',
  },
  'certificate.ended': {
    title: 'The term of the certificate is over',
    detail: 'It ended at {since}. Issue a new one.',
  },
  'certificate.in_use': {
    title: 'The system itself works with this certificate',
    detail: 'Replace it by a new one first, then revoke it.',
  },
  'certificate.replaced_already': {
    title: 'The certificate was replaced already',
    detail: 'Renew the one that replaced it.',
  },
  'certificate.exists_already': {
    title: 'There is a valid signature already',
    detail: 'Renew or revoke certificate {serial}.',
  },
  'certificate.other_carrier': {
    title: 'The key of this signature is kept elsewhere',
    detail: 'It is renewed on the same carrier; for another one issue a new signature.',
  },
  'certificate.changed_meanwhile': {
    title: 'The certificate has changed',
    detail: 'Another officer changed it meanwhile. Open it again.',
  },
  'certification_request.malformed': {
    title: 'The certification request cannot be read',
    detail: 'A PKCS#10 request in PEM or base64 is needed.',
  },
  'certification_request.proof_wrong': {
    title: 'The request is signed by another key',
    detail: 'It must be signed by the very key that the certificate is asked for.',
  },
  'certification_request.proof_unsupported': {
    title: 'The request is signed by an algorithm that is not accepted',
    detail: 'Make it with SHA-256, SHA-384 or SHA-512.',
  },
  'certification_request.key_weak': {
    title: 'The key is too weak',
    detail: 'RSA of at least 2048 bits, or ECDSA P-256 or P-384 is needed.',
  },
  'certification_request.key_unsupported': {
    title: 'This kind of key is not accepted',
    detail: 'RSA of at least 2048 bits, or ECDSA P-256 or P-384 is needed.',
  },
  'certification_request.key_foreign': {
    title: 'The key belongs to another holder',
    detail: 'A certificate was issued for this key already. Make a new key.',
  },
  'timestamp.unavailable': {
    title: 'The time services do not answer',
    detail:
      'Nothing was signed and the report was not sent, but all you entered is saved. Try again in a minute; the operator has been told.',
  },
  'idempotency.key_reused': {
    title: 'A repeat with other content',
    detail: 'The idempotency key was used for another action.',
  },
  'server.failed': {
    title: 'Something failed on our side',
    detail: 'We have recorded it. Try again; if it persists, tell support the request number.',
  },
  'server.unavailable': {
    title: 'The system is briefly unavailable',
    detail: 'What you typed is not lost. We will retry by ourselves.',
  },
};
