export type { BenchOfficer } from './api.ts';
export { runFilingBench, type FilingBenchOptions } from './filing-bench.ts';
export type { BenchCompany } from './journey.ts';
