import { expect, it } from 'vitest';
import { differences, mergeAnswers } from './differences.ts';

const base = { cells: { '050': '1', '053': '2' }, tables: { ADV: [{ amount: '5' }] } };
const suggested = (mine: typeof base, theirs: typeof base) => {
  const found = differences({ base, mine, theirs });
  return { found, merged: mergeAnswers({ mine, theirs }, found, (difference) => difference.suggested) };
};

it('suggests each side what it alone changed', () => {
  const mine = { ...base, cells: { '050': '10', '053': '2' } };
  const theirs = { cells: { '050': '1', '053': '20' }, tables: { ADV: [{ amount: '50' }] } };
  const { found, merged } = suggested(mine, theirs);
  expect(found.map(({ key, suggested: side }) => [key, side])).toEqual([
    ['050', 'mine'],
    ['053', 'theirs'],
    ['ADV/0/amount', 'theirs'],
  ]);
  expect(merged).toEqual({ cells: { '050': '10', '053': '20' }, tables: { ADV: [{ amount: '50' }] } });
});

it('keeps mine where both changed the same cell', () => {
  const { merged } = suggested(
    { ...base, cells: { '050': '10', '053': '2' } },
    { ...base, cells: { '050': '11', '053': '2' } },
  );
  expect(merged.cells['050']).toBe('10');
});

it('treats a table whose rows came or went as one thing', () => {
  const theirs = { ...base, tables: { ADV: [{ amount: '5' }, { amount: '6' }] } };
  const { found, merged } = suggested(base, theirs);
  expect(found).toMatchObject([
    { of: 'table', table: 'ADV', mineRows: 1, theirRows: 2, suggested: 'theirs' },
  ]);
  expect(merged.tables).toEqual(theirs.tables);
});

it('finds nothing where an empty text meets a missing one', () => {
  expect(differences({ base, mine: { ...base, cells: { ...base.cells, '056': '' } }, theirs: base })).toEqual(
    [],
  );
});
