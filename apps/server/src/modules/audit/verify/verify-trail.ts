import { readCertificate, type Certificate } from '@sochi/signature';
import type { Db } from '../../../db/database.ts';
import type { Report } from './problem.ts';
import { findServiceCertificate } from './queries.ts';
import { verifyChains, type ChainsVerdict } from './verify-chains.ts';
import { verifyCheckpoints, type CheckpointsVerdict, type KnownCheckpoint } from './verify-checkpoints.ts';

export type TrailVerdict = ChainsVerdict & {
  checkpoints: number;
  last: CheckpointsVerdict['last'];
  problems: number;
  /** SHA-256 of the root certificate that was trusted, hex. */
  rootSha256: string;
};

/** Thrown where there is no certificate to trust: none was given, and the database has none. */
export class NoRootCertificate extends Error {
  constructor() {
    super('The database has no root certificate: name one with --root FILE.');
  }
}

/**
 * Reads the whole trail and tells every problem, as of one moment: what is recorded meanwhile is not looked at. A few thousand rows
 * are in memory at once, however long the trail. Without a `root` that of the database is trusted, which whoever forged the
 * database may have put there.
 */
export const verifyTrail = (
  db: Db,
  options: { root?: Certificate | undefined; known?: KnownCheckpoint | undefined; report: Report },
): Promise<TrailVerdict> =>
  db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (tx) => {
      let problems = 0;
      const report: Report = (problem) => {
        problems += 1;
        options.report(problem);
      };
      const stored = await findServiceCertificate(tx, 'root');
      const root = options.root ?? (stored && readCertificate(stored));
      if (!root) throw new NoRootCertificate();
      const issuing = await findServiceCertificate(tx, 'issuing');
      const intermediates = issuing ? [readCertificate(issuing)] : [];
      const checkpoints = await verifyCheckpoints(tx, { root, intermediates, known: options.known, report });
      const chains = await verifyChains(tx, { unsound: checkpoints.unsound, report });
      return {
        ...chains,
        checkpoints: checkpoints.count,
        last: checkpoints.last,
        problems,
        rootSha256: root.sha256,
      };
    });
