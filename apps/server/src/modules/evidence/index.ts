export type { BundleCheck, BundleCheckName, BundleReason, BundleReport } from './bundle-report.ts';
export type { RevocationDocument } from './bundle-layout.ts';
export { renderVerifyReport } from './render-report.ts';
export { evidenceHandlers } from './routes.ts';
export { verifyBundle } from './verify-bundle.ts';
export { verifyPair } from './verify-pair.ts';
