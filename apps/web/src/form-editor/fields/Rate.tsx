import { groupDigits } from '#i18n/formats.ts';
import { CellInput, type FieldProps } from './CellInput.tsx';

/** Per cent. */
export const Rate = (field: FieldProps) => (
  <CellInput field={field} face={{ show: groupDigits, numeric: true, inputMode: 'decimal' }} />
);
