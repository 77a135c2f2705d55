import { expect, it } from 'vitest';

const sources = import.meta.glob<string>(['../**/*.tsx', '!../**/*.test.tsx'], {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** Names of the languages in themselves: the one text that must not be translated. */
const ALLOWED = ['../layout/LanguageSwitch.tsx'];

const withoutComments = (source: string): string =>
  source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');

const hardCoded = (source: string): string[] =>
  withoutComments(source).match(/[^\n]*[\u0400-\u04ff][^\n]*/g) ?? [];

it('sees Cyrillic text in code and not in comments', () => {
  expect(hardCoded("<p>Привет</p>\n// Это заметка\nconst a = 'b'; /* и это */")).toEqual(['<p>Привет</p>']);
});

it('finds no text outside the catalogues', () => {
  expect(Object.keys(sources).length).toBeGreaterThan(30);
  const found = Object.entries(sources)
    .filter(([path]) => !ALLOWED.includes(path))
    .flatMap(([path, source]) => hardCoded(source).map((line) => `${path}: ${line.trim()}`));
  expect(found).toEqual([]);
});
