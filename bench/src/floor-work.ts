export const FLOOR_TABLE = 'bench_floor';

/** What one request of the floor does. */
export type FloorWork = {
  pinHashes: number;
  signatures: number;
  verifications: number;
  digests: number;
  reads: number;
  writes: number;
  bytesPerWrite: number;
};

/** The work of one filing, as the system was seen to do it. */
export type FilingWork = {
  /** Logins: one Argon2id each. */
  logins: number;
  requests: number;
  reads: number;
  writes: number;
  bytes: number;
};

/** Accountant, head, postmark; the agency's receipt and decision. */
const SIGNATURES = 5;
/** The agency checks both officers, we check its receipt and its decision. Chains are cached by both. */
const VERIFICATIONS = 4;
/** Report and signature container, on our side and the agency's. */
const DIGESTS = 4;

/** The same work spread over the same number of requests: whole parts first, the rest one by one. */
export const spread = (work: FilingWork): FloorWork[] => {
  const share = (total: number, at: number): number =>
    Math.floor((total * (at + 1)) / work.requests) - Math.floor((total * at) / work.requests);
  return Array.from({ length: work.requests }, (_, at) => ({
    pinHashes: share(work.logins, at),
    signatures: share(SIGNATURES, at),
    verifications: share(VERIFICATIONS, at),
    digests: share(DIGESTS, at),
    reads: share(work.reads, at),
    writes: share(work.writes, at),
    bytesPerWrite: work.writes === 0 ? 0 : Math.round(work.bytes / work.writes),
  }));
};
