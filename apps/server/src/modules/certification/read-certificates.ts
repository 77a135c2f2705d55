import type { IssuedCertificate, IssuedCertificateDetail } from '@sochi/contract';
import { AppError } from '../../app-error.ts';
import type { AppContext } from '../../context.ts';
import { getServiceKey } from '../../keys/service-keys.ts';
import { findCertificate, listActs, listCertificates, type CertificateFilter } from './queries.ts';
import { viewCertificate, viewDetail } from './view.ts';

const PAGE = 50;

/** A page of issued certificates, newest first; `next` is what to ask for with `before`. */
export const readCertificates = async (
  ctx: Pick<AppContext, 'db'>,
  filter: CertificateFilter,
): Promise<{ certificates: IssuedCertificate[]; next: string | null }> => {
  const rows = await listCertificates(ctx.db, filter, PAGE + 1);
  const shown = rows.slice(0, PAGE);
  return {
    certificates: shown.map(viewCertificate),
    next: rows.length > PAGE ? (shown.at(-1)?.id ?? null) : null,
  };
};

/** One certificate with its chain and its acts. Refuses with `certificate.not_found`. */
export const readCertificateDetail = async (
  ctx: Pick<AppContext, 'db'>,
  id: string,
): Promise<IssuedCertificateDetail> => {
  const row = await findCertificate(ctx.db, id);
  if (!row) throw new AppError('certificate.not_found', {});
  const isBelowIssuing = row.authority === 'issuing';
  const chain = isBelowIssuing ? [(await getServiceKey(ctx.db, 'issuing')).certificate.der] : [];
  return viewDetail(row, chain, await listActs(ctx.db, id));
};
