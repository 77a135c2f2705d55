import { readFileSync, writeFileSync } from 'node:fs';
import type { z } from 'zod';
import { ENV } from '../apps/server/src/config.ts';
import { connectorSettings } from '@sochi/connectors';

/** Writes .env.example from the tables the programs read their settings by; with `--check` only says whether it is fresh. */
const TARGET = new URL('../.env.example', import.meta.url);

const defaultOf = (type: z.ZodType): string => {
  const parsed = type.safeParse(undefined);
  if (!parsed.success || parsed.data === undefined) return '';
  return Array.isArray(parsed.data) ? parsed.data.join('/') : JSON.stringify(parsed.data).replaceAll('"', '');
};

const lines = (title: string, settings: Record<string, z.ZodType>): string[] => [
  `# ${title}`,
  ...Object.entries(settings).flatMap(([name, type]) => [
    '',
    `# ${type.description ?? ''}`,
    `#${name}=${defaultOf(type)}`,
  ]),
  '',
];

const fresh = [
  ...lines('Portal and worker', ENV),
  ...connectorSettings.flatMap(({ id, settings }) => lines(`Connector «${id}»`, settings)),
].join('\n');
if (process.argv.includes('--check')) {
  process.exitCode = readFileSync(TARGET, 'utf8') === fresh ? 0 : 1;
} else {
  writeFileSync(TARGET, fresh);
}
