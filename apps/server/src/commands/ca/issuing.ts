import { parseArgs } from 'node:util';
import type { CertificateHolder } from '@sochi/contract';
import {
  issueForCredential,
  issueFromRequest,
  readCertificateDetail,
  renew,
  RENEWABLE_SERVICES,
  renewServiceCertificate,
  type CentreContext,
  type RenewableService,
  type RenewedKey,
} from '#modules/certification/index.ts';
import { UsageError } from '../command.ts';
import {
  BASIS_OPTIONS,
  BASIS_USAGE,
  need,
  readBasis,
  readCertificateId,
  readOfficerName,
  readPin,
  readRequest,
} from './options.ts';
import { readAndDescribe } from './show-certificate.ts';
import type { Subcommand } from './subcommand.ts';

export const issueSubcommand: Subcommand = {
  name: 'issue',
  usage: `--inn INN --role head|accountant --pin-file FILE ${BASIS_USAGE}`,
  summary: 'A signature kept in the cloud: the key is made here and opens with the PIN',
  async run(ctx, args) {
    const { values } = parseArgs({
      args: [...args],
      options: {
        ...BASIS_OPTIONS,
        inn: { type: 'string' },
        role: { type: 'string' },
        'pin-file': { type: 'string' },
      },
    });
    const officer = readOfficerName(values);
    const pin = await readPin(need(values, 'pin-file'));
    return readAndDescribe(
      ctx,
      await issueForCredential(ctx, await readBasis(ctx, values), { ...officer, pin }),
    );
  },
};

const readHolder = (values: Record<string, unknown>): CertificateHolder => {
  if (values['agency'] !== undefined)
    return { kind: 'agency', name: need(values, 'agency'), organization: need(values, 'organization') };
  if (values['person'] === undefined) return { kind: 'officer', ...readOfficerName(values) };
  const personalInn = need(values, 'personal-inn');
  if (!/^\d{14}$/.test(personalInn)) throw new UsageError('--personal-inn takes the 14 digits of an ИНН.');
  return { kind: 'complex', fullName: need(values, 'person'), personalInn };
};

export const issueRequestSubcommand: Subcommand = {
  name: 'issue-request',
  usage: `REQUEST.pem (--inn INN --role ROLE | --agency NAME --organization NAME | --person NAME --personal-inn INN) [--pem] ${BASIS_USAGE}`,
  summary: "A certificate for the key of a certification request (PKCS#10): a token's, an agency's",
  async run(ctx, args) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        ...BASIS_OPTIONS,
        inn: { type: 'string' },
        role: { type: 'string' },
        agency: { type: 'string' },
        organization: { type: 'string' },
        person: { type: 'string' },
        'personal-inn': { type: 'string' },
        pem: { type: 'boolean', default: false },
      },
    });
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0) throw new UsageError('Name one file with a request.');
    const order = { holder: readHolder(values), request: await readRequest(file) };
    const id = await issueFromRequest(ctx, await readBasis(ctx, values), order);
    return values.pem ? (await readCertificateDetail(ctx, id)).pem : readAndDescribe(ctx, id);
  },
};

const readKey = async (values: {
  request?: string | undefined;
  'pin-file'?: string | undefined;
}): Promise<RenewedKey> => {
  if (values.request !== undefined && values['pin-file'] !== undefined)
    throw new UsageError('Either --request or --pin-file, or neither for the same key.');
  if (values.request !== undefined) return { request: await readRequest(values.request) };
  return values['pin-file'] === undefined ? 'same' : { pin: await readPin(values['pin-file']) };
};

const isService = (name: string): name is RenewableService =>
  RENEWABLE_SERVICES.some((known) => known === name);

const renewService = async (
  ctx: CentreContext,
  name: string,
  basis: Awaited<ReturnType<typeof readBasis>>,
): Promise<string> => {
  if (!isService(name)) throw new UsageError(`--service takes one of ${RENEWABLE_SERVICES.join(', ')}.`);
  const isRenewed = await renewServiceCertificate(ctx, name, basis);
  return isRenewed
    ? `${name} has a new key and certificate; running processes take it up within ten minutes.\n`
    : `${name} was renewed by another process at this moment.\n`;
};

export const renewSubcommand: Subcommand = {
  name: 'renew',
  usage: `(CERTIFICATE [--request REQUEST.pem | --pin-file FILE] | --service ${RENEWABLE_SERVICES.join('|')}) ${BASIS_USAGE}`,
  summary:
    'Twelve months more: for the same key, a token’s new one or a new one in the cloud; or a new key for a service',
  async run(ctx, args) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        ...BASIS_OPTIONS,
        request: { type: 'string' },
        'pin-file': { type: 'string' },
        service: { type: 'string' },
      },
    });
    const basis = await readBasis(ctx, values);
    if (values.service !== undefined) return renewService(ctx, values.service, basis);
    const [id, key] = [await readCertificateId(ctx, positionals), await readKey(values)];
    return readAndDescribe(ctx, await renew(ctx, basis, { id, key }));
  },
};
