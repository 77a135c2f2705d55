import { CellInput, type FieldProps } from './CellInput.tsx';

/** One line of words. */
export const Text = (field: FieldProps) => (
  <CellInput field={field} face={{ show: (text) => text, inputMode: 'text' }} />
);
