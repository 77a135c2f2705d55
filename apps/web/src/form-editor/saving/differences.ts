import type { Answers } from '@sochi/forms-engine';
import { rowsOf, sameRows, typedAt, withTyped } from '../draft/edit-answers.ts';
import { placeKey, type Place } from '../draft/place.ts';

export type Side = 'mine' | 'theirs';

/** Something two windows say differently: one cell, or a whole table where rows came or went. */
export type Difference = {
  readonly key: string;
  /** The side that changed it; mine where both did. */
  readonly suggested: Side;
} & (
  | { readonly of: 'cell'; readonly place: Place; readonly mine: string; readonly theirs: string }
  | { readonly of: 'table'; readonly table: string; readonly mineRows: number; readonly theirRows: number }
);

export interface ThreeAnswers {
  /** What both windows started from. */
  readonly base: Answers;
  readonly mine: Answers;
  readonly theirs: Answers;
}

const cellDifference = ({ base, mine, theirs }: ThreeAnswers, place: Place): Difference[] => {
  const [was, ours, other] = [typedAt(base, place), typedAt(mine, place), typedAt(theirs, place)];
  if (ours === other) return [];
  const suggested = ours === was ? 'theirs' : 'mine';
  return [{ of: 'cell', key: placeKey(place), suggested, place, mine: ours, theirs: other }];
};

const union = (...records: readonly object[]): string[] => [
  ...new Set(records.flatMap((record) => Object.keys(record))),
];

const tableDifferences = (three: ThreeAnswers, table: string): Difference[] => {
  const [base, mine, theirs] = [
    rowsOf(three.base, table),
    rowsOf(three.mine, table),
    rowsOf(three.theirs, table),
  ];
  if (sameRows(mine, theirs)) return [];
  if (base.length !== mine.length || base.length !== theirs.length) {
    const suggested = sameRows(base, mine) ? 'theirs' : 'mine';
    return [{ of: 'table', key: table, suggested, table, mineRows: mine.length, theirRows: theirs.length }];
  }
  return mine.flatMap((row, index) =>
    union(row, theirs[index] ?? {}).flatMap((column) => cellDifference(three, { table, row: index, column })),
  );
};

/** Every place where the two windows differ. */
export const differences = (three: ThreeAnswers): Difference[] => [
  ...union(three.mine.cells, three.theirs.cells).flatMap((cell) => cellDifference(three, { cell })),
  ...union(three.mine.tables, three.theirs.tables).flatMap((table) => tableDifferences(three, table)),
];

/** My answers with the other window's where they were chosen. */
export const mergeAnswers = (
  { mine, theirs }: Omit<ThreeAnswers, 'base'>,
  found: readonly Difference[],
  sideOf: (difference: Difference) => Side,
): Answers =>
  found.reduce((answers, difference) => {
    if (sideOf(difference) === 'mine') return answers;
    if (difference.of === 'cell') return withTyped(answers, difference.place, difference.theirs);
    const rows = rowsOf(theirs, difference.table).map((row) => ({ ...row }));
    return { ...answers, tables: { ...answers.tables, [difference.table]: rows } };
  }, mine);
