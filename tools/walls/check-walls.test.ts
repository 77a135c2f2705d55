import { expect, test } from 'vitest';
import { checkWalls } from './check-walls.ts';

const INDEXES = [
  'packages/kernel/src/index.ts',
  'packages/forms-engine/src/index.ts',
  'packages/signature/src/index.ts',
  'packages/contract/src/index.ts',
  'packages/connector-kit/src/index.ts',
  'connectors/index.ts',
  'forms/index.ts',
  'apps/server/src/modules/news/index.ts',
  'apps/server/src/modules/news/queries.ts',
  'apps/server/src/test/portal.ts',
  'apps/agency/src/main.ts',
  'apps/web/src/main.tsx',
];

const sentences = (planted: Record<string, string>): string[] => {
  const house = INDEXES.map((path): [string, string] => [path, 'export const here = 1;\n']);
  const { violations } = checkWalls(new Map([...house, ...Object.entries(planted)]));
  return violations.map(({ path, line, sentence }) => `${path}:${line}: ${sentence}`);
};

const PLANTED: [rule: string, path: string, source: string, sentence: string][] = [
  [
    'kernel uses nothing of ours',
    'packages/kernel/src/x.ts',
    `import '@sochi/contract';`,
    'kernel may not use contract',
  ],
  [
    'forms-engine uses kernel only',
    'packages/forms-engine/src/x.ts',
    `import '@sochi/forms';`,
    'forms-engine may not use forms',
  ],
  ['forms do not use signature', 'forms/x.ts', `import '@sochi/signature';`, 'forms may not use signature'],
  [
    'signature uses kernel only',
    'packages/signature/src/x.ts',
    `import '@sochi/contract';`,
    'signature may not use contract',
  ],
  [
    'contract uses kernel only',
    'packages/contract/src/x.ts',
    `import '@sochi/forms-engine';`,
    'contract may not use forms-engine',
  ],
  [
    'connector-kit uses kernel only',
    'packages/connector-kit/src/x.ts',
    `import '@sochi/signature';`,
    'connector-kit may not use signature',
  ],
  [
    'connectors do not use signature',
    'connectors/gns/x.ts',
    `import '@sochi/signature';`,
    'connectors may not use signature',
  ],
  [
    'agency does not use server',
    'apps/agency/src/x.ts',
    `import '@sochi/server';`,
    'agency may not use server',
  ],
  [
    'agency does not use contract',
    'apps/agency/src/x.ts',
    `export * from '@sochi/contract';`,
    'agency may not use contract',
  ],
  [
    'web does not use connectors',
    'apps/web/src/x.tsx',
    `import '@sochi/connectors';`,
    'web may not use connectors',
  ],
  [
    'web does not use agency by type',
    'apps/web/src/x.ts',
    `import type { A } from '@sochi/agency';`,
    'web may not use agency',
  ],
  [
    'web does not import it lazily',
    'apps/web/src/x.ts',
    `await import('@sochi/server');`,
    'web may not use server',
  ],
  ['server does not use web', 'apps/server/src/x.ts', `import '@sochi/web';`, 'server may not use web'],
  [
    'server does not use agency',
    'apps/server/src/x.ts',
    `import '@sochi/agency';`,
    'server may not use agency',
  ],
  [
    'no way round by path',
    'apps/server/src/x.ts',
    `import '../../agency/src/main.ts';`,
    'server reaches into agency by path (../../agency/src/main.ts): use the name of the package',
  ],
  [
    'modules meet through index.ts',
    'apps/server/src/modules/filings/x.ts',
    `import '../news/queries.ts';`,
    'module filings may meet module news only through its index.ts',
  ],
  [
    'also by #',
    'apps/server/src/modules/filings/x.ts',
    `import '#modules/news/queries.ts';`,
    'module filings may meet module news only through its index.ts',
  ],
  [
    'web has no Node',
    'apps/web/src/x.ts',
    `import 'node:fs';`,
    'web runs in the browser and may not use node:fs',
  ],
  [
    'contract runs in the browser',
    'packages/contract/src/x.ts',
    `import 'node:fs';`,
    'contract runs in the browser and may not use node:fs',
  ],
  [
    'kernel reads no disk',
    'packages/kernel/src/x.ts',
    `import 'node:fs';`,
    'kernel is pure and may not use node:fs',
  ],
  [
    'signature opens no port',
    'packages/signature/src/x.ts',
    `import 'node:net';`,
    'signature is pure and may not use node:net',
  ],
  ['builtins wear node:', 'apps/server/src/x.ts', `import 'fs';`, 'write node:fs'],
  [
    'nothing imports what is not there',
    'apps/server/src/x.ts',
    `import './gone.ts';`,
    'apps/server/src/gone.ts does not exist',
  ],
  [
    'nor a workspace that is not there',
    'apps/server/src/x.ts',
    `import '@sochi/cellar';`,
    '@sochi/cellar does not exist',
  ],
  [
    'the product does not lean on its tests',
    'apps/server/src/x.ts',
    `import './test/portal.ts';`,
    'apps/server/src/test/portal.ts is only for tests',
  ],
  ['every file has a room', 'apps/cellar/src/x.ts', `export {};`, 'is in no room of tools/walls/rooms.ts'],
  [
    'only config reads the environment',
    'apps/server/src/x.ts',
    `export const a = process.env['A'];`,
    'only config files read process.env',
  ],
];

test.each(PLANTED)('%s', (_rule, path, source, sentence) => {
  expect(sentences({ [path]: source })).toEqual([`${path}:1: ${sentence}`]);
});

test.each([
  'Date.now()',
  'new Date()',
  'Math.random()',
  'fetch("x")',
  'Temporal.Now.instant()',
  'crypto.randomUUID()',
])('a pure package may not say %s', (expression) => {
  const [sentence, ...more] = sentences({ 'packages/kernel/src/x.ts': `\nexport const a = ${expression};` });
  expect(sentence).toMatch(
    /^packages\/kernel\/src\/x\.ts:2: kernel is pure and may not use .*: let it be handed in$/,
  );
  expect(more).toEqual([]);
});

test('a ring of imports is found, also through an index and a package name', () => {
  expect(
    sentences({
      'apps/agency/src/a.ts': `import './b.ts';`,
      'apps/agency/src/b.ts': `import './c.ts';`,
      'apps/agency/src/c.ts': `export * from './a.ts';`,
    }),
  ).toEqual([
    'apps/agency/src/a.ts:1: these import one another in a ring: apps/agency/src/a.ts, apps/agency/src/b.ts, apps/agency/src/c.ts',
  ]);
});

test('a file that cannot be read is not passed over', () => {
  expect(sentences({ 'apps/server/src/x.ts': 'import { from' })[0]).toMatch(/cannot be read/);
});

test('what the house allows is allowed', () => {
  const allowed = {
    'packages/kernel/src/x.ts': `export const day = (now: Date) => new Date(now); export const made = new Date(2026, 1, 1);`,
    'packages/kernel/src/x.test.ts': `import 'node:fs'; export const now = Date.now();`,
    'packages/signature/src/x.ts': `import 'node:crypto'; import '@sochi/kernel';`,
    'apps/server/src/modules/filings/x.ts': `import '../news/index.ts'; import '@sochi/forms'; import 'pg';`,
    'apps/server/src/config.ts': `export const port = process.env['PORT'];`,
    'apps/web/src/x.tsx': `import './style.css'; import '@sochi/contract'; import 'react';`,
    'apps/agency/src/a.ts': `import type { B } from './b.ts'; export type A = B;`,
    'apps/agency/src/b.ts': `import './a.ts'; export type B = 1;`,
    'tools/x.ts': `import '../apps/server/src/modules/news/queries.ts'; import 'node:fs'; export const e = process.env;`,
    'vitest.config.ts': `import 'vitest/config';`,
  };
  expect(sentences(allowed)).toEqual([]);
});
