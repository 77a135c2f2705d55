import { issueSignerCertificate, type Certificate } from '@sochi/signature';
import { randomUUIDv7 } from 'node:crypto';
import { sql } from 'kysely';
import type { Clock } from '@sochi/kernel';
import { inTransaction, type Db, type Tx } from '../db/database.ts';
import type { Keystore, NewKey } from '../keys/keystore.ts';
import type { DemoCompany, DemoOfficer } from './companies.ts';
import type { DemoAuthority } from './demo-authority.ts';
import { DEMO_NEWS } from './news.ts';

type Context = { db: Db; keystore: Keystore; clock: Clock; authority: DemoAuthority };

/** Signatures are issued for twelve months, to the second. */
const term = (now: Temporal.Instant) => {
  const notBefore = now.round({ smallestUnit: 'second', roundingMode: 'trunc' });
  return { notBefore, notAfter: notBefore.toZonedDateTimeISO('Asia/Bishkek').add({ years: 1 }).toInstant() };
};

/** Certificates of the authority and the operator's own key and certificate; nothing where they are already. */
const installOperator = async ({ db, keystore, clock, authority }: Context): Promise<void> => {
  const key = await keystore.createServiceKey('operator');
  const certificate = await issueSignerCertificate({
    ...term(clock.now()),
    issuer: authority.issuing,
    issuerKey: authority.issuingKey,
    profile: 'operator',
    subject: { commonName: 'СОчИ: оператор', organizationName: 'СОчИ (демонстрация)' },
    publicKey: key.publicKey,
  });
  await db
    .insertInto('service_key')
    .values([
      { name: 'root', certificate: Buffer.from(authority.root.der), sealed_key: null },
      { name: 'issuing', certificate: Buffer.from(authority.issuing.der), sealed_key: null },
      { name: 'operator', certificate: Buffer.from(certificate.der), sealed_key: Buffer.from(key.sealed) },
    ])
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute();
};

type Prepared = DemoOfficer & { credentialId: string; key: NewKey; certificate: Certificate };

const prepareOfficer = async (
  ctx: Context,
  company: DemoCompany,
  officer: DemoOfficer,
): Promise<Prepared> => {
  const credentialId = randomUUIDv7();
  const key = await ctx.keystore.createKey(officer.pin, credentialId);
  const certificate = await issueSignerCertificate({
    ...term(ctx.clock.now()),
    issuer: ctx.authority.issuing,
    issuerKey: ctx.authority.issuingKey,
    profile: officer.role,
    subject: {
      commonName: officer.fullName,
      organizationName: company.name,
      companyInn: company.inn,
      personalInn: officer.personalInn,
    },
    publicKey: key.publicKey,
  });
  return { ...officer, credentialId, key, certificate };
};

const insertOfficer = async (tx: Tx, companyId: string, officer: Prepared): Promise<void> => {
  const id = randomUUIDv7();
  await tx
    .insertInto('officer')
    .values({
      id,
      company_id: companyId,
      role: officer.role,
      full_name: officer.fullName,
      personal_inn: officer.personalInn,
    })
    .execute();
  await tx
    .insertInto('credential')
    .values({
      id: officer.credentialId,
      officer_id: id,
      carrier: 'cloud',
      state: 'active',
      certificate: Buffer.from(officer.certificate.der),
      serial: officer.certificate.serial,
      valid_from: officer.certificate.notBefore.toString(),
      valid_to: officer.certificate.notAfter.toString(),
      sealed_key: Buffer.from(officer.key.sealed),
    })
    .execute();
};

const insertCompany = async (ctx: Context, company: DemoCompany): Promise<void> => {
  const officers = await Promise.all(
    company.officers.map((officer) => prepareOfficer(ctx, company, officer)),
  );
  await inTransaction(ctx.db, async (tx) => {
    const id = randomUUIDv7();
    await tx
      .insertInto('company')
      .values({
        id,
        inn: company.inn,
        name: company.name,
        office_code: company.officeCode,
        office_name: company.officeName,
        phone: company.phone,
        legal_form: company.legalForm,
        okpo: company.okpo,
      })
      .execute();
    for (const officer of officers) await insertOfficer(tx, id, officer);
    await tx
      .insertInto('ledger_entry')
      .values({
        id: randomUUIDv7(),
        company_id: id,
        amount: company.balance,
        purpose: 'demo',
        created_at: ctx.clock.now().toString(),
      })
      .execute();
  });
};

const installNews = async ({ db, clock }: Context): Promise<void> => {
  const { rows } = await sql`select 1 from news limit 1`.execute(db);
  if (rows.length > 0) return;
  const now = clock.now();
  const values = DEMO_NEWS.map(({ title, body, agency, hoursAgo }) => ({
    id: randomUUIDv7(),
    published_at: now.subtract({ hours: hoursAgo }).toString(),
    agency,
    title: JSON.stringify(title),
    body: JSON.stringify(body),
  }));
  await db.insertInto('news').values(values).execute();
};

/** Loads what is not there yet: running it twice changes nothing. Gives the number of companies it added. */
export const loadDemo = async (ctx: Context, companies: readonly DemoCompany[]): Promise<number> => {
  await installOperator(ctx);
  await installNews(ctx);
  const inns = companies.map(({ inn }) => inn);
  const present = new Set(
    (await ctx.db.selectFrom('company').select('inn').where('inn', 'in', inns).execute()).map(
      ({ inn }) => inn,
    ),
  );
  const missing = companies.filter(({ inn }) => !present.has(inn));
  for (const company of missing) await insertCompany(ctx, company);
  return missing.length;
};
