import type { BasisDocument, CERTIFICATION_ACTS } from '@sochi/contract';
import { AppError } from '../../app-error.ts';

export type CertificationActKind = (typeof CERTIFICATION_ACTS)[number];

/**
 * Acts that rest on papers (issuing and adding an accountant, re-registration, unlocking: the office's procedures), and
 * revocation, which nothing brings back. A suspension is the quick brake: a telephone call is enough.
 */
const RESTS_ON_DOCUMENTS: Readonly<Record<CertificationActKind, boolean>> = {
  issue: true,
  renew: true,
  suspend: false,
  resume: true,
  revoke: true,
};

/** Refuses with `certificate.documents_required` an act that needs papers and has none. */
export const checkDocuments = (act: CertificationActKind, documents: readonly BasisDocument[]): void => {
  if (RESTS_ON_DOCUMENTS[act] && documents.length === 0)
    throw new AppError('certificate.documents_required', {});
};
