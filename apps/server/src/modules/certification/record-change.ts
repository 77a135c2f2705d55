/*
 * One act on a certificate may change several: with a credential's own certificate every earlier one of it, and for a compromised key
 * every certificate for that key, with the credentials that sign with them. Locks are taken in one order by whoever needs several of
 * them: the key, credentials, delegations, certificates, chains of the audit trail.
 */
import type { RevocationReason } from '@sochi/contract';
import { OPERATOR_CHAIN } from '#modules/audit/index.ts';
import { auditEnded } from '#modules/delegations/index.ts';
import { AppError } from '../../app-error.ts';
import type { AppContext } from '../../context.ts';
import type { Tx } from '../../db/database.ts';
import { auditAct, auditedBy } from './audit-act.ts';
import { nextState, type CertificateState, type StateChange } from './certificate-state.ts';
import { changeCredential, type ChangedCredential, type HeldCredential } from './change-credential.ts';
import {
  findLastSigning,
  insertAct,
  listOfKey,
  lockCertificates,
  lockCredential,
  lockKey,
  moveCertificate,
  type CertificateRow,
} from './queries.ts';
import type { Basis } from './record-certificate.ts';

export type Change = {
  change: StateChange;
  /** In the words of RFC 5280; null for the end of a suspension. */
  reason: RevocationReason | 'certificateHold' | null;
  basis: Basis;
};

/** The certificates that are changed for what they are, and not for whose credential's they are. */
const listNamed = async (
  tx: Tx,
  row: CertificateRow,
  { reason }: Change,
  now: Temporal.Instant,
): Promise<CertificateRow[]> => {
  if (reason !== 'keyCompromise' || row.key_sha256 === null) return [row];
  await lockKey(tx, row.key_sha256);
  const others = (await listOfKey(tx, row.key_sha256, now)).filter(({ id }) => id !== row.id);
  return [row, ...others];
};

const holdCredentials = async (tx: Tx, named: readonly CertificateRow[]): Promise<HeldCredential[]> => {
  const ids = [...new Set(named.flatMap(({ credential_id }) => credential_id ?? []))].toSorted();
  const held: HeldCredential[] = [];
  for (const id of ids) held.push({ id, ...(await lockCredential(tx, id)) });
  return held;
};

/** Those that sign with one of the certificates now; refuses when another certificate has just taken the place of the one ordered. */
const ownersAmong = (
  held: readonly HeldCredential[],
  named: readonly CertificateRow[],
  row: CertificateRow,
): HeldCredential[] => {
  const owners = held.filter(({ serial }) => named.some((certificate) => certificate.serial === serial));
  if (row.credential_serial === row.serial && !owners.some(({ serial }) => serial === row.serial))
    throw new AppError('certificate.changed_meanwhile', {});
  return owners;
};

/**
 * From when the new state counts, asked when credentials and delegations are held: after every signature that was recorded, also by
 * a process whose clock is ahead. Lists name whole seconds and what they name counts from that second's beginning, so the next one.
 */
const countsFrom = async (
  { clock }: Pick<AppContext, 'clock'>,
  tx: Tx,
  held: readonly HeldCredential[],
): Promise<Temporal.Instant> => {
  const now = clock.now();
  if (held.length === 0) return now;
  const signed = await findLastSigning(
    tx,
    held.map(({ id }) => id),
  );
  const last = signed && Temporal.Instant.compare(signed, now) > 0 ? signed : now;
  return last.round({ smallestUnit: 'second', roundingMode: 'trunc' }).add({ seconds: 1 });
};

type Move = { certificate: CertificateRow; from: CertificateState; to: CertificateState };

/** Refuses when the certificate ordered cannot change so; of the others those change that can. */
const movesOf = (certificates: readonly CertificateRow[], row: CertificateRow, { change }: Change): Move[] =>
  certificates.flatMap((certificate) => {
    // A check constraint keeps the column to the states.
    const from = certificate.state as CertificateState;
    const to = nextState(from, change);
    if (to) return [{ certificate, from, to }];
    if (certificate.id === row.id) throw new AppError('certificate.wrong_state', { state: from });
    return [];
  });

type Told = Change & { at: Temporal.Instant; since: Temporal.Instant };

const recordMove = async (
  tx: Tx,
  { certificate, from, to }: Move,
  told: Told & { credentialWas: string | null; idempotencyKey: string | null },
): Promise<void> => {
  const { change, reason, basis, at, since } = told;
  if (!(await moveCertificate(tx, { id: certificate.id, from, to, reason, at: since })))
    throw new AppError('certificate.changed_meanwhile', {});
  await insertAct(tx, {
    act: change,
    certificateId: certificate.id,
    officerId: basis.officer?.id ?? null,
    reason,
    documents: basis.documents,
    credentialWas: told.credentialWas,
    idempotencyKey: told.idempotencyKey,
    at,
  });
};

/** Chains are locked in one order by everybody, so that nobody waits in a ring. */
const inOrderOfChains = (moves: readonly Move[]): Move[] => {
  const chainOf = ({ certificate }: Move) => certificate.company_id ?? OPERATOR_CHAIN;
  return moves.toSorted((left, right) => chainOf(left).localeCompare(chainOf(right)));
};

const auditMoves = async (tx: Tx, moves: readonly Move[], told: Told): Promise<void> => {
  const { change, reason, basis, at } = told;
  for (const { certificate } of inOrderOfChains(moves))
    await auditAct(tx, {
      act: change,
      certificate,
      companyId: certificate.company_id,
      officer: basis.officer,
      reason,
      documents: basis.documents.length,
      at,
    });
};

/** Records a change of a certificate's state with all it ends and takes along, each with an act of its own. */
export const recordChange = async (
  ctx: Pick<AppContext, 'clock'>,
  tx: Tx,
  row: CertificateRow,
  order: Change,
): Promise<void> => {
  const named = await listNamed(tx, row, order, ctx.clock.now());
  const held = await holdCredentials(tx, named);
  const at = ctx.clock.now();
  const changed = new Map<string, ChangedCredential>();
  for (const credential of ownersAmong(held, named, row))
    changed.set(
      credential.id,
      await changeCredential(tx, credential, { certificateId: row.id, change: order.change, at }),
    );
  const told = { ...order, at, since: await countsFrom(ctx, tx, held) };
  const which = { ids: named.map(({ id }) => id), credentialIds: [...changed.keys()] };
  const moves = movesOf(await lockCertificates(tx, which, at), row, order);
  for (const move of moves) {
    const credentialWas = changed.get(move.certificate.credential_id ?? '')?.was ?? null;
    // Once for the whole act: a repeat finds the certificate it was ordered for.
    const idempotencyKey = move.certificate.id === row.id ? order.basis.idempotencyKey : null;
    await recordMove(tx, move, { ...told, credentialWas, idempotencyKey });
  }
  await auditMoves(tx, moves, told);
  const ended = [...changed.values()].flatMap((credential) => credential.ended);
  await auditEnded(tx, ended, auditedBy(order.basis.officer));
};
