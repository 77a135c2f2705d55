import { isTyped, type Table } from '@sochi/forms-engine';
import { useWords } from '#i18n/words.ts';
import { rowsOf } from '../draft/edit-answers.ts';
import { placeKey } from '../draft/place.ts';
import { useEditor } from '../editor-context.ts';
import { focusStop } from '../moving/focus-place.ts';
import { addRowStop } from '../moving/stops.ts';
import { useNotices } from '../notices/notices.ts';
import { editorWords } from '../words.ts';

// The new row is on the screen only after the next paint.
const focusSoon = (stop: string): void => {
  requestAnimationFrame(() => focusStop(document, stop));
};

/** Adding and deleting rows of a table, the focus going where one works on; a deleted row can be brought back. */
export const useRowActions = (table: Table): { add: () => void; remove: (row: number) => void } => {
  const say = useWords(editorWords);
  const { draft } = useEditor();
  const notify = useNotices();
  const first = table.columns.find(isTyped)?.code ?? '';
  const stopAt = (row: number): string => placeKey({ table: table.code, row, column: first });
  return {
    add: () => {
      const row = rowsOf(draft.answers(), table.code).length;
      draft.addRow(table.code);
      focusSoon(stopAt(row));
    },
    remove: (row) => {
      const gone = rowsOf(draft.answers(), table.code)[row];
      draft.deleteRow(table.code, row);
      const left = rowsOf(draft.answers(), table.code).length;
      focusSoon(left === 0 ? addRowStop(table.code) : stopAt(Math.min(row, left - 1)));
      notify({
        text: say('rows.deleted', { row: row + 1 }),
        undo: () => {
          draft.addRow(table.code, { ...gone }, Math.min(row, rowsOf(draft.answers(), table.code).length));
          focusSoon(stopAt(row));
        },
      });
    },
  };
};
