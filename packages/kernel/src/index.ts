export * from './clock.ts';
export * from './decimal.ts';
export * from './ids.ts';
export * from './inn.ts';
export * from './money.ts';
export * from './tax-period.ts';
