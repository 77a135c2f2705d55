/** One workspace: where it is, which workspaces it may use, and what its code must do without. */
export type Room = {
  folder: string;
  /** Names of rooms; `anything` only for tools around the product. */
  mayUse: readonly string[] | 'anything';
  /** Runs in the browser as well: no module of Node. */
  browser?: true;
  /** Is handed clock, random, disk and network instead of reaching for them. */
  pure?: true;
  /** Modules of Node that a pure room may use all the same. */
  builtins?: readonly string[];
};

const ALL_BUT_SCREENS_AND_AGENCY = [
  'kernel',
  'forms-engine',
  'forms',
  'signature',
  'contract',
  'connector-kit',
  'connectors',
  'bench',
] as const;

/** DESIGN: "The parts". A new workspace gets its line here, or the check fails. */
export const ROOMS: Readonly<Record<string, Room>> = {
  kernel: { folder: 'packages/kernel', mayUse: [], browser: true, pure: true },
  'forms-engine': { folder: 'packages/forms-engine', mayUse: ['kernel'], browser: true, pure: true },
  signature: {
    folder: 'packages/signature',
    mayUse: ['kernel'],
    pure: true,
    builtins: ['node:crypto', 'node:buffer', 'node:util'],
  },
  contract: { folder: 'packages/contract', mayUse: ['kernel'], browser: true },
  'connector-kit': { folder: 'packages/connector-kit', mayUse: ['kernel'] },
  forms: { folder: 'forms', mayUse: ['forms-engine', 'kernel'], browser: true, pure: true },
  connectors: { folder: 'connectors', mayUse: ['connector-kit', 'kernel'] },
  server: { folder: 'apps/server', mayUse: ALL_BUT_SCREENS_AND_AGENCY },
  agency: { folder: 'apps/agency', mayUse: ['kernel', 'signature'] },
  web: { folder: 'apps/web', mayUse: ['contract', 'kernel', 'forms-engine', 'forms'], browser: true },
  bench: { folder: 'bench', mayUse: 'anything' },
  e2e: { folder: 'e2e', mayUse: 'anything' },
  tools: { folder: 'tools', mayUse: 'anything' },
};

/** The room a file of the project is in; undefined for the few files at the root. */
export const roomOf = (path: string): string | undefined =>
  Object.keys(ROOMS).find((name) => path.startsWith(`${ROOMS[name]?.folder}/`));

/** Tests and what serves them: they may reach for clock, disk and processes. */
export const isTestCode = (path: string): boolean =>
  /\.(test|spec)\.tsx?$/.test(path) || /(^|\/)test(ing)?\//.test(path) || path.startsWith('e2e/');
