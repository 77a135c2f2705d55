import type { NotOnBehalf } from '@sochi/contract';
import { revocationEvidence, type RevocationFile } from '#modules/certification/index.ts';
import {
  borrowHeadKey,
  reportDamage,
  type BorrowedKey,
  type ReportInQuestion,
} from '#modules/delegations/index.ts';
import type { ActiveSession } from '#modules/sessions/index.ts';
import type { AppContext } from '../../context.ts';
import { KeystoreError, KeystoreUnavailable } from '../../keys/keystore.ts';
import { signAs, type OfficerSignature, type ReportToSign } from './sign-report.ts';

export type SigningOnBehalf = Pick<
  AppContext,
  | 'db'
  | 'clock'
  | 'keystore'
  | 'operator'
  | 'metrics'
  | 'log'
  | 'timestamps'
  | 'responder'
  | 'revocationLists'
>;

/** The head's signature as the accountant had it made, beside the accountant's own. */
export type HeadSignature = OfficerSignature & {
  key: BorrowedKey;
  taxDue: number | null;
  /** That the head's certificate, which signed the delegation, is not revoked now. */
  revocation: readonly RevocationFile[];
};

/**
 * Makes the head's signature beside the accountant's where a delegation reaches this report; else says why not, and undefined when
 * there is none. A key that does not open under its record ends the delegation: the record was tampered with.
 */
export const signOnBehalf = async (
  ctx: SigningOnBehalf,
  session: ActiveSession,
  report: ReportToSign & { question: ReportInQuestion },
): Promise<{ ok: true; signature: HeadSignature } | { ok: false; why: NotOnBehalf } | undefined> => {
  const { question } = report;
  const borrowed = await borrowHeadKey(ctx, session, question);
  if (!borrowed?.ok) return borrowed;
  const { key } = borrowed;
  try {
    const [signature, revocation] = await Promise.all([
      signAs(ctx, key, report),
      revocationEvidence(ctx, [key.certificate]),
    ]);
    return { ok: true, signature: { ...signature, key, taxDue: question.taxDue, revocation } };
  } catch (error) {
    if (!(error instanceof KeystoreError) || error instanceof KeystoreUnavailable) throw error;
    await reportDamage(ctx, key.delegation.id);
    return { ok: false, why: 'damaged' };
  }
};
