import type { BasisDocument, CertificateSubject } from '@sochi/contract';
import { sql } from 'kysely';
import { randomUUIDv7 } from 'node:crypto';
import { atTime, type DbOrTx, type Tx } from '../../db/database.ts';
import type { CertificationActKind } from './basis-documents.ts';
import type { CertificateState } from './certificate-state.ts';
import type { NewCertificate } from './make-certificate.ts';

const COLUMNS = [
  'issued_certificate.id',
  'issued_certificate.serial',
  'issued_certificate.authority',
  'issued_certificate.profile',
  'issued_certificate.subject',
  'issued_certificate.der',
  'issued_certificate.sha256',
  'issued_certificate.key_sha256',
  'issued_certificate.credential_id',
  'issued_certificate.replaces',
  'issued_certificate.valid_from',
  'issued_certificate.valid_to',
  'issued_certificate.state',
  'issued_certificate.state_reason',
  'issued_certificate.state_since',
] as const;

const certificates = (db: DbOrTx) =>
  db
    .selectFrom('issued_certificate')
    .leftJoin('credential', 'credential.id', 'issued_certificate.credential_id')
    .leftJoin('officer', 'officer.id', 'credential.officer_id')
    .select(COLUMNS)
    .select([
      'officer.id as holder_id',
      'officer.company_id',
      'credential.state as credential_state',
      'credential.serial as credential_serial',
      'credential.carrier',
    ]);

export const subjectOfRow = ({ subject }: { subject: unknown }): CertificateSubject =>
  // Only insertCertificate and the first migration write this column.
  subject as CertificateSubject;

export type CertificateRow = Awaited<ReturnType<typeof findCertificate>> & object;

export const findCertificate = (db: DbOrTx, id: string) =>
  certificates(db).where('issued_certificate.id', '=', id).executeTakeFirst();

/** The certificate that replaced this one, if any did. */
export const findSuccessor = (db: DbOrTx, id: string) =>
  certificates(db).where('issued_certificate.replaces', '=', id).executeTakeFirst();

export type CertificateFilter = {
  inn?: string | undefined;
  serial?: string | undefined;
  profile?: string | undefined;
  state?: string | undefined;
  before?: string | undefined;
};

/** Newest first, from just before `before`. One more than `limit` tells that more follow. */
export const listCertificates = (db: DbOrTx, filter: CertificateFilter, limit: number) => {
  let query = certificates(db).orderBy('issued_certificate.id', 'desc').limit(limit);
  if (filter.inn !== undefined)
    query = query.where(sql<string>`issued_certificate.subject ->> 'companyInn'`, '=', filter.inn);
  if (filter.serial !== undefined) query = query.where('issued_certificate.serial', '=', filter.serial);
  if (filter.profile !== undefined) query = query.where('issued_certificate.profile', '=', filter.profile);
  if (filter.state !== undefined) query = query.where('issued_certificate.state', '=', filter.state);
  if (filter.before !== undefined) query = query.where('issued_certificate.id', '<', filter.before);
  return query.execute();
};

/** Certificates for a public key that have not ended; `lockKey` first, that none is added. */
export const listOfKey = (tx: Tx, keySha256: Buffer, now: Temporal.Instant) =>
  certificates(tx)
    .where('issued_certificate.key_sha256', '=', keySha256)
    .where('issued_certificate.valid_to', '>', atTime(now))
    .execute();

/** The state of the certificate, locked until the transaction ends. A credential's is locked after the credential. */
export const lockCertificate = (tx: Tx, id: string): Promise<{ state: string }> =>
  tx
    .selectFrom('issued_certificate')
    .select('state')
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow();

/** These certificates, and all of these credentials that have not ended; locked until the transaction ends. */
export const lockCertificates = (
  tx: Tx,
  which: { ids: readonly string[]; credentialIds: readonly string[] },
  now: Temporal.Instant,
) =>
  certificates(tx)
    .where(({ eb, or }) =>
      or([
        eb('issued_certificate.id', 'in', which.ids),
        ...(which.credentialIds.length > 0
          ? [eb('issued_certificate.credential_id', 'in', which.credentialIds)]
          : []),
      ]),
    )
    .where('issued_certificate.valid_to', '>', atTime(now))
    .orderBy('issued_certificate.id')
    .forUpdate('issued_certificate')
    .execute();

/** Whether the certificate is one that our own services sign with. */
export const isServiceCertificate = async (db: DbOrTx, der: Uint8Array): Promise<boolean> =>
  (await db
    .selectFrom('service_key')
    .select('name')
    .where('certificate', '=', Buffer.from(der))
    .executeTakeFirst()) !== undefined;

/** Lets nobody else certify this public key until the transaction ends. */
export const lockKey = async (tx: Tx, keySha256: Buffer): Promise<void> => {
  await sql`select pg_advisory_xact_lock(${keySha256.readBigInt64BE().toString()}::bigint)`.execute(tx);
};

/** Certificates for the same public key: whose, and why revoked or suspended. */
export const listSameKey = async (
  db: DbOrTx,
  keySha256: Buffer,
): Promise<{ subject: CertificateSubject; reason: string | null }[]> => {
  const rows = await db
    .selectFrom('issued_certificate')
    .select(['subject', 'state_reason'])
    .where('key_sha256', '=', keySha256)
    .execute();
  return rows.map((row) => ({ subject: subjectOfRow(row), reason: row.state_reason }));
};

export const insertCertificate = (tx: DbOrTx, made: NewCertificate, now: Temporal.Instant) =>
  tx
    .insertInto('issued_certificate')
    .values({
      id: made.id,
      serial: made.certificate.serial,
      authority: made.authority,
      profile: made.profile,
      subject: JSON.stringify(made.subject),
      der: Buffer.from(made.certificate.der),
      sha256: Buffer.from(made.certificate.sha256, 'hex'),
      key_sha256: made.keySha256,
      credential_id: made.credentialId,
      replaces: made.replaces,
      valid_from: made.certificate.notBefore.toString(),
      valid_to: made.certificate.notAfter.toString(),
      state: 'active',
      state_reason: null,
      state_since: null,
      created_at: now.toString(),
    })
    .execute();

/** Moves a certificate from one state to another; false when somebody else moved it meanwhile. */
export const moveCertificate = async (
  tx: Tx,
  move: {
    id: string;
    from: CertificateState;
    to: CertificateState;
    reason: string | null;
    at: Temporal.Instant;
  },
): Promise<boolean> => {
  const { numUpdatedRows } = await tx
    .updateTable('issued_certificate')
    .set({
      state: move.to,
      state_reason: move.to === 'active' ? null : move.reason,
      state_since: move.to === 'active' ? null : move.at.toString(),
    })
    .where('id', '=', move.id)
    .where('state', '=', move.from)
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
};

export type NewAct = {
  act: CertificationActKind;
  certificateId: string;
  officerId: string | null;
  reason: string | null;
  documents: readonly BasisDocument[];
  credentialWas?: string | null;
  idempotencyKey: string | null;
  at: Temporal.Instant;
};

export const insertAct = (tx: DbOrTx, act: NewAct) =>
  tx
    .insertInto('certification_act')
    .values({
      id: randomUUIDv7(),
      at: act.at.toString(),
      officer_id: act.officerId,
      act: act.act,
      certificate_id: act.certificateId,
      reason: act.reason,
      documents: JSON.stringify(act.documents),
      credential_was: act.credentialWas ?? null,
      idempotency_key: act.idempotencyKey,
    })
    .execute();

/** Every act on a certificate, oldest first, with the name of who did it. */
export const listActs = (db: DbOrTx, certificateId: string) =>
  db
    .selectFrom('certification_act')
    .leftJoin('certification_officer', 'certification_officer.id', 'certification_act.officer_id')
    .select([
      'certification_act.at',
      'certification_act.act',
      'certification_act.reason',
      'certification_act.documents',
      'certification_officer.full_name',
    ])
    .where('certification_act.certificate_id', '=', certificateId)
    .orderBy('certification_act.id')
    .execute();

export type ActRow = Awaited<ReturnType<typeof listActs>>[number];

/** The state that the last suspension of a certificate took its credential out of. */
export const findStateBeforeSuspension = async (
  db: DbOrTx,
  certificateId: string,
): Promise<string | null | undefined> =>
  (
    await db
      .selectFrom('certification_act')
      .select('credential_was')
      .where('certificate_id', '=', certificateId)
      .where('act', '=', 'suspend')
      .orderBy('id', 'desc')
      .executeTakeFirst()
  )?.credential_was;

/** What an officer did with an idempotency key. */
export const findKeyedAct = (db: DbOrTx, officerId: string, key: string) =>
  db
    .selectFrom('certification_act')
    .innerJoin('issued_certificate', 'issued_certificate.id', 'certification_act.certificate_id')
    .select(['certification_act.act', 'certification_act.certificate_id', 'issued_certificate.replaces'])
    .where('certification_act.officer_id', '=', officerId)
    .where('certification_act.idempotency_key', '=', key)
    .executeTakeFirst();

/** The officer a signature is for, with the company's requisites that go into the certificate. */
export const findHolder = (db: DbOrTx, inn: string, role: string) =>
  db
    .selectFrom('company')
    .innerJoin('officer', 'officer.company_id', 'company.id')
    .select([
      'company.id as company_id',
      'company.inn',
      'company.name',
      'officer.id as officer_id',
      'officer.full_name',
      'officer.personal_inn',
      'officer.role',
    ])
    .where('company.inn', '=', inn)
    .where('officer.role', '=', role)
    .executeTakeFirst();

/** The same, by the credential: its holder as the company's papers name them now. */
export const getCredentialHolder = (db: DbOrTx, credentialId: string) =>
  db
    .selectFrom('credential')
    .innerJoin('officer', 'officer.id', 'credential.officer_id')
    .innerJoin('company', 'company.id', 'officer.company_id')
    .select([
      'company.id as company_id',
      'company.inn',
      'company.name',
      'officer.id as officer_id',
      'officer.full_name',
      'officer.personal_inn',
      'officer.role',
      'credential.carrier',
      'credential.state',
    ])
    .where('credential.id', '=', credentialId)
    .executeTakeFirstOrThrow();

/** One issuing at a time for an officer; until the transaction ends. */
export const lockOfficer = (tx: Tx, officerId: string) =>
  tx.selectFrom('officer').select('id').where('id', '=', officerId).forUpdate().executeTakeFirst();

/** A signature of the officer kept in the cloud that has not ended and is not revoked. */
export const findCloudCredential = (db: DbOrTx, officerId: string, now: Temporal.Instant) =>
  db
    .selectFrom('credential')
    .select(['id', 'serial'])
    .where('officer_id', '=', officerId)
    .where('carrier', '=', 'cloud')
    .where('state', '<>', 'revoked')
    .where('valid_to', '>', atTime(now))
    .executeTakeFirst();

export const insertCredential = (
  tx: Tx,
  credential: {
    id: string;
    officerId: string;
    carrier: 'cloud' | 'token';
    sealedKey: Uint8Array | null;
    certificate: NewCertificate['certificate'];
  },
) =>
  tx
    .insertInto('credential')
    .values({
      id: credential.id,
      officer_id: credential.officerId,
      carrier: credential.carrier,
      state: 'active',
      certificate: Buffer.from(credential.certificate.der),
      serial: credential.certificate.serial,
      valid_from: credential.certificate.notBefore.toString(),
      valid_to: credential.certificate.notAfter.toString(),
      sealed_key: credential.sealedKey && Buffer.from(credential.sealedKey),
    })
    .execute();

/** Puts the successor in the place of the certificate `from`; false when another one is there. */
export const renewCredential = async (
  tx: Tx,
  renewal: {
    id: string;
    fromSerial: string;
    state: string;
    certificate: NewCertificate['certificate'];
    sealedKey?: Uint8Array | undefined;
  },
): Promise<boolean> => {
  const { numUpdatedRows } = await tx
    .updateTable('credential')
    .set({
      state: renewal.state,
      certificate: Buffer.from(renewal.certificate.der),
      serial: renewal.certificate.serial,
      valid_from: renewal.certificate.notBefore.toString(),
      valid_to: renewal.certificate.notAfter.toString(),
      ...(renewal.sealedKey ? { sealed_key: Buffer.from(renewal.sealedKey) } : {}),
    })
    .where('id', '=', renewal.id)
    .where('serial', '=', renewal.fromSerial)
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
};

export const setCredentialState = (tx: Tx, id: string, state: string) =>
  tx.updateTable('credential').set({ state }).where('id', '=', id).execute();

/** The state of the credential, locked until the transaction ends: no signature is recorded past it. */
export const lockCredential = async (tx: Tx, id: string): Promise<{ state: string; serial: string }> =>
  tx
    .selectFrom('credential')
    .select(['state', 'serial'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow();

/** When the holder of one of these credentials last signed a report, or it was postmarked; as the clock of that process showed it. */
export const findLastSigning = async (
  tx: Tx,
  credentialIds: readonly string[],
): Promise<Temporal.Instant | undefined> => {
  const rows = await tx
    .selectFrom('credential')
    .innerJoinLateral(
      (from) =>
        from
          .selectFrom('filing_signature')
          .innerJoin('filing', 'filing.id', 'filing_signature.filing_id')
          .select(sql<Temporal.Instant>`greatest(filing_signature.signed_at, filing.postmarked_at)`.as('at'))
          .whereRef('filing_signature.officer_id', '=', 'credential.officer_id')
          .orderBy('filing_signature.signed_at', 'desc')
          .limit(1)
          .as('last'),
      (join) => join.onTrue(),
    )
    .select('last.at')
    .where('credential.id', 'in', credentialIds)
    .orderBy('last.at', 'desc')
    .limit(1)
    .execute();
  return rows[0]?.at;
};
