import { useWords } from '#i18n/words.ts';
import type { Place } from '../draft/place.ts';
import classes from '../editor.module.css';
import { useEditor } from '../editor-context.ts';
import { editorWords } from '../words.ts';
import { placeName } from './place-name.ts';

/** Where something was found: the printed code of a cell, or table, row and column in words. */
export const PlaceLabel = ({ place }: { place: Place }) => {
  const say = useWords(editorWords);
  const editor = useEditor();
  return (
    <span className={'cell' in place ? classes.code : classes.placeWords}>
      {placeName(place, editor, (row) => say('row', { row }))}
    </span>
  );
};
