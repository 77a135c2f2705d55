import { loadForm } from '@sochi/forms';
import { expect, it } from 'vitest';
import { fillFrom, readGrid } from './paste.ts';
import { blocksOf, nextStop } from './stops.ts';

const { definition } = await loadForm('gns/sti-091/9');
const rows = (count: number) => (table: string) => (table === 'ADV_CUR' ? count : 0);
const down = (stop: string, count = 0) => nextStop(blocksOf(definition, rows(count)), stop, 'down');
const up = (stop: string, count = 0) => nextStop(blocksOf(definition, rows(count)), stop, 'up');

it('goes down the column of bases past subtotals, not across the line', () => {
  expect(down('050')).toBe('053');
  expect(down('056')).toBe('060');
  expect(down('077')).toBe('130');
  expect(down('051')).toBe('054');
});

it('goes on from the end of a column to the next block and back', () => {
  expect(down('105')).toBe('050');
  expect(up('050')).toBe('105');
  expect(down('179')).toBe('+ADV_CUR');
  expect(down('179', 2)).toBe('ADV_CUR/0/description');
  expect(down('ADV_CUR/1/amount', 2)).toBe('+ADV_CUR');
  expect(down('+ADV_CUR', 2)).toBe('+ADV_PREV');
  expect(up('+ADV_PREV', 2)).toBe('+ADV_CUR');
});

it('stops at the ends and never at computed cells', () => {
  expect(up('105')).toBeUndefined();
  expect(down('+ADV_PREV')).toBeUndefined();
  const stops = blocksOf(definition, rows(1)).flatMap(({ columns }) => columns.flat());
  expect(stops).not.toContain('052');
  expect(stops).not.toContain('ADV_CUR/0/tax');
  expect(stops).not.toContain('102');
  expect(stops.filter((stop) => /^\d/.test(stop))).toHaveLength(1 + 52);
});

it('comes back the way it went, through every stop of a column', () => {
  for (const { columns } of blocksOf(definition, rows(3)))
    for (const stops of columns)
      for (const [index, stop] of stops.entries()) {
        const next = stops[index + 1];
        // The button under a table belongs to all of its columns.
        if (next === undefined || next.startsWith('+')) continue;
        expect(down(stop, 3)).toBe(next);
        expect(up(next, 3)).toBe(stop);
      }
});

it('reads what a spreadsheet copies', () => {
  expect(readGrid('1 000,50')).toBeUndefined();
  expect(readGrid('1 000,50\n')).toBeUndefined();
  expect(readGrid('1\r\n2\r\n')).toEqual([['1'], ['2']]);
  expect(readGrid('1\t4\n\n3\t2')).toEqual([['1', '4'], [''], ['3', '2']]);
});

const fill = (start: string, text: string, count = 0) =>
  fillFrom(start, readGrid(text) ?? [[text]], { definition, rowCount: rows(count) });

it('fills a column downwards past subtotals', () => {
  expect(fill('053', '1\n2\n3').changes).toEqual([
    { place: { cell: '053' }, text: '1' },
    { place: { cell: '056' }, text: '2' },
    { place: { cell: '060' }, text: '3' },
  ]);
});

it('fills bases and rates side by side and tells what had no place', () => {
  const { changes, left } = fill('176', '5\t8\n6\t0\n7\t1');
  expect(changes.map(({ place }) => place)).toEqual([
    { cell: '176' },
    { cell: '177' },
    { cell: '179' },
    { cell: '180' },
  ]);
  expect(left).toBe(2);
});

it('adds the rows a table needs, as many as the form allows', () => {
  const { rows: added, changes, left } = fill('ADV_CUR/1/amount', '10\n20\n30', 2);
  expect(added).toEqual({ table: 'ADV_CUR', count: 2 });
  expect(changes.at(-1)).toEqual({ place: { table: 'ADV_CUR', row: 3, column: 'amount' }, text: '30' });
  expect(left).toBe(0);
  const most = definition.tables[0]?.maxRows ?? 0;
  const many = fill('ADV_CUR/0/amount', Array.from({ length: most + 5 }, () => '1').join('\n'), 1);
  expect(many.rows?.count).toBe(most - 1);
  expect(many.left).toBe(5);
});
