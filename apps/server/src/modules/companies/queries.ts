import type { Profile } from '@sochi/contract';
import type { DbOrTx } from '../../db/database.ts';

/** The requisites a report is filled with. */
export const getProfile = async (db: DbOrTx, companyId: string): Promise<Profile> => {
  const row = await db
    .selectFrom('company')
    .select(['inn', 'name', 'office_code', 'office_name', 'phone', 'legal_form', 'okpo'])
    .where('id', '=', companyId)
    .executeTakeFirstOrThrow();
  return {
    inn: row.inn,
    name: row.name,
    officeCode: row.office_code,
    officeName: row.office_name,
    phone: row.phone,
    legalForm: row.legal_form,
    okpo: row.okpo,
  };
};
