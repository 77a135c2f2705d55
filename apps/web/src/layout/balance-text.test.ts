import { expect, it } from 'vitest';
import { balanceText } from './balance-text.ts';

it.each([
  [5_713_150, '57131.5'],
  [1_250_000, '12500'],
  [5, '0.05'],
  [0, '0'],
  [-20_010, '-200.1'],
])('shows %d tyiyn as %s', (amount, text) => expect(balanceText(amount)).toBe(text));
