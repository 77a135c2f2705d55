import type { DelegationTerms } from '@sochi/contract';
import { formMetas } from '@sochi/forms';
import {
  delegatedFormOf,
  parseDelegation,
  readCertificate,
  serialiseDelegation,
  type Delegation,
} from '@sochi/signature';
import { createHash, randomBytes, randomUUIDv7 } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { recordAudit } from '#modules/audit/index.ts';
import { checkPin, type ActiveSession } from '#modules/sessions/index.ts';
import { AppError } from '../../../app-error.ts';
import type { AppContext } from '../../../context.ts';
import { inTransaction, type Tx } from '../../../db/database.ts';
import type { SealedKey } from '../../../keys/keystore.ts';
import { signDocument } from '../../../keys/sign-document.ts';
import { recordBounds, termsOf, termsProblems } from '../delegation-terms.ts';
import { auditEnded } from '../end-delegations.ts';
import {
  findGranted,
  holdSigners,
  insertDelegation,
  listSigners,
  markEnded,
  type Signer,
} from '../queries.ts';

type Context = Pick<AppContext, 'db' | 'clock' | 'config' | 'keystore' | 'operator' | 'timestamps'>;
type Grant = { terms: DelegationTerms; pin: string; key: string };
type Signers = { head: Signer & { sealed_key: Buffer }; accountant: Signer };

const KNOWN_FORMS: ReadonlySet<string> = new Set(formMetas.map(({ id }) => delegatedFormOf(id)));

/** No delegation outlives the certificate of either officer. */
export const latestEnd = (head: Signer, accountant: Signer): Temporal.Instant =>
  Temporal.Instant.compare(head.valid_to, accountant.valid_to) < 0 ? head.valid_to : accountant.valid_to;

const findSigners = async (ctx: Context, session: ActiveSession): Promise<Signers> => {
  const { head, accountant } = await listSigners(ctx.db, session.companyId, ctx.clock.now());
  if (head?.credential_id !== session.credentialId)
    throw new AppError('credential.unusable', { reason: 'not_active' });
  if (head.carrier !== 'cloud' || !head.sealed_key) throw new AppError('delegation.token_key', {});
  if (!accountant) throw new AppError('delegation.no_accountant', {});
  return { head: { ...head, sealed_key: head.sealed_key }, accountant };
};

/** Whether this key granted these very terms before. */
const isRepeat = async (ctx: Context, session: ActiveSession, { key, terms }: Grant): Promise<boolean> => {
  const earlier = await findGranted(ctx.db, session.companyId, key);
  if (!earlier) return false;
  const record = parseDelegation(earlier.record);
  const isSame = record.ok && isDeepStrictEqual(termsOf(record.value), termsOf(recordBounds(terms)));
  if (!isSame) throw new AppError('idempotency.key_reused', {});
  return true;
};

const makeRecord = (
  { head, accountant }: Signers,
  terms: DelegationTerms,
  validFrom: Temporal.Instant,
): Delegation => ({
  version: 1,
  delegationId: randomUUIDv7(),
  companyInn: head.inn,
  headCertificateSha256: readCertificate(head.certificate).sha256,
  headCredentialId: head.credential_id,
  delegateOfficerId: accountant.officer_id,
  delegateFullName: accountant.full_name,
  delegateCertificateSha256: readCertificate(accountant.certificate).sha256,
  validFrom,
  nonce: randomBytes(16).toString('hex'),
  ...recordBounds(terms),
});

/** Seals the head's key to the record and signs the record with it; refuses with `pin.wrong` or `pin.paused`. */
const sealAndSign = async (
  ctx: Context,
  session: ActiveSession,
  { head }: Signers,
  input: { pin: string; bytes: Uint8Array; at: Temporal.Instant },
) => {
  const { pin, bytes } = input;
  // Only the keystore wrote this column.
  const key = head.sealed_key as Uint8Array as SealedKey;
  const credentialId = head.credential_id;
  const { sealed } = await checkPin(ctx, session, {
    inn: head.inn,
    purpose: 'delegation',
    use: () => ctx.keystore.sealDelegation({ key, pin, credentialId, record: bytes }),
  });
  const signature = await signDocument(
    ctx,
    { kind: 'pin', key, pin, credentialId },
    {
      contentSha256: createHash('sha256').update(bytes).digest(),
      certificate: readCertificate(head.certificate),
      chain: [ctx.operator.issuing],
      signingTime: input.at,
    },
  );
  return { sealed, signature };
};

const auditGrant = (tx: Tx, session: ActiveSession, record: Delegation) =>
  recordAudit(tx, {
    chain: session.companyId,
    act: 'delegation.granted',
    actor: { kind: 'officer', id: session.officerId, name: session.fullName },
    from: session.origin,
    subject: { kind: 'delegation', id: record.delegationId },
    data: {
      delegateOfficerId: record.delegateOfficerId,
      forms: record.forms,
      periodFrom: record.periodFrom,
      periodTo: record.periodTo,
      taxCeiling: record.taxCeiling,
      expiresAt: record.expiresAt.toString(),
    },
    at: record.validFrom,
  });

/**
 * The head lets the accountant sign for the head within these terms: the head's key, opened by the PIN, signs the record of them
 * and is sealed to exactly that record. Takes the place of an earlier delegation. The same key grants once.
 */
export const grantDelegation = async (ctx: Context, session: ActiveSession, grant: Grant): Promise<void> => {
  if (await isRepeat(ctx, session, grant)) return;
  const signers = await findSigners(ctx, session);
  const { head, accountant } = signers;
  const now = ctx.clock.now();
  const problems = termsProblems(grant.terms, {
    knownForms: KNOWN_FORMS,
    now,
    latestEnd: latestEnd(head, accountant),
  });
  if (problems.length > 0) throw new AppError('delegation.bad_terms', { problems });
  // As the times inside signatures: the first of them must not lie before it.
  const validFrom = now.round({ smallestUnit: 'second', roundingMode: 'trunc' });
  const record = makeRecord(signers, grant.terms, validFrom);
  const bytes = serialiseDelegation(record);
  const { sealed, signature } = await sealAndSign(ctx, session, signers, { pin: grant.pin, bytes, at: now });
  await inTransaction(ctx.db, async (tx) => {
    if (!(await holdSigners(tx, head, accountant)))
      throw new AppError('credential.unusable', { reason: 'changed_meanwhile' });
    if (await findGranted(tx, session.companyId, grant.key)) return;
    const end = { at: now, why: 'replaced' } as const;
    const ended = await markEnded(tx, { companyId: session.companyId }, end);
    await insertDelegation(tx, {
      id: record.delegationId,
      companyId: session.companyId,
      head,
      accountant,
      record: bytes,
      signature,
      sealedKey: sealed,
      grantKey: grant.key,
      now,
      expiresAt: record.expiresAt,
    });
    const by = {
      actor: { kind: 'officer', id: session.officerId, name: session.fullName } as const,
      from: session.origin,
    };
    await auditEnded(
      tx,
      ended.map((row) => ({ ...row, ...end })),
      by,
    );
    await auditGrant(tx, session, record);
  });
};
