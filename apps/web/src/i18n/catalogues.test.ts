import { LANGUAGES } from '@sochi/contract';
import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, it } from 'vitest';
import { layoutWords } from '#layout/words.ts';
import { loginWords } from '#login/words.ts';
import { stateWords } from '#states/words.ts';
import { isSimple } from './message.ts';

type Catalogue = Record<(typeof LANGUAGES)[number], Record<string, string>>;

const isCatalogue = (value: unknown): value is Catalogue =>
  typeof value === 'object' && value !== null && LANGUAGES.every((language) => language in value);

const modules = import.meta.glob<Record<string, unknown>>(['../**/words.ts', '../**/*-words.ts'], {
  eager: true,
});
const catalogues = Object.entries(modules).flatMap(([path, module]) =>
  Object.entries(module).flatMap(([name, value]) =>
    isCatalogue(value) ? [{ name: `${path} ${name}`, value }] : [],
  ),
);

/** The parameters of an ICU message; throws where its syntax is wrong. */
const parametersOf = (message: string): string[] => {
  const found = new Set<string>();
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) node.forEach(walk);
    else if (typeof node === 'object' && node !== null) {
      const isLiteral = Reflect.get(node, 'type') === 0;
      const value: unknown = Reflect.get(node, 'value');
      if (!isLiteral && typeof value === 'string') found.add(value);
      Object.values(node).forEach(walk);
    }
  };
  walk(new IntlMessageFormat(message, 'ru', undefined, { ignoreTag: true }).getAst());
  return [...found].sort();
};

/** Words that are the same in Russian and Kyrgyz. */
const SAME = new Set([
  '-',
  '№',
  'Архив',
  'База',
  'Баланс',
  'Бухгалтер',
  'ИНН',
  'Орган',
  'ПИН-код',
  'Соцфонд',
  'СОчИ',
  'Форма',
  '{amount} сом',
  '{company}, ИНН {inn}',
]);

it('finds the catalogues', () => expect(catalogues.length).toBeGreaterThan(8));

describe.each(catalogues)('$name', ({ value }) => {
  it('has the same parameters in every language', () => {
    for (const key of Object.keys(value.ru)) {
      const [ru, ky, en] = LANGUAGES.map((language) => parametersOf(value[language][key] ?? ''));
      expect({ key, parameters: ky }).toEqual({ key, parameters: ru });
      expect({ key, parameters: en }).toEqual({ key, parameters: ru });
    }
  });

  it('leaves nothing empty and nothing Russian in Kyrgyz', () => {
    const empty = LANGUAGES.flatMap((language) =>
      Object.entries(value[language]).filter(([, text]) => text.trim() === ''),
    );
    expect(empty).toEqual([]);
    const russian = Object.entries(value.ru).filter(
      ([key, text]) => /[а-я]/i.test(text) && value.ky[key] === text && !SAME.has(text),
    );
    expect(russian).toEqual([]);
  });

  it('has no Russian letters in English', () => {
    expect(Object.entries(value.en).filter(([, text]) => /[а-яё]/i.test(text))).toEqual([]);
  });
});

it('keeps the login page free of plurals, whose library it does not load', () => {
  const said = [loginWords, stateWords].flatMap((words) =>
    LANGUAGES.flatMap((language) => Object.values(words[language])),
  );
  said.push(
    ...LANGUAGES.flatMap((language) => [layoutWords[language].brand, layoutWords[language].language]),
  );
  expect(said.filter((text) => !isSimple(text))).toEqual([]);
});
