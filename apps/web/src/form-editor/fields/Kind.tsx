import { FILING_KINDS } from '@sochi/forms-engine';
import { useWords } from '#i18n/words.ts';
import { editorWords } from '../words.ts';
import { CellInput, type FieldProps } from './CellInput.tsx';

/** Kind of filing: initial, corrected or liquidation. */
export const Kind = (field: FieldProps) => {
  const say = useWords(editorWords);
  const show = (text: string): string => {
    const kind = FILING_KINDS.find((known) => known === text);
    return kind ? say(`kind.${kind}`) : text;
  };
  return <CellInput field={field} face={{ show }} />;
};
