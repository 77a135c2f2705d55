export type { BundleCheck, BundleCheckName, BundleReason, BundleReport } from './bundle-report.ts';
export { renderVerifyReport } from './render-report.ts';
export { evidenceHandlers } from './routes.ts';
export { verifyBundle } from './verify-bundle.ts';
