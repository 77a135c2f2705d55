import { parseSync, Visitor } from 'oxc-parser';

/** One import of a file. `typeOnly` leaves no trace at run time. */
export type Import = { specifier: string; typeOnly: boolean; line: number };

/** What a file reaches for beyond its imports: `Date.now`, `new Date()`, `process`, `fetch`, `process.env`. */
export type Reach = { name: string; line: number };

export type ParsedModule = { path: string; imports: Import[]; reaches: Reach[]; errors: string[] };

/** Globals that touch the world outside: the clock, chance, the disk, the network, the process. */
const WORLDLY = new Set([
  'process',
  'fetch',
  'performance',
  'setTimeout',
  'setInterval',
  'XMLHttpRequest',
  'WebSocket',
]);
const WORLDLY_MEMBERS = new Set([
  'Date.now',
  'Math.random',
  'Temporal.Now',
  'crypto.randomUUID',
  'crypto.getRandomValues',
  'globalThis.process',
  'globalThis.fetch',
  'globalThis.performance',
  'process.env',
]);

const lineCounter = (source: string): ((offset: number) => number) => {
  const starts = [...source.matchAll(/\n/g)].map(({ index }) => index);
  return (offset) => starts.filter((start) => start < offset).length + 1;
};

const importsOf = (
  source: string,
  module: ReturnType<typeof parseSync>['module'],
  lineOf: (o: number) => number,
): Import[] => {
  const staticOnes = module.staticImports.map(({ start, moduleRequest }) => ({
    specifier: moduleRequest.value,
    typeOnly: /^import\s+type\b/.test(source.slice(start, start + 20)),
    line: lineOf(start),
  }));
  const reexports = module.staticExports.flatMap(({ start, entries }) => {
    const from = entries.find(({ moduleRequest }) => moduleRequest)?.moduleRequest;
    const typeOnly = /^export\s+type\b/.test(source.slice(start, start + 20));
    return from ? [{ specifier: from.value, typeOnly, line: lineOf(start) }] : [];
  });
  const dynamicOnes = module.dynamicImports.flatMap(({ moduleRequest: { start, end } }) => {
    const literal = /^['"`]([^'"`$]+)['"`]$/.exec(source.slice(start, end))?.[1];
    // An import whose name is computed cannot be judged here; the type checker and review have it.
    return literal ? [{ specifier: literal, typeOnly: true, line: lineOf(start) }] : [];
  });
  return [...staticOnes, ...reexports, ...dynamicOnes];
};

const reachesOf = (
  program: ReturnType<typeof parseSync>['program'],
  lineOf: (offset: number) => number,
): Reach[] => {
  const reaches: Reach[] = [];
  const reach = (name: string, { start }: { start: number }): void =>
    void reaches.push({ name, line: lineOf(start) });
  new Visitor({
    MemberExpression(node) {
      if (node.object.type !== 'Identifier') return;
      const { name } = node.object;
      const member = node.property.type === 'Identifier' ? `${name}.${node.property.name}` : name;
      if (WORLDLY_MEMBERS.has(member)) reach(member, node);
      else if (WORLDLY.has(name)) reach(name, node);
    },
    CallExpression({ callee }) {
      if (callee.type === 'Identifier' && WORLDLY.has(callee.name)) reach(callee.name, callee);
    },
    VariableDeclarator({ init }) {
      if (init?.type === 'Identifier' && WORLDLY.has(init.name)) reach(init.name, init);
    },
    NewExpression(node) {
      if (node.callee.type !== 'Identifier') return;
      if (node.callee.name === 'Date' && node.arguments.length === 0) reach('new Date()', node);
      else if (WORLDLY.has(node.callee.name)) reach(node.callee.name, node);
    },
  }).visit(program);
  return reaches;
};

/** Reads the imports of a TypeScript file, and what it reaches for, without TypeScript itself. */
export const parseModule = (path: string, source: string): ParsedModule => {
  const { module, program, errors } = parseSync(path, source);
  const lineOf = lineCounter(source);
  return {
    path,
    imports: importsOf(source, module, lineOf),
    reaches: reachesOf(program, lineOf),
    errors: errors.map(({ message }) => message),
  };
};
