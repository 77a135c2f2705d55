export { filingHandlers } from './routes.ts';
export type { ProvenDocument } from './proven-document.ts';
export { appendEvent, getContent, insertDocument, listCertificates } from './queries.ts';
export type { CheckState, DeliveryState } from './transitions.ts';
