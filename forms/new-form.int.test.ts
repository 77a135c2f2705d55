import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const REPOSITORY = join(import.meta.dirname, '..');
const root = mkdtempSync(join(tmpdir(), 'sochi-forms-'));

/** A copy of forms/ where the tools may write; the packages are the real ones. */
beforeAll(() => {
  cpSync(join(REPOSITORY, 'forms'), join(root, 'forms'), { recursive: true });
  mkdirSync(join(root, 'connectors', 'gns'), { recursive: true });
  writeFileSync(join(root, 'connectors', 'gns', 'index.ts'), 'export const connector = {};\n');
  writeFileSync(join(root, 'package.json'), '{ "type": "module" }\n');
  symlinkSync(join(REPOSITORY, 'node_modules'), join(root, 'node_modules'));
});
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

const tool = (name: string, ...args: string[]): { status: number | null; output: string } => {
  const result = spawnSync(process.execPath, [join(REPOSITORY, 'tools', name), ...args, '--root', root], {
    encoding: 'utf8',
  });
  return { status: result.status, output: result.stdout + result.stderr };
};
const generated = (path: string): string => readFileSync(join(root, path), 'utf8');

describe('new-form and gen-registry', () => {
  it('scaffold a folder that passes the test of all forms at once', () => {
    expect(tool('new-form.ts', 'gns', 'sti-091', '10')).toMatchObject({ status: 0 });
    expect(generated('forms/registry.gen.ts')).toContain("import('./gns/sti-091/10/index.ts')");
    expect(generated('connectors/registry.gen.ts')).toContain("'gns': connector0");
    expect(tool('gen-registry.ts', '--check')).toMatchObject({ status: 0 });
    const vitest = join(REPOSITORY, 'node_modules', 'vitest', 'vitest.mjs');
    const output = execFileSync(
      process.execPath,
      [vitest, 'run', '--root', root, 'forms.test', 'forms.prop'],
      {
        encoding: 'utf8',
        cwd: root,
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    expect(output).toMatch(/Test Files .*2 passed/);
    expect(output).not.toContain('failed');
  }, 120_000);

  it('refuse names that are no folder names, and never overwrite', () => {
    expect(tool('new-form.ts', 'gns', '../evil', '1').status).toBe(2);
    expect(tool('new-form.ts', 'gns', 'sti-091').status).toBe(2);
    expect(tool('new-form.ts', 'gns', 'sti-091', '9')).toMatchObject({ status: 1 });
  });

  it('say when the registry is stale, and do not write it then', () => {
    const fresh = generated('forms/registry.gen.ts');
    writeFileSync(join(root, 'forms/registry.gen.ts'), fresh.replace('STI-091', 'STI-092'));
    const check = tool('gen-registry.ts', '--check');
    expect(check.status).toBe(1);
    expect(check.output).toContain('forms/registry.gen.ts is stale');
    expect(generated('forms/registry.gen.ts')).toContain('STI-092');
    expect(tool('gen-registry.ts').status).toBe(0);
    expect(generated('forms/registry.gen.ts')).toBe(fresh);
  });
});
