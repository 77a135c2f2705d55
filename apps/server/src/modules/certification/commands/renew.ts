import type { OfficerRole } from '@sochi/kernel';
import { readCertificate } from '@sochi/signature';
import { auditEnded, endDelegationsOf, type EndedDelegation } from '#modules/delegations/index.ts';
import { endSessionsOf } from '#modules/sessions/index.ts';
import { AppError } from '../../../app-error.ts';
import { inTransaction, type Tx } from '../../../db/database.ts';
import type { SealedKey } from '../../../keys/keystore.ts';
import { auditedBy } from '../audit-act.ts';
import { checkDocuments } from '../basis-documents.ts';
import type { CentreContext } from '../centre-context.ts';
import { getIssuer } from '../get-issuer.ts';
import { officerSubject } from '../holders.ts';
import { makeCertificate, type CertificateOrder, type NewCertificate } from '../make-certificate.ts';
import {
  findCertificate,
  findSuccessor,
  getCredentialHolder,
  isServiceCertificate,
  lockCertificate,
  lockCredential,
  lockKey,
  renewCredential,
  subjectOfRow,
  type CertificateRow,
} from '../queries.ts';
import { readRequestKey } from '../read-request.ts';
import { recordCertificate, type Basis } from '../record-certificate.ts';
import { signatureTerm } from '../signature-term.ts';
import { once } from './once.ts';

/** The key of the successor: the same, a new one made in the keystore, or a token's new one. */
export type RenewedKey = 'same' | { pin: string } | { request: string };

const refuseUnlessActive = (state: string): void => {
  if (state !== 'active') throw new AppError('certificate.wrong_state', { state });
};

const check = async (ctx: CentreContext, row: CertificateRow, key: RenewedKey): Promise<void> => {
  if (await isServiceCertificate(ctx.db, row.der)) throw new AppError('certificate.in_use', {});
  refuseUnlessActive(row.state);
  const isReplaced =
    (row.credential_id !== null && row.credential_serial !== row.serial) ||
    (await findSuccessor(ctx.db, row.id)) !== undefined;
  if (isReplaced) throw new AppError('certificate.replaced_already', {});
  const isElsewhere =
    (typeof key === 'object' && 'request' in key && row.carrier === 'cloud') ||
    (typeof key === 'object' && 'pin' in key && row.carrier !== 'cloud');
  if (isElsewhere) throw new AppError('certificate.other_carrier', {});
};

type Keys = { publicKey: Uint8Array; sealedKey?: SealedKey };

const keysOf = async (ctx: CentreContext, row: CertificateRow, key: RenewedKey): Promise<Keys> => {
  if (key === 'same') return { publicKey: readCertificate(row.der).spki };
  if ('request' in key) return { publicKey: await readRequestKey(key.request) };
  if (row.credential_id === null) throw new Error('only a credential has a key in the cloud');
  const { publicKey, sealed } = await ctx.keystore.createKey(key.pin, row.credential_id);
  return { publicKey, sealedKey: sealed };
};

/** Whom the successor names: an officer as the company's papers stand now, anybody else as before. */
const namedIn = async (
  ctx: CentreContext,
  row: CertificateRow,
): Promise<Pick<CertificateOrder, 'profile' | 'subject'>> => {
  if (row.credential_id === null) {
    // Only services and people without a credential are left; a check constraint keeps the column to the profiles.
    return { profile: row.profile as CertificateOrder['profile'], subject: subjectOfRow(row) };
  }
  const holder = await getCredentialHolder(ctx.db, row.credential_id);
  // A check constraint keeps the roles of officers to the two.
  return { profile: holder.role as OfficerRole, subject: officerSubject(holder) };
};

type Renewal = { row: CertificateRow; made: NewCertificate; keys: Keys; at: Temporal.Instant };

/**
 * Locks what is renewed until the transaction ends, and refuses when it was suspended, revoked or renewed while keys were made and
 * used. The new certificate's key comes first, as everywhere: whoever declares it compromised waits, or is seen.
 */
const hold = async (tx: Tx, { row, made }: Renewal): Promise<void> => {
  await lockKey(tx, made.keySha256);
  if (row.credential_id !== null) await lockCredential(tx, row.credential_id);
  refuseUnlessActive((await lockCertificate(tx, row.id)).state);
  if (await findSuccessor(tx, row.id)) throw new AppError('certificate.replaced_already', {});
};

/**
 * The credential signs with the successor from now on. With a new key nobody stays logged in, as the sessions hold the old one.
 */
const moveCredential = async (
  tx: Tx,
  credentialId: string,
  { row, made, keys, at }: Renewal,
): Promise<readonly EndedDelegation[]> => {
  const { state } = await lockCredential(tx, credentialId);
  if (state === 'suspended' || state === 'revoked') throw new AppError('certificate.wrong_state', { state });
  const isMoved = await renewCredential(tx, {
    id: credentialId,
    fromSerial: row.serial,
    state: state === 'expired' ? 'active' : state,
    certificate: made.certificate,
    sealedKey: keys.sealedKey,
  });
  if (!isMoved) throw new AppError('certificate.replaced_already', {});
  if (keys.sealedKey) await endSessionsOf(tx, credentialId);
  return endDelegationsOf(tx, credentialId, { at, why: 'certificate_renewed' });
};

/**
 * Re-registration: issues the successor of a certificate, ended or not, for twelve months from now. The old one stays valid until
 * its end; delegations end, as they name the old one. Gives the successor's id.
 */
export const renew = (
  ctx: CentreContext,
  basis: Basis,
  input: { id: string; key: RenewedKey },
): Promise<string> =>
  once(ctx, { act: 'renew', basis, certificateId: input.id }, async () => {
    checkDocuments('renew', basis.documents);
    const row = await findCertificate(ctx.db, input.id);
    if (!row) throw new AppError('certificate.not_found', {});
    await check(ctx, row, input.key);
    const keys = await keysOf(ctx, row, input.key);
    const at = ctx.clock.now();
    const made = await makeCertificate(ctx, await getIssuer(ctx.db, 'issuing'), {
      ...(await namedIn(ctx, row)),
      publicKey: keys.publicKey,
      term: signatureTerm(at),
      replaces: row.id,
      ...(row.credential_id === null ? {} : { credentialId: row.credential_id }),
    });
    const renewal = { row, made, keys, at };
    await inTransaction(ctx.db, async (tx) => {
      await hold(tx, renewal);
      const ended = row.credential_id === null ? [] : await moveCredential(tx, row.credential_id, renewal);
      await recordCertificate(tx, made, { ...basis, act: 'renew', companyId: row.company_id, at });
      await auditEnded(tx, ended, auditedBy(basis.officer));
    });
    return made.id;
  });
