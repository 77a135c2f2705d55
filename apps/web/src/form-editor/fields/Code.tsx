import { CellInput, type FieldProps } from './CellInput.tsx';

/** A code of digits. */
export const Code = (field: FieldProps) => (
  <CellInput field={field} face={{ show: (text) => text, inputMode: 'numeric' }} />
);
