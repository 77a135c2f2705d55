export { filingHandlers } from './routes.ts';
export { appendEvent, getContent, listCertificates } from './queries.ts';
export type { CheckState, DeliveryState } from './transitions.ts';
