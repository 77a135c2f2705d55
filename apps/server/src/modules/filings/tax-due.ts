import type { Calculation, FormMeta } from '@sochi/forms-engine';
import { decimal, tyiynFromSom, type Tyiyn } from '@sochi/kernel';

/** The tax a report says is due, in tyiyn; null when its form names no cell for it, or it is beyond all counting (2^53 tyiyn). */
export const taxDue = (
  meta: Pick<FormMeta, 'taxDue'>,
  { cells }: Pick<Calculation, 'cells'>,
): Tyiyn | null => {
  const cell = meta.taxDue === undefined ? undefined : cells[meta.taxDue];
  if (!cell?.ok) return null;
  try {
    return tyiynFromSom(decimal(cell.text === '' ? '0' : cell.text));
  } catch {
    return null;
  }
};
