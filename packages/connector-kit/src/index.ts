export * from './connector.ts';
export type { Capabilities, DeliverySteps } from './deliver.ts';
export * from './outcome.ts';
export * from './x-road-fault.ts';
export * from './x-road.ts';
