import { endpoints } from '@sochi/contract';
import { readCertificates, type Basis } from '#modules/certification/index.ts';
import { loadCompany } from '../demo/companies.ts';
import { loadDemo } from '../demo/load-demo.ts';
import type { TestPortal } from './portal.ts';

let next = 0;

/** A company of its own, so that tests do not meet, with the ids of its officers' certificates. */
export const aCertifiedCompany = async (portal: TestPortal, basis: Basis) => {
  const company = loadCompany((next += 1));
  await loadDemo(portal.ctx, { ...basis, idempotencyKey: null }, [company]);
  const { certificates } = await readCertificates(portal.ctx, { inn: company.inn });
  const idOf = (profile: string) => {
    const found = certificates.find((certificate) => certificate.profile === profile);
    if (!found) throw new Error(`no ${profile}`);
    return found.id;
  };
  const pinOf = (role: 'head' | 'accountant') => company.officers.find((one) => one.role === role)?.pin ?? '';
  /** Logs in with `call` when it is given, so that the caller stays logged in. */
  const login = (role: 'head' | 'accountant', pin = pinOf(role), call = portal.anonymous()) =>
    call(endpoints.loginCloud, { body: { inn: company.inn, role, pin } });
  return { ...company, head: idOf('head'), accountant: idOf('accountant'), pinOf, login };
};
