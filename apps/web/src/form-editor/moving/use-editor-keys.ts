import type { CompiledForm } from '@sochi/forms-engine';
import { CELL_TEXT_LIMIT } from '@sochi/forms-engine';
import { useEffect, useRef, type ClipboardEvent, type KeyboardEvent } from 'react';
import { useWords } from '#i18n/words.ts';
import type { DraftStore } from '../draft/draft-store.ts';
import { rowsOf } from '../draft/edit-answers.ts';
import type { Notice } from '../notices/notices.ts';
import { editorWords } from '../words.ts';
import { focusStop, stopOf } from './focus-place.ts';
import { fillFrom, readGrid, undoOf } from './paste.ts';
import { blocksOf, nextStop, type Direction } from './stops.ts';

type Options = {
  readonly draft: DraftStore;
  readonly compiled: CompiledForm;
  readonly notify: (notice: Notice) => void;
};

const directionOf = (event: KeyboardEvent): Direction | undefined => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.nativeEvent.isComposing) return undefined;
  if (event.key === 'ArrowDown' && !event.shiftKey) return 'down';
  if (event.key === 'ArrowUp' && !event.shiftKey) return 'up';
  if (event.key !== 'Enter') return undefined;
  // Enter on a button presses it.
  if (event.target instanceof HTMLButtonElement) return undefined;
  return event.shiftKey ? 'up' : 'down';
};

/** Enter and the arrows through the columns, and columns pasted from a spreadsheet; for the element around the form. */
export const useFormKeys = ({ draft, compiled, notify }: Options) => {
  const say = useWords(editorWords);
  const rowCount = (table: string): number => rowsOf(draft.answers(), table).length;
  const { definition } = compiled;

  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const stop = stopOf(event.target);
    const direction = directionOf(event);
    if (stop === undefined || direction === undefined) return;
    event.preventDefault();
    const next = nextStop(blocksOf(definition, rowCount), stop, direction);
    if (next !== undefined) focusStop(event.currentTarget, next);
  };

  const fill = (stop: string, grid: readonly (readonly string[])[]): void => {
    const { rows, changes, left } = fillFrom(stop, grid, { definition, rowCount });
    const before = draft.answers();
    for (let added = 0; rows && added < rows.count; added += 1) draft.addRow(rows.table);
    const back = undoOf(changes, (key) => draft.cell(key).typed);
    draft.type(changes);
    const undo = (): void => {
      draft.type(back);
      for (let gone = 0; rows && gone < rows.count; gone += 1) {
        const last = rowCount(rows.table) - 1;
        if (last >= rowsOf(before, rows.table).length) draft.deleteRow(rows.table, last);
      }
    };
    notify({ text: say(left > 0 ? 'paste.left' : 'paste.done', { count: changes.length, left }), undo });
  };

  const onPaste = (event: ClipboardEvent<HTMLElement>): void => {
    const stop = stopOf(event.target);
    if (stop === undefined || !(event.target instanceof HTMLInputElement)) return;
    const text = event.clipboardData.getData('text/plain');
    const grid = readGrid(text);
    if (grid) {
      event.preventDefault();
      fill(stop, grid);
    } else if (text.trim().length > CELL_TEXT_LIMIT)
      notify({ text: say('cell.cut', { limit: CELL_TEXT_LIMIT }) });
  };

  return { onKeyDown, onPaste };
};

export type PageKeys = {
  readonly save: () => void;
  readonly check: () => void;
  readonly nextError: () => void;
};

/** Ctrl+S, Ctrl+Enter and F8 anywhere on the page, whatever the keyboard's language; not under a dialog. */
export const usePageKeys = (keys: PageKeys): void => {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent): void => {
      const command = event.ctrlKey || event.metaKey;
      const action =
        command && event.code === 'KeyS'
          ? 'save'
          : command && event.key === 'Enter'
            ? 'check'
            : event.key === 'F8'
              ? 'nextError'
              : undefined;
      if (action === undefined) return;
      event.preventDefault();
      if (document.querySelector('[role="dialog"][aria-modal="true"]') === null) latest.current[action]();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
};
