import { parseArgs } from 'node:util';
import { REVOCATION_REASONS, RevocationReason } from '@sochi/contract';
import { resume, revoke, suspend } from '#modules/certification/index.ts';
import { UsageError } from '../command.ts';
import { BASIS_OPTIONS, BASIS_USAGE, need, readBasis, readCertificateId } from './options.ts';
import { readAndDescribe } from './show-certificate.ts';
import type { Subcommand } from './subcommand.ts';

const simpleChange = (name: 'suspend' | 'resume', summary: string, change: typeof suspend): Subcommand => ({
  name,
  usage: `CERTIFICATE ${BASIS_USAGE}`,
  summary,
  async run(ctx, args) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: BASIS_OPTIONS,
    });
    const id = await readCertificateId(ctx, positionals);
    return readAndDescribe(ctx, await change(ctx, await readBasis(ctx, values), id));
  },
});

export const suspendSubcommand = simpleChange(
  'suspend',
  'Stop a signature at once: sessions, delegations and signing end; needs no paper',
  suspend,
);

export const resumeSubcommand = simpleChange('resume', 'End a suspension', resume);

export const revokeSubcommand: Subcommand = {
  name: 'revoke',
  usage: `CERTIFICATE --reason ${REVOCATION_REASONS.join('|')} ${BASIS_USAGE}`,
  summary: 'End a certificate for ever',
  async run(ctx, args) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { ...BASIS_OPTIONS, reason: { type: 'string' } },
    });
    const id = await readCertificateId(ctx, positionals);
    const reason = RevocationReason.safeParse(need(values, 'reason'));
    if (!reason.success) throw new UsageError(`--reason takes one of ${REVOCATION_REASONS.join(', ')}.`);
    const basis = await readBasis(ctx, values);
    return readAndDescribe(ctx, await revoke(ctx, basis, { id, reason: reason.data }));
  },
};
