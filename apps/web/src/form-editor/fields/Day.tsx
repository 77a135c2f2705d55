import { formatDay } from '#i18n/formats.ts';
import { CellInput, type FieldProps } from './CellInput.tsx';

/** A calendar day. */
export const Day = (field: FieldProps) => (
  <CellInput field={field} face={{ show: formatDay, inputMode: 'numeric', hint: '31.12.2026' }} />
);
