export * from './client.ts';
export * from './endpoint.ts';
export * from './endpoints/index.ts';
export * from './errors/index.ts';
export * from './language.ts';
export * from './openapi.ts';
export * from './shapes.ts';
