import { CellInput, type FieldProps } from './CellInput.tsx';

/** ИНН, 14 digits. */
export const Inn = (field: FieldProps) => (
  <CellInput field={field} face={{ show: (text) => text, inputMode: 'numeric' }} />
);
