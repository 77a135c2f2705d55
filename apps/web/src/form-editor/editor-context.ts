import type { CompiledForm, FormLabels, Language } from '@sochi/forms-engine';
import { createContext, use, useSyncExternalStore } from 'react';
import type { CellState, DraftStore } from './draft/draft-store.ts';

/** What every cell of the form needs; the object changes only with the language. */
export interface EditorView {
  readonly draft: DraftStore;
  readonly compiled: CompiledForm;
  readonly labels: FormLabels;
  readonly language: Language;
}

export const EditorContext = createContext<EditorView | undefined>(undefined);

/** The editor around; only inside FormSections and its like. */
export const useEditor = (): EditorView => {
  const editor = use(EditorContext);
  if (!editor) throw new Error('no editor around');
  return editor;
};

/** What a cell shows; renders again only when that changes. */
export const useCell = (key: string): CellState => {
  const { draft } = useEditor();
  return useSyncExternalStore(draft.subscribe, () => draft.cell(key));
};

/** The names of the rows of a table; renders again only when rows come or go. */
export const useRowIds = (table: string): readonly number[] => {
  const { draft } = useEditor();
  return useSyncExternalStore(draft.subscribe, () => draft.rowIds(table));
};
