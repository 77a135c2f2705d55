import { DOCUMENT_KINDS } from '@sochi/contract';
import { requireDatabaseUrl } from '../compose.ts';
import { readProcessEnv } from '../config.ts';
import { withCentre } from '../with-centre.ts';
import { resumeSubcommand, revokeSubcommand, suspendSubcommand } from './ca/changing.ts';
import { issueRequestSubcommand, issueSubcommand, renewSubcommand } from './ca/issuing.ts';
import {
  crlSubcommand,
  initSubcommand,
  listSubcommand,
  officerAddSubcommand,
  officerEndSubcommand,
  showSubcommand,
} from './ca/keeping.ts';
import type { Subcommand } from './ca/subcommand.ts';
import type { Command } from './command.ts';

const SUBCOMMANDS: readonly Subcommand[] = [
  initSubcommand,
  officerAddSubcommand,
  officerEndSubcommand,
  issueSubcommand,
  issueRequestSubcommand,
  renewSubcommand,
  suspendSubcommand,
  resumeSubcommand,
  revokeSubcommand,
  crlSubcommand,
  listSubcommand,
  showSubcommand,
];

const HELP = [
  'Usage: npm run sochi -- ca <what> [options]',
  '',
  ...SUBCOMMANDS.flatMap(({ name, usage, summary }) => [`  ${name} ${usage}`, `      ${summary}`]),
  '',
  'Settings come from the environment: DATABASE_URL, VAR_DIR, PKI_URL ... FILE may be - for standard input.',
  `Kinds of documents: ${DOCUMENT_KINDS.join(', ')}.`,
  'docs/runbooks/certification-centre.md tells when to do what.',
].join('\n');

export const caCommand: Command = {
  name: 'ca',
  summary: 'The certification centre: issue, renew, suspend and revoke signatures, publish lists',
  help: HELP,
  async run([name, ...args]) {
    const subcommand = SUBCOMMANDS.find((candidate) => candidate.name === name);
    if (!subcommand) {
      process.stderr.write(`${HELP}\n`);
      return 2;
    }
    const { config, secrets } = readProcessEnv();
    process.stdout.write(
      await withCentre(config, requireDatabaseUrl(secrets), (ctx) => subcommand.run(ctx, args)),
    );
    return 0;
  },
};
