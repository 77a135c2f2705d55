import { openCalculation } from '@sochi/forms-engine';
import type {
  Answers,
  Calculation,
  CalculationContext,
  CellValue,
  CompiledForm,
  Finding,
} from '@sochi/forms-engine';
import { rowsOf, typedAt, withRow, withTyped, withoutRow } from './edit-answers.ts';
import { nameRows } from './row-names.ts';
import { placeKey, placeOf, type Place } from './place.ts';

/** Everything a cell on the screen shows; the same object as long as nothing in it changed. */
export interface CellState {
  readonly typed: string;
  readonly value: CellValue;
  readonly findings: readonly Finding[];
}

/** One typed text on its way into the draft. */
export interface Change {
  readonly place: Place;
  readonly text: string;
}

/**
 * The draft on the screen: answers and their calculation. Every change recalculates at once; a subscriber asks for its own
 * snapshot and gets the same object back unless it changed, so that only changed cells render again.
 */
export interface DraftStore {
  readonly subscribe: (listener: () => void) => () => void;
  readonly answers: () => Answers;
  readonly calculation: () => Calculation;
  readonly findings: () => readonly Finding[];
  readonly cell: (key: string) => CellState;
  /** Names of the rows of a table that stay with them when others come and go. */
  readonly rowIds: (table: string) => readonly number[];
  readonly type: (changes: readonly Change[]) => void;
  readonly addRow: (table: string, row?: Record<string, string>, at?: number) => void;
  readonly deleteRow: (table: string, row: number) => void;
  /** Puts other answers in the place of these: another window's, or a merge. */
  readonly replace: (answers: Answers) => void;
}

const NO_FINDINGS: readonly Finding[] = [];
const NO_VALUE: CellValue = { ok: true, text: '' };

const sameValue = (left: CellValue, right: CellValue): boolean =>
  left === right ||
  (left.ok ? right.ok && left.text === right.text : !right.ok && left.error === right.error);

const sameFindings = (left: readonly Finding[], right: readonly Finding[]): boolean =>
  left === right || (left.length === right.length && JSON.stringify(left) === JSON.stringify(right));

const byPlace = (findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> => {
  const places = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = placeKey(finding.at);
    const known = places.get(key);
    if (known) known.push(finding);
    else places.set(key, [finding]);
  }
  return places;
};

const valueAt = (calculation: Calculation, place: Place): CellValue =>
  ('cell' in place
    ? calculation.cells[place.cell]
    : calculation.tables[place.table]?.[place.row]?.[place.column]) ?? NO_VALUE;

type Scene = {
  answers: Answers;
  calculation: Calculation;
  findings: readonly Finding[];
  places: ReadonlyMap<string, readonly Finding[]>;
};

/** Hands out the same object for the same content, so that React sees no change where there is none. */
const rememberCells = (scene: () => Scene): ((key: string) => CellState) => {
  const cells = new Map<string, CellState>();
  const look = (key: string): CellState => {
    const place = placeOf(key);
    const { answers, calculation, places } = scene();
    return {
      typed: typedAt(answers, place),
      value: valueAt(calculation, place),
      findings: places.get(key) ?? NO_FINDINGS,
    };
  };
  return (key) => {
    const known = cells.get(key);
    const now = look(key);
    const same =
      known !== undefined &&
      known.typed === now.typed &&
      sameValue(known.value, now.value) &&
      sameFindings(known.findings, now.findings);
    if (same) return known;
    cells.set(key, now);
    return now;
  };
};

/** Opens the draft for typing; open a new one when the context changes. `onChange` hears of every change of the answers. */
export const openDraft = (given: {
  compiled: CompiledForm;
  context: CalculationContext;
  answers: Answers;
  onChange: (answers: Answers) => void;
}): DraftStore => {
  const calculate = openCalculation(given.compiled, given.context);
  const listeners = new Set<() => void>();
  const sceneOf = (answers: Answers, previous: readonly Finding[]): Scene => {
    const calculation = calculate(answers);
    const findings = sameFindings(previous, calculation.findings) ? previous : calculation.findings;
    return { answers, calculation, findings, places: byPlace(findings) };
  };
  let scene = sceneOf(given.answers, NO_FINDINGS);
  const names = nameRows((table) => rowsOf(scene.answers, table).length);
  const show = (answers: Answers): void => {
    scene = sceneOf(answers, scene.findings);
    for (const listener of listeners) listener();
  };
  const change = (answers: Answers): void => {
    show(answers);
    given.onChange(answers);
  };
  return {
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    answers: () => scene.answers,
    calculation: () => scene.calculation,
    findings: () => scene.findings,
    cell: rememberCells(() => scene),
    rowIds: names.of,
    type: (changes) =>
      change(changes.reduce((answers, { place, text }) => withTyped(answers, place, text), scene.answers)),
    addRow: (table, row, at = rowsOf(scene.answers, table).length) => {
      names.insert(table, at);
      change(withRow(scene.answers, table, row, at));
    },
    deleteRow: (table, row) => {
      names.remove(table, row);
      change(withoutRow(scene.answers, table, row));
    },
    replace: (answers) => {
      names.forget();
      show(answers);
    },
  };
};
