import { builtinModules } from 'node:module';
import { findCycles } from './find-cycles.ts';
import { parseModule, type Import, type ParsedModule } from './parse-module.ts';
import { resolveImport, type Target } from './resolve-import.ts';
import { isTestCode, roomOf, ROOMS } from './rooms.ts';

/** One broken rule, as a line for people: `path:line: sentence`. */
export type Violation = { path: string; line: number; sentence: string };

export type WallReport = { modules: number; imports: number; violations: Violation[] };

type Judge = (from: string, target: Target, specifier: string) => string | undefined;

const roomRule: Judge = (from, target, specifier) => {
  const room = roomOf(from);
  const rules = room === undefined ? undefined : ROOMS[room];
  if (!rules || rules.mayUse === 'anything') return undefined;
  if (target.kind === 'workspace') {
    return target.room === room || rules.mayUse.includes(target.room)
      ? undefined
      : `${room} may not use ${target.room}`;
  }
  if (target.kind !== 'file') return undefined;
  const other = roomOf(target.path);
  if (other === room) return undefined;
  return `${room} reaches into ${other ?? 'the project root'} by path (${specifier}): use the name of the package`;
};

const moduleOf = (path: string): string | undefined =>
  /^apps\/server\/src\/modules\/([^/]+)\//.exec(path)?.[1];

const moduleRule: Judge = (from, target) => {
  if (target.kind !== 'file') return undefined;
  const [mine, other] = [moduleOf(from), moduleOf(target.path)];
  if (!mine || !other || mine === other || target.path.endsWith(`/modules/${other}/index.ts`))
    return undefined;
  return `module ${mine} may meet module ${other} only through its index.ts`;
};

const builtinRule: Judge = (from, target) => {
  const room = roomOf(from);
  const rules = room === undefined ? undefined : ROOMS[room];
  // What stands beside a room's src/ (vite.config.ts) is about building it, not part of it.
  const isOutsideSource = from.startsWith('apps/') && !from.includes('/src/');
  if (!rules || isTestCode(from) || isOutsideSource) return undefined;
  if (target.kind === 'package' && builtinModules.includes(target.name)) return `write node:${target.name}`;
  if (target.kind !== 'builtin' || (!rules.browser && !rules.pure)) return undefined;
  if (rules.builtins?.includes(target.name)) return undefined;
  return `${room} ${rules.pure ? 'is pure' : 'runs in the browser'} and may not use ${target.name}`;
};

const missingRule: Judge = (_, target) =>
  target.kind === 'missing' ? `${target.name} does not exist` : undefined;

const testRule: Judge = (from, target) => {
  const room = roomOf(from);
  const isProduct = room !== undefined && ROOMS[room]?.mayUse !== 'anything' && !isTestCode(from);
  return isProduct && target.kind === 'file' && isTestCode(target.path)
    ? `${target.path} is only for tests`
    : undefined;
};

const RULES = [roomRule, moduleRule, builtinRule, missingRule, testRule];

const mayReadEnvironment = (path: string): boolean =>
  isTestCode(path) ||
  /^apps\/[^/]+\/src\/config[^/]*\.ts$/.test(path) ||
  /^(tools|bench)\//.test(path) ||
  !path.includes('/');

const reachViolations = ({ path, reaches }: ParsedModule): Violation[] => {
  const room = roomOf(path);
  const isPure = room !== undefined && ROOMS[room]?.pure === true && !isTestCode(path);
  return reaches.flatMap(({ name, line }) => {
    if (isPure)
      return [{ path, line, sentence: `${room} is pure and may not use ${name}: let it be handed in` }];
    const isForbidden = name === 'process.env' && !mayReadEnvironment(path);
    return isForbidden ? [{ path, line, sentence: 'only config files read process.env' }] : [];
  });
};

const fileOf = (target: Target): string | undefined =>
  target.kind === 'file' || target.kind === 'workspace' ? target.path : undefined;

const cycleViolations = (
  modules: readonly ParsedModule[],
  resolve: (from: string, i: Import) => Target,
): Violation[] => {
  const edges = new Map(
    modules.map(({ path, imports }) => {
      const lasting = imports.filter(({ typeOnly }) => !typeOnly).map((each) => fileOf(resolve(path, each)));
      return [path, lasting.filter((file) => file !== undefined)];
    }),
  );
  return findCycles(edges).map((ring) => ({
    path: ring[0] ?? '',
    line: 1,
    sentence: `these import one another in a ring: ${ring.join(', ')}`,
  }));
};

/** Judges the source files of the project, given as path from the root -> text. */
export const checkWalls = (files: ReadonlyMap<string, string>): WallReport => {
  const modules = [...files].map(([path, source]) => parseModule(path, source));
  const resolve = (from: string, { specifier }: Import): Target =>
    resolveImport(specifier, from, (path) => files.has(path));
  const broken = modules.flatMap((module) => {
    const { path, imports, errors } = module;
    const unread = errors.map((message) => ({ path, line: 1, sentence: `cannot be read: ${message}` }));
    const homeless = path.includes('/') && roomOf(path) === undefined;
    const stray = homeless ? [{ path, line: 1, sentence: 'is in no room of tools/walls/rooms.ts' }] : [];
    const crossings = imports.flatMap((each) =>
      RULES.flatMap((judge) => {
        const sentence = judge(path, resolve(path, each), each.specifier);
        return sentence ? [{ path, line: each.line, sentence }] : [];
      }),
    );
    return [...unread, ...stray, ...crossings, ...reachViolations(module)];
  });
  return {
    modules: modules.length,
    imports: modules.reduce((sum, { imports }) => sum + imports.length, 0),
    violations: [...broken, ...cycleViolations(modules, resolve)],
  };
};
