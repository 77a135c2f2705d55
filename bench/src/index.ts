export type { BenchOfficer } from './api.ts';
export { runFilingBench, type FilingBenchOptions } from './filing-bench.ts';
export type { BenchCompany } from './journey.ts';
export { authorityContests } from './authority-contests.ts';
export { bundleContests } from './bundle-contests.ts';
export { runSignatureBench, type SignatureContest, type SignatureResult } from './signature-bench.ts';
export {
  bareSigning,
  createBenchAuthority,
  reportContests,
  type BenchAuthority,
} from './signature-contests.ts';
