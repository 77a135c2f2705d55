import { decimal, formatDecimal, somText, tyiyn } from '@sochi/kernel';

/** Tyiyn as the header of СОчИ has always shown it: `57131.5`, no grouping, no zeros at the end. */
export const balanceText = (amount: number): string => formatDecimal(decimal(somText(tyiyn(amount))));
