import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { loadCompany } from '../demo/companies.ts';
import { freePort } from '../runtime/ports.ts';
import { isQuiet, lookAfterwards, lookAtTrail, type Aftermath } from './crash/aftermath.ts';
import { fileReport, type Journal } from './crash/journeys.ts';
import { killOrder } from './crash/kill-order.ts';
import { launch, type Launcher } from './crash/launcher.ts';
import { stubbornOfficer, type Complaint } from './crash/stubborn-client.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { waitUntil } from './wait-until.ts';

/*
 * The promise of the whole system: a report that was acknowledged is delivered exactly once, whatever dies and whenever.
 *
 * Six companies file reports as fast as they can while web, worker, agency and the PostgreSQL server are killed with SIGKILL,
 * and at last the launcher itself. Clients give every command again with its key until it is answered, and keep a journal of
 * what was acknowledged. Then all is stopped, started once more, and what both sides have is compared with the journal.
 */
const LANES = 6;
const SEED = Number(process.env['CRASH_SEED'] ?? 20_261_123);
const VICTIMS = ['web', 'worker', 'agency', 'postgres'] as const;
const BLOWS_EACH = 3;
const MEAN_PAUSE_MS = 1_300;

const lane = async (
  index: number,
  system: { url: string; journal: Journal; complaints: Complaint[]; isOver: () => boolean },
): Promise<void> => {
  const { inn, officers } = loadCompany(index);
  const [head, accountant] = officers.map(
    ({ role, pin }) =>
      stubbornOfficer({ baseUrl: system.url, officer: { inn, role, pin }, complaints: system.complaints })
        .call,
  );
  if (!head || !accountant) throw new Error('a load company has two officers');
  while (!system.isOver()) await fileReport(accountant, head, system.journal);
};

/** Strikes in the seeded order; gives how often each was really hit. */
const strike = async (system: Launcher): Promise<Record<string, number>> => {
  const hits: Record<string, number> = {};
  for (const { victim, afterMs } of killOrder(SEED, VICTIMS, BLOWS_EACH, MEAN_PAUSE_MS)) {
    await sleep(afterMs);
    const pid = (await system.pids())[victim];
    try {
      process.kill(pid ?? 0, 'SIGKILL');
      hits[victim] = (hits[victim] ?? 0) + 1;
    } catch {
      // Still down from the last blow.
    }
  }
  return hits;
};

/** What the portal logged as a bug of its own, behind each 500. */
const bugsOf = (varFolder: string): string[] =>
  readFileSync(join(varFolder, 'log', 'web.log'), 'utf8')
    .split('\n')
    .filter((line) => line.includes('"code":"server.failed"'));

/** Processes that ended by themselves because another one had been killed: losing the database is no reason to die. */
const selfEnded = (lines: readonly string[]): string[] =>
  lines.filter((line) => /^\[(web|worker|agency)\] stopped unexpectedly \(exit code/.test(line));

const compare = ({ filings, strangersAtAgency, openWork }: Aftermath, journal: Journal): void => {
  const byId = new Map(filings.map((filing) => [filing.id, filing]));
  const lost = journal.acknowledged.filter(({ id }) => byId.get(id)?.delivery !== 'delivered');
  expect(lost).toEqual([]);
  const moved = journal.acknowledged.filter(({ id, number, reportSha256, postmarkedMs }) => {
    const filing = byId.get(id);
    return (
      filing?.number !== number ||
      filing.report !== reportSha256 ||
      Number(filing.postmarked_ms) !== postmarkedMs
    );
  });
  expect(moved).toEqual([]);
  const delivered = filings.filter(({ delivery }) => delivery === 'delivered');
  for (const filing of delivered) {
    expect(filing).toMatchObject({
      check_state: 'accepted',
      signers: 'accountant+head',
      at_agency: '1',
      agency_report: filing.report,
      agency_signature_is_ours: true,
      agency_bytes_are_ours: true,
      decisions: '1',
      documents: ['agency-receipt', 'decision', 'hand-over', 'postmark'],
    });
    for (const once of ['postmark', 'deliver', 'accept'])
      expect(filing.events.filter((event) => event === once)).toEqual([once]);
  }
  expect(filings.filter(({ delivery, at_agency }) => delivery !== 'delivered' && at_agency !== '0')).toEqual(
    [],
  );
  expect(strangersAtAgency).toEqual([]);
  expect(openWork).toEqual([]);
  // Repeated commands made nothing twice: as many filings as were begun, all of them acknowledged in the end.
  expect(filings).toHaveLength(journal.begun);
  expect(journal.acknowledged).toHaveLength(journal.begun);
};

it('delivers what it acknowledged exactly once, whatever is killed', { timeout: 240_000 }, async () => {
  const varFolder = temporaryFolder();
  const port = await freePort();
  const journal: Journal = { begun: 0, acknowledged: [] };
  const complaints: Complaint[] = [];
  let isOver = false;
  const first = await launch(varFolder, port, LANES);
  const system = { url: `http://127.0.0.1:${port}`, journal, complaints, isOver: () => isOver };
  const lanes = Promise.all(Array.from({ length: LANES }, (_, index) => lane(index, system)));
  lanes.catch(() => undefined); // awaited below; not to be unheard meanwhile
  const hits = await strike(first);
  await first.kill();
  const second = await launch(varFolder, port, LANES);
  await sleep(2_000);
  isOver = true;
  await lanes;
  await second.stop();
  const third = await launch(varFolder, port, LANES);
  const up = performance.now();
  await waitUntil('everything to be delivered and decided', () => isQuiet(third.databaseUrl), 90_000);
  const quietAfterMs = Math.round(performance.now() - up);
  const aftermath = await lookAfterwards(third.databaseUrl);
  const trail = await lookAtTrail(third.databaseUrl);
  await third.stop();
  compare(aftermath, journal);
  // Each filing has two signatures, told exactly once each, whatever died in between; and the chains are whole.
  expect(trail.problems).toEqual([]);
  expect(trail.signatures).toBe(2 * aftermath.filings.length);
  // In between the portal said "not now" (503), never "a bug" (500).
  expect(selfEnded([...first.lines, ...second.lines, ...third.lines])).toEqual([]);
  expect(bugsOf(varFolder)).toEqual([]);
  expect(complaints).toEqual([]);
  expect(Object.keys(hits).sort()).toEqual([...VICTIMS].sort());
  expect(journal.acknowledged.length).toBeGreaterThan(20);
  if (process.env['CRASH_SEED'])
    process.stderr.write(
      `${JSON.stringify({ acknowledged: journal.acknowledged.length, hits, quietAfterMs })}\n`,
    );
});
