import { Client } from 'pg';
import { verifyTrail, type TrailProblem } from '#modules/audit/index.ts';
import { openDatabase } from '../../db/database.ts';

/** What is left of one filing on both sides, as the database has it. */
export type Remains = {
  id: string;
  number: string;
  delivery: string;
  check_state: string | null;
  report: string | null;
  /** Milliseconds since 1970. */
  postmarked_ms: string | null;
  signers: string;
  /** At the agency: how many reports under this number, their hash, how many decisions. */
  at_agency: string;
  agency_report: string | null;
  agency_signature_is_ours: boolean | null;
  agency_bytes_are_ours: boolean | null;
  decisions: string;
  documents: string[];
  events: string[];
};

const REMAINS = `
  select f.id, f.number, f.delivery, f.check_state, encode(f.report_sha256, 'hex') as report,
         extract(epoch from f.postmarked_at) * 1000 as postmarked_ms,
         (select string_agg(role, '+' order by role) from filing_signature s where s.filing_id = f.id) as signers,
         (select count(*) from agency.report r where r.number = f.number) as at_agency,
         r.report_sha256 as agency_report,
         r.signature_sha256 = encode(f.signature_sha256, 'hex') as agency_signature_is_ours,
         r.report = c.bytes and encode(sha256(r.report), 'hex') = r.report_sha256 as agency_bytes_are_ours,
         (select count(*) from agency.decision d where d.number = f.number) as decisions,
         array(select kind from filing_document d where d.filing_id = f.id order by kind) as documents,
         array(select event from filing_event e where e.filing_id = f.id order by seq) as events
    from filing f
    left join agency.report r on r.number = f.number
    left join content c on c.sha256 = f.report_sha256
   order by f.number`;

export type Aftermath = { filings: Remains[]; strangersAtAgency: string[]; openWork: string[] };

export const lookAfterwards = async (databaseUrl: string): Promise<Aftermath> => {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const filings = await client.query<Remains>(REMAINS);
    const strangers = await client.query<{ number: string }>(
      'select r.number from agency.report r left join filing f on f.number = r.number where f.id is null',
    );
    const work = await client.query<{ what: string }>(
      `select kind || ': ' || detail as what from work_item where done_at is null`,
    );
    return {
      filings: filings.rows,
      strangersAtAgency: strangers.rows.map(({ number }) => number),
      openWork: work.rows.map(({ what }) => what),
    };
  } finally {
    await client.end();
  }
};

/** What is wrong with the audit trail, and how many signatures it tells of. */
export const lookAtTrail = async (
  databaseUrl: string,
): Promise<{ problems: TrailProblem[]; checkpoints: number; signatures: number }> => {
  const { db, close } = openDatabase({
    connectionString: databaseUrl,
    applicationName: 'sochi-aftermath',
    poolSize: 1,
    onError: () => undefined,
  });
  try {
    const problems: TrailProblem[] = [];
    const { checkpoints } = await verifyTrail(db, { report: (problem) => problems.push(problem) });
    const { signatures } = await db
      .selectFrom('audit_event')
      .select(({ fn }) => fn.countAll<string>().as('signatures'))
      .where('act', 'like', 'signature.%')
      .executeTakeFirstOrThrow();
    return { problems, checkpoints, signatures: Number(signatures) };
  } finally {
    await close();
  }
};

/** Whether nothing is under way any more: every queued filing was delivered and decided. */
export const isQuiet = async (databaseUrl: string): Promise<boolean> => {
  const { filings } = await lookAfterwards(databaseUrl);
  return filings.every(
    ({ delivery, check_state }) => delivery !== 'queued' && check_state !== 'awaiting_check',
  );
};
