import { parseArgs } from 'node:util';
import { CERTIFICATE_PROFILES, CERTIFICATE_STATES } from '@sochi/contract';
import {
  addOfficer,
  createCurrentLists,
  installCentre,
  publishRevocationLists,
  readCertificates,
  removeOfficer,
  type CentreContext,
} from '#modules/certification/index.ts';
import { UsageError } from '../command.ts';
import { readCertificateId } from './options.ts';
import { certificateLine, readAndDescribe } from './show-certificate.ts';
import type { Subcommand } from './subcommand.ts';

export const initSubcommand: Subcommand = {
  name: 'init',
  usage: '[--organization NAME]',
  summary: 'Make what is missing: root, issuing authority, operator, timestamp and OCSP keys, first lists',
  async run(ctx, args) {
    const { values } = parseArgs({
      args: [...args],
      options: { organization: { type: 'string', default: 'СОчИ' } },
    });
    await installCentre(ctx, values);
    return `The certification centre is installed; its addresses begin with ${ctx.config.pki.url}/pki/.\n`;
  },
};

const oneName = (args: readonly string[]): string => {
  const { positionals } = parseArgs({ args: [...args], allowPositionals: true, options: {} });
  const [name, ...more] = positionals;
  if (name === undefined || name.trim().length < 3 || more.length > 0)
    throw new UsageError('Name one officer, in quotation marks: surname, name, patronymic.');
  return name.trim();
};

export const officerAddSubcommand: Subcommand = {
  name: 'officer-add',
  usage: '"FULL NAME"',
  summary: 'An officer of the centre; prints the access token, which is shown this once only',
  async run(ctx, args) {
    const name = oneName(args);
    const added = await addOfficer(ctx, name);
    if (!added) throw new UsageError(`There is an officer ${name} already.`);
    return `${added.token}\n`;
  },
};

export const officerEndSubcommand: Subcommand = {
  name: 'officer-end',
  usage: '"FULL NAME"',
  summary: 'Take an officer’s access token away; what they did stays under their name',
  async run(ctx, args) {
    const name = oneName(args);
    if (!(await removeOfficer(ctx, name))) throw new UsageError(`There is no officer ${name}.`);
    return `${name} cannot act any more.\n`;
  },
};

const describeLists = async (ctx: CentreContext): Promise<string> => {
  const lists = await createCurrentLists(ctx).read();
  const lines = Object.entries(lists).map(
    ([authority, { number, thisUpdate, nextUpdate, der }]) =>
      `${authority.padEnd(8)} number ${number}  from ${thisUpdate.toString()}  next by ${nextUpdate.toString()}  ${der.length} bytes`,
  );
  return `${lines.join('\n')}\n`;
};

export const crlSubcommand: Subcommand = {
  name: 'crl',
  usage: '[--publish]',
  summary: 'The revocation lists as they are; with --publish new ones first, due or not',
  async run(ctx, args) {
    const { values } = parseArgs({
      args: [...args],
      options: { publish: { type: 'boolean', default: false } },
    });
    if (values.publish) await publishRevocationLists(ctx, { always: true });
    return describeLists(ctx);
  },
};

const oneOf = (name: string, known: readonly string[], value: string | undefined): string | undefined => {
  if (value === undefined || known.includes(value)) return value;
  throw new UsageError(`--${name} takes one of ${known.join(', ')}.`);
};

export const listSubcommand: Subcommand = {
  name: 'list',
  usage: '[--inn INN] [--profile PROFILE] [--state STATE] [--before ID]',
  summary: 'Issued certificates, newest first, 50 at a time',
  async run(ctx, args) {
    const { values } = parseArgs({
      args: [...args],
      options: {
        inn: { type: 'string' },
        profile: { type: 'string' },
        state: { type: 'string' },
        before: { type: 'string' },
      },
    });
    const { certificates, next } = await readCertificates(ctx, {
      ...values,
      profile: oneOf('profile', CERTIFICATE_PROFILES, values.profile),
      state: oneOf('state', CERTIFICATE_STATES, values.state),
    });
    const more = next === null ? [] : [`More: --before ${next}`];
    return `${[...certificates.map(certificateLine), ...more].join('\n')}\n`;
  },
};

export const showSubcommand: Subcommand = {
  name: 'show',
  usage: 'CERTIFICATE',
  summary:
    'One certificate, its acts and its PEM; CERTIFICATE is an id or a serial number, as everywhere here',
  async run(ctx, args) {
    const { positionals } = parseArgs({ args: [...args], allowPositionals: true, options: {} });
    return readAndDescribe(ctx, await readCertificateId(ctx, positionals));
  },
};
