import { runUntilStopped } from '#runtime/index.ts';
import { readProcessEnv } from '../config.ts';
import { DEMO_COMPANIES } from '../demo/companies.ts';
import { wholeSystem } from '../whole-system.ts';
import type { Command } from './command.ts';

const ROLES = { head: 'руководитель', accountant: 'бухгалтер' } as const;

const loginTable = (): string => {
  const rows = DEMO_COMPANIES.flatMap(({ inn, name, officers }) =>
    officers.map(({ role, fullName, pin }) => [inn, ROLES[role], pin, name, fullName]),
  );
  const table = [['ИНН', 'Роль', 'ПИН', 'Компания', 'Кто'], ...rows];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  return table
    .map(
      (row) =>
        `  ${row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd()}`,
    )
    .join('\n');
};

export const startCommand: Command = {
  name: 'start',
  summary: 'Run everything on this machine: database, portal, worker, a training agency, demonstration data',
  help: 'What `npm start` does. PORT=8081 npm start uses another port; DATABASE_URL uses that PostgreSQL instead of an embedded one.',
  run() {
    const { config, secrets } = readProcessEnv();
    const say = (line: string): void => {
      process.stdout.write(`${line}\n`);
    };
    return runUntilStopped({
      ...wholeSystem({ config, secrets, report: say }),
      onReady: ({ url }) => say(`\nСОчИ: ${url}\n\n${loginTable()}\n\nCtrl-C stops it.`),
    });
  },
};
