import { CellInput, type FieldProps } from './CellInput.tsx';

/** A Kyrgyz phone number. */
export const Phone = (field: FieldProps) => (
  <CellInput field={field} face={{ show: (text) => text, inputMode: 'tel' }} />
);
