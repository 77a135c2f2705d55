import { groupDigits } from '#i18n/formats.ts';
import { CellInput, type FieldProps } from './CellInput.tsx';

/** Som, with tyiyn where there are any. */
export const Money = (field: FieldProps) => (
  <CellInput field={field} face={{ show: groupDigits, numeric: true, inputMode: 'decimal' }} />
);
