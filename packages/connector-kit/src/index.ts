export * from './connector.ts';
export * from './outcome.ts';
export * from './x-road-fault.ts';
export * from './x-road.ts';
