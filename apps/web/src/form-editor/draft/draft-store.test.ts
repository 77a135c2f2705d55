import { loadForm } from '@sochi/forms';
import { compileForm, emptyAnswers, type Answers } from '@sochi/forms-engine';
import { expect, it } from 'vitest';
import { openDraft } from './draft-store.ts';

const compiled = compileForm((await loadForm('gns/sti-091/9')).definition);
const context = {
  profile: { inn: '01203201610123', name: 'ОсОО «Тест»', officeCode: '004', phone: '+996555123456' },
  period: { from: '2026-07-01', to: '2026-09-30' },
  kind: 'initial',
  today: '2026-10-05',
} as const;
const open = (answers: Answers = emptyAnswers()) => {
  const seen: Answers[] = [];
  return { seen, draft: openDraft({ compiled, context, answers, onChange: (next) => seen.push(next) }) };
};
const type = (draft: ReturnType<typeof open>['draft'], cells: Record<string, string>) =>
  draft.type(Object.entries(cells).map(([cell, text]) => ({ place: { cell }, text })));

it('recalculates the test vector of the form as it is typed', () => {
  const { draft } = open();
  type(draft, {
    '053': '1000',
    '054': '4',
    '056': '500',
    '057': '2',
    '063': '300',
    '064': '1',
    '067': '200',
    '068': '6',
  });
  draft.addRow('ADV_CUR', { description: 'аванс', amount: '150', rate: '2' });
  draft.addRow('ADV_PREV', { description: 'аванс', amount: '50', rate: '2' });
  expect(draft.cell('059').value).toEqual({ ok: true, text: '50' });
  expect(draft.cell('186').value).toEqual({ ok: true, text: '2100' });
  expect(draft.cell('187').value).toEqual({ ok: true, text: '67' });
});

it('gives the same object for a cell in which nothing changed', () => {
  const { draft } = open();
  const [same, sum, other] = [draft.cell('050'), draft.cell('055'), draft.cell('141')];
  type(draft, { '053': '1000' });
  expect(draft.cell('050')).toBe(same);
  expect(draft.cell('141')).toBe(other);
  expect(draft.cell('055')).not.toBe(sum);
});

it('keeps a text as it was typed, readable or not', () => {
  const { draft, seen } = open();
  type(draft, { '053': ' 1 000,5 ', '056': '12a' });
  expect(seen.at(-1)?.cells).toEqual({ '053': ' 1 000,5 ', '056': '12a' });
  expect(draft.cell('055').value).toEqual({ ok: true, text: '40.02' });
  expect(draft.cell('056').findings).toMatchObject([{ code: 'not_a_number', severity: 'E' }]);
  expect(draft.cell('059').value).toEqual({ ok: false, error: 'depends' });
});

it('names rows so that the others keep theirs when one goes', () => {
  const { draft } = open();
  for (const amount of ['1', '2', '3']) draft.addRow('ADV_CUR', { amount });
  const names = draft.rowIds('ADV_CUR');
  draft.deleteRow('ADV_CUR', 1);
  expect(draft.rowIds('ADV_CUR')).toEqual([names[0], names[2]]);
  expect(draft.answers().tables['ADV_CUR']).toEqual([{ amount: '1' }, { amount: '3' }]);
  draft.addRow('ADV_CUR', { amount: '2' }, 1);
  expect(draft.answers().tables['ADV_CUR']?.map(({ amount }) => amount)).toEqual(['1', '2', '3']);
  expect(new Set(draft.rowIds('ADV_CUR')).size).toBe(3);
});

it('is not an edit when another window is taken over', () => {
  const { draft, seen } = open();
  draft.replace({ cells: { '050': '7' }, tables: { ADV_CUR: [{ amount: '1' }] } });
  expect(draft.cell('050').typed).toBe('7');
  expect(draft.rowIds('ADV_CUR')).toHaveLength(1);
  expect(seen).toEqual([]);
});

it('costs far less than a frame per keystroke', () => {
  const { draft } = open();
  for (let row = 0; row < 100; row += 1) draft.addRow('ADV_CUR', { amount: String(row), rate: '2' });
  const started = performance.now();
  for (let key = 0; key < 100; key += 1) type(draft, { '053': String(key) });
  expect((performance.now() - started) / 100).toBeLessThan(8);
});
