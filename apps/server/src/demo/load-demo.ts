import { randomUUIDv7 } from 'node:crypto';
import { sql } from 'kysely';
import {
  addOfficer,
  findOfficerNamed,
  prepareCredential,
  recordCredential,
  type Basis,
  type CentreContext,
} from '#modules/certification/index.ts';
import { bishkekDay } from '@sochi/kernel';
import { inTransaction, type Tx } from '../db/database.ts';
import type { DemoCompany, DemoOfficer } from './companies.ts';
import { DEMO_NEWS } from './news.ts';

const CENTRE_OFFICER = 'Сотрудник УЦ (демонстрация)';

/** Who issues the demonstration's signatures, and on what paper. Nobody learns the officer's access token. */
export const demoBasis = async (ctx: Pick<CentreContext, 'db' | 'clock'>): Promise<Basis> => {
  const officer =
    (await addOfficer(ctx, CENTRE_OFFICER))?.officer ?? (await findOfficerNamed(ctx, CENTRE_OFFICER));
  if (!officer) throw new Error('the officer of the demonstration was removed while it was loaded');
  const date = bishkekDay(ctx.clock.now()).toString();
  return { officer, documents: [{ kind: 'application', number: 'демо', date }], idempotencyKey: null };
};

type Prepared = DemoOfficer & { credential: Awaited<ReturnType<typeof prepareCredential>> };

const prepareOfficer = async (
  ctx: CentreContext,
  company: DemoCompany,
  officer: DemoOfficer,
): Promise<Prepared> => {
  const subject = {
    commonName: officer.fullName,
    organizationName: company.name,
    companyInn: company.inn,
    personalInn: officer.personalInn,
  };
  const order = { role: officer.role, subject, key: { pin: officer.pin } };
  return { ...officer, credential: await prepareCredential(ctx, order) };
};

const insertOfficer = async (tx: Tx, companyId: string, officer: DemoOfficer): Promise<string> => {
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
  return id;
};

const insertCompany = async (ctx: CentreContext, basis: Basis, company: DemoCompany): Promise<void> => {
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
    const at = ctx.clock.now();
    await tx
      .insertInto('ledger_entry')
      .values({
        id: randomUUIDv7(),
        company_id: id,
        amount: company.balance,
        purpose: 'demo',
        created_at: at.toString(),
      })
      .execute();
    for (const officer of officers) {
      const officerId = await insertOfficer(tx, id, officer);
      await recordCredential(tx, officer.credential, { ...basis, officerId, companyId: id, at });
    }
  });
};

const installNews = async ({ db, clock }: Pick<CentreContext, 'db' | 'clock'>): Promise<void> => {
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
export const loadDemo = async (
  ctx: CentreContext,
  basis: Basis,
  companies: readonly DemoCompany[],
): Promise<number> => {
  await installNews(ctx);
  const inns = companies.map(({ inn }) => inn);
  const present = new Set(
    (await ctx.db.selectFrom('company').select('inn').where('inn', 'in', inns).execute()).map(
      ({ inn }) => inn,
    ),
  );
  const missing = companies.filter(({ inn }) => !present.has(inn));
  for (const company of missing) await insertCompany(ctx, basis, company);
  return missing.length;
};
