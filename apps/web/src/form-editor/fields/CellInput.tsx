import { CELL_TEXT_LIMIT, isTyped, type Cell, type Column } from '@sochi/forms-engine';
import { useWords } from '#i18n/words.ts';
import type { CellState } from '../draft/draft-store.ts';
import { placeOf } from '../draft/place.ts';
import classes from '../editor.module.css';
import { useEditor } from '../editor-context.ts';
import { messageId } from '../findings/message-id.ts';
import { editorWords } from '../words.ts';

/** What a field renderer gets: the cell, where it stands and what it shows. */
export interface FieldProps {
  readonly stop: string;
  readonly cell: Cell | Column;
  readonly state: CellState;
  /** The whole name of the cell, for those who hear it. */
  readonly name: string;
}

/** How one kind of field differs from the others. */
export interface Face {
  /** The canonical text of a value as people read it. */
  readonly show: (text: string) => string;
  readonly numeric?: boolean;
  readonly inputMode?: 'decimal' | 'numeric' | 'tel' | 'text';
  /** What stands in an empty field without a value. */
  readonly hint?: string;
}

const ShownValue = ({ field, face }: { field: FieldProps; face: Face }) => {
  const say = useWords(editorWords);
  const { value } = field.state;
  const byAgency = 'source' in field.cell && field.cell.source?.from === 'agency';
  const text = value.ok ? face.show(value.text) : '—';
  return (
    <output
      className={classes.shown}
      data-stop={field.stop}
      data-numeric={face.numeric}
      data-empty={byAgency && text === ''}
      data-zero={face.numeric === true && text === '0'}
      tabIndex={-1}
      aria-label={`${field.name}: ${text}`}
      title={value.ok ? text : say('cell.unknown')}
    >
      {byAgency && text === '' ? say('cell.by.agency') : text}
    </output>
  );
};

const TypedField = ({ field, face }: { field: FieldProps; face: Face }) => {
  const { draft } = useEditor();
  const { typed, value, findings } = field.state;
  const fallback = typed.trim() === '' && value.ok ? face.show(value.text) : '';
  const worst = ['E', 'W'].find((severity) => findings.some((finding) => finding.severity === severity));
  return (
    <input
      className={classes.input}
      data-stop={field.stop}
      data-numeric={face.numeric}
      data-worst={worst}
      data-known={'source' in field.cell}
      type="text"
      inputMode={face.inputMode ?? 'text'}
      autoComplete="off"
      spellCheck={false}
      maxLength={CELL_TEXT_LIMIT}
      value={typed}
      placeholder={fallback === '' ? face.hint : fallback}
      aria-label={field.name}
      aria-invalid={worst === 'E'}
      aria-describedby={findings.length > 0 ? messageId(field.stop) : undefined}
      onChange={(event) => draft.type([{ place: placeOf(field.stop), text: event.currentTarget.value }])}
    />
  );
};

/** A cell to type into, or the computed or known value of one that nobody types into. */
export const CellInput = (props: { field: FieldProps; face: Face }) =>
  isTyped(props.field.cell) ? <TypedField {...props} /> : <ShownValue {...props} />;
