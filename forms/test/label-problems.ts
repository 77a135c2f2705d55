import { LANGUAGES } from '@sochi/forms-engine';
import type { FormDefinition, FormModule, SectionItem } from '@sochi/forms-engine';

const itemLabels = (item: SectionItem): string[] => {
  if (item.item === 'line') return [item.label, 'column.base', 'column.rate', 'column.tax'];
  return item.item === 'heading' || item.item === 'subtotal' ? [item.label] : [];
};

const wantedKeys = ({ cells, tables, sections, checks }: FormDefinition): Set<string> =>
  new Set([
    'title',
    'short',
    'who',
    ...cells.map(({ label }) => label),
    ...tables.flatMap(({ label, columns }) => [label, ...columns.map((column) => column.label)]),
    ...sections.flatMap(({ label, items }) => [label, ...items.flatMap(itemLabels)]),
    ...checks.map(({ id }) => `check.${id}`),
  ]);

const placeholders = (text: string): string => [...new Set(text.match(/\{\w+\}/g))].sort().join(' ');

const placeholderProblems = ({ definition, labels }: FormModule): string[] =>
  definition.checks.flatMap(({ id, data }) =>
    LANGUAGES.filter((language) => {
      const given = Object.keys(data ?? {}).map((name) => `{${name}}`);
      return placeholders(labels[language][`check.${id}`] ?? '') !== given.sort().join(' ');
    }).map((language) => `check.${id} in ${language} does not use exactly its data`),
  );

/** Captions that are missing, empty, of no use, or with wrong placeholders, in any language. */
export const labelProblems = (form: FormModule): string[] => {
  const wanted = wantedKeys(form.definition);
  const perLanguage = LANGUAGES.flatMap((language) => {
    const labels = form.labels[language];
    return [
      ...[...wanted]
        .filter((key) => (labels[key] ?? '').trim() === '')
        .map((key) => `${key} has no words in ${language}`),
      ...Object.keys(labels)
        .filter((key) => !wanted.has(key))
        .map((key) => `${key} in ${language} is used nowhere`),
    ];
  });
  return [...perLanguage, ...placeholderProblems(form)];
};
