import { BasisDocument, DOCUMENT_KINDS } from '@sochi/contract';
import { OFFICER_ROLES, type OfficerRole } from '@sochi/kernel';
import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import {
  findOfficer,
  readCertificates,
  type ActingOfficer,
  type Basis,
  type CentreContext,
} from '#modules/certification/index.ts';
import { UsageError } from '../command.ts';

/** Who acts, and on what papers: options of every act. */
export const BASIS_OPTIONS = {
  'token-file': { type: 'string' },
  document: { type: 'string', multiple: true },
} as const;

export const BASIS_USAGE = '--token-file FILE [--document KIND:NUMBER:DATE ...]';

/** A file's text; `-` is standard input. */
const readText = async (path: string): Promise<string> =>
  (path === '-' ? await text(process.stdin) : await readFile(path, 'utf8')).trim();

/** The value of an option that must be there. */
export const need = (values: Record<string, unknown>, name: string): string => {
  const value = values[name];
  if (typeof value !== 'string' || value === '') throw new UsageError(`--${name} is missing.`);
  return value;
};

const parseDocument = (written: string): BasisDocument => {
  const [, kind, number, date] = /^([a-z_]+):(.+):(\d{4}-\d{2}-\d{2})$/.exec(written) ?? [];
  const parsed = BasisDocument.safeParse({ kind, number, date });
  if (parsed.success) return parsed.data;
  throw new UsageError(
    `--document takes KIND:NUMBER:YYYY-MM-DD, where KIND is one of ${DOCUMENT_KINDS.join(', ')}; not «${written}».`,
  );
};

const readOfficer = async (ctx: CentreContext, path: string): Promise<ActingOfficer> => {
  const officer = await findOfficer(ctx, await readText(path));
  if (!officer) throw new UsageError(`The token in ${path} is no officer's of the certification centre.`);
  return { ...officer, from: { address: 'local', userAgent: 'sochi ca' } };
};

/** The officer of the token file, and the papers. */
export const readBasis = async (
  ctx: CentreContext,
  values: { 'token-file'?: string | undefined; document?: string[] | undefined },
): Promise<Basis> => ({
  officer: await readOfficer(ctx, need(values, 'token-file')),
  documents: (values.document ?? []).map(parseDocument),
  idempotencyKey: null,
});

/** Six digits out of a file, so that they stand in no list of processes. */
export const readPin = async (path: string): Promise<string> => {
  const pin = await readText(path);
  if (!/^\d{6}$/.test(pin)) throw new UsageError(`${path} must hold a PIN of six digits.`);
  return pin;
};

/** A certification request out of a file. */
export const readRequest = readText;

const isRole = (role: string): role is OfficerRole => OFFICER_ROLES.some((known) => known === role);

/** ИНН and role of an officer of a company. */
export const readOfficerName = (values: Record<string, unknown>): { inn: string; role: OfficerRole } => {
  const [inn, role] = [need(values, 'inn'), need(values, 'role')];
  if (!/^\d{14}$/.test(inn)) throw new UsageError('--inn takes the 14 digits of an ИНН.');
  if (!isRole(role)) throw new UsageError(`--role takes ${OFFICER_ROLES.join(' or ')}.`);
  return { inn, role };
};

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The id of the one certificate that is named by its id or its serial number. */
export const readCertificateId = async (
  ctx: CentreContext,
  positionals: readonly string[],
): Promise<string> => {
  const [named, ...more] = positionals;
  if (named === undefined || more.length > 0)
    throw new UsageError('Name one certificate, by its id or its serial number.');
  if (UUID.test(named)) return named;
  const { certificates } = await readCertificates(ctx, { serial: named.toLowerCase().replaceAll(':', '') });
  const [found] = certificates;
  if (!found) throw new UsageError(`There is no certificate ${named}.`);
  return found.id;
};
