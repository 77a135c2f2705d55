import type { DbOrTx } from '../../db/database.ts';
import { getServiceKey, type ServiceKey } from '../../keys/service-keys.ts';
import type { Authority } from './authority.ts';

export type Issuer = ServiceKey & { name: Authority };

/** An authority's key and certificate; throws ServiceKeyMissing. */
export const getIssuer = async (db: DbOrTx, name: Authority): Promise<Issuer> => ({
  ...(await getServiceKey(db, name)),
  name,
});
