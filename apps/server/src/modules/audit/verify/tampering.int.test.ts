import {
  createRootCertificate,
  generateP256KeyPair,
  issueSignerCertificate,
  signDetached,
} from '@sochi/signature';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { auditCommand } from '../../../commands/audit.ts';
import { UsageError } from '../../../commands/command.ts';
import { inTransaction } from '../../../db/database.ts';
import { createTestPortal, type TestPortal } from '../../../test/portal.ts';
import { checkpointBytes, checkpointHash } from '../checkpoint.ts';
import { makeCheckpoint, witnessTrail } from '../commands/make-checkpoint.ts';
import { eventHash, NO_HASH } from '../event-hash.ts';
import { recordAudit } from '../record-audit.ts';
import type { StoredEvent } from './find-origins.ts';
import type { TrailProblem } from './problem.ts';
import { listCheckpointHeads, listCheckpoints, listEvents } from './queries.ts';
import { verifyTrail } from './verify-trail.ts';

/*
 * What an administrator of the database can do who gets past grants and triggers: each tampering is done for real, found, and undone.
 * Three chains (a, b, operator) of 30 events each, with a checkpoint behind the 10th, the 20th and the 30th.
 */
const TABLES = ['audit_event', 'audit_head', 'audit_checkpoint', 'audit_checkpoint_head'] as const;
const LENGTH = 30;
const CHAINS = ['a', 'b', 'operator'] as const;

let portal: TestPortal;
let forger: Client;
const sql = (text: string, values: unknown[] = []) => forger.query(text, values);

beforeAll(async () => {
  portal = await createTestPortal();
  forger = new Client({ connectionString: portal.connectionString });
  await forger.connect();
  await sql(`set session_replication_role = 'replica'`);
  // What installing the demonstration recorded is none of this test's business.
  for (const table of TABLES) await sql(`delete from ${table}`);
  for (let round = 1; round <= LENGTH; round += 1) {
    for (const chain of CHAINS)
      await inTransaction(portal.ctx.db, (tx) =>
        recordAudit(tx, {
          chain,
          act: 'login.succeeded',
          actor: { kind: 'officer', id: String(round), name: `officer ${round}` },
          at: portal.clock.now(),
        }),
      );
    if (round % 10 === 0) await witnessTrail(portal.ctx);
  }
  for (const table of TABLES) await sql(`create table kept_${table} as table ${table}`);
});
afterEach(async () => {
  await sql('alter table audit_event drop constraint if exists audit_event_pkey');
  for (const table of TABLES) {
    await sql(`delete from ${table}`);
    await sql(`insert into ${table} table kept_${table}`);
  }
  await sql('alter table audit_event add constraint audit_event_pkey primary key (chain, seq)');
});
afterAll(async () => {
  await forger.end();
  await portal.close();
});

const problems = async (
  options: { known?: { number: number; sha256: string } } = {},
): Promise<TrailProblem[]> => {
  const found: TrailProblem[] = [];
  await verifyTrail(portal.ctx.db, { ...options, report: (problem) => found.push(problem) });
  return found;
};

/** The events of a chain from `from` on, chained anew behind the one before: what a careful forger does. */
const rechain = async (chain: string, from: number): Promise<void> => {
  const all = (await listEvents(portal.ctx.db, { chain, seq: 0 })).filter((event) => event.chain === chain);
  let last: Pick<StoredEvent, 'seq' | 'hash'> = all.findLast(({ seq }) => seq < from) ?? {
    seq: 0,
    hash: NO_HASH,
  };
  for (const event of all.filter(({ seq }) => seq >= from)) {
    const forged = { ...event, previousHash: last.hash };
    const hash = eventHash(forged);
    await sql('update audit_event set previous_hash = $1, hash = $2 where chain = $3 and seq = $4', [
      forged.previousHash,
      hash,
      chain,
      event.seq,
    ]);
    last = { seq: event.seq, hash };
  }
  await sql('update audit_head set seq = $1, hash = $2 where chain = $3', [last.seq, last.hash, chain]);
};

it('a trail that nobody has touched is whole, and counted', async () => {
  const verdict = await verifyTrail(portal.ctx.db, { report: () => undefined });
  expect(verdict).toMatchObject({ chains: 3, events: 90, checkpoints: 3, unwitnessed: 0, problems: 0 });
  expect(verdict.last?.number).toBe(3);
});

describe('an altered event is found', () => {
  it.each([
    ['at', `at = at + interval '1 microsecond'`],
    ['act', `act = 'logout'`],
    ['actor_kind', `actor_kind = 'system'`],
    ['actor_id', `actor_id = null`],
    ['actor_name', `actor_name = 'another'`],
    ['address', `address = '10.0.0.1'`],
    ['user_agent', `user_agent = ''`],
    ['on_behalf_of', `on_behalf_of = ''`],
    ['subject_kind', `subject_kind = ''`],
    ['subject_id', `subject_id = 'x'`],
    ['data', `data = '{ }'`],
    ['previous_hash', `previous_hash = decode(repeat('00', 32), 'hex')`],
    ['hash', `hash = decode(repeat('00', 32), 'hex')`],
  ])('by its %s', async (_, change) => {
    await sql(`update audit_event set ${change} where chain = 'b' and seq = 17`);
    expect(await problems()).toEqual([{ kind: 'altered', chain: 'b', seq: 17 }]);
  });

  it('when its hash was made to fit', async () => {
    await sql(`update audit_event set actor_name = 'another' where chain = 'b' and seq = 17`);
    const event = (await listEvents(portal.ctx.db, { chain: 'b', seq: 16 }))[0];
    if (!event) throw new Error('no event');
    await sql(`update audit_event set hash = $1 where chain = 'b' and seq = 17`, [eventHash(event)]);
    expect(await problems()).toEqual([{ kind: 'altered', chain: 'b', seq: 17 }]);
  });

  it('when the whole chain behind it and its head were made to fit', async () => {
    await sql(`update audit_event set actor_name = 'another' where chain = 'b' and seq = 17`);
    await rechain('b', 17);
    expect(await problems()).toEqual([{ kind: 'rewritten', chain: 'b', from: 11, to: 20, checkpoint: 2 }]);
  });

  it('when it went over to another chain', async () => {
    await sql(`update audit_event set chain = 'operator', seq = 31 where chain = 'b' and seq = 17`);
    expect(await problems()).toEqual([
      { kind: 'missing', chain: 'b', from: 17, to: 17 },
      { kind: 'inserted', chain: 'operator', from: 31, to: 31 },
    ]);
  });
});

describe('missing, inserted and swapped events are found', () => {
  it('missing ones', async () => {
    await sql(`delete from audit_event where chain = 'a' and seq in (1, 15, 16)`);
    expect(await problems()).toEqual([
      { kind: 'missing', chain: 'a', from: 1, to: 1 },
      { kind: 'missing', chain: 'a', from: 15, to: 16 },
    ]);
  });

  it('missing ones whose gap was closed', async () => {
    await sql(`delete from audit_event where chain = 'a' and seq = 15`);
    await sql(`update audit_event set seq = seq + 1000 where chain = 'a' and seq > 15`);
    await sql(`update audit_event set seq = seq - 1001 where chain = 'a' and seq > 1000`);
    expect(await problems()).toEqual([
      { kind: 'missing', chain: 'a', from: 15, to: 15 },
      { kind: 'renumbered', chain: 'a', from: 15, to: 29, by: -1 },
    ]);
  });

  it('one put in between, the others moved on', async () => {
    await sql(`update audit_event set seq = seq + 1000 where chain = 'a' and seq >= 15`);
    await sql(`update audit_event set seq = seq - 999 where chain = 'a' and seq > 1000`);
    await sql(
      `insert into audit_event select chain, 15, at, act, actor_kind, actor_id, 'new', address, user_agent, on_behalf_of,
         subject_kind, subject_id, data, previous_hash, hash from audit_event where chain = 'a' and seq = 14`,
    );
    expect(await problems()).toEqual([
      { kind: 'inserted', chain: 'a', from: 15, to: 15 },
      { kind: 'renumbered', chain: 'a', from: 16, to: 31, by: 1 },
    ]);
  });

  it('one put in beside another', async () => {
    await sql('alter table audit_event drop constraint audit_event_pkey');
    await sql(`insert into audit_event select * from audit_event where chain = 'a' and seq = 15`);
    expect(await problems()).toEqual([{ kind: 'inserted', chain: 'a', from: 15, to: 15 }]);
  });

  it('two that changed places, numbers or contents', async () => {
    await sql(`update audit_event set seq = 99 where chain = 'a' and seq = 12`);
    await sql(`update audit_event set seq = 12 where chain = 'a' and seq = 25`);
    await sql(`update audit_event set seq = 25 where chain = 'a' and seq = 99`);
    expect(await problems()).toEqual([{ kind: 'swapped', chain: 'a', seq: 12, with: 25 }]);
  });

  it('a chain that nobody began', async () => {
    await sql(
      `insert into audit_event select 'c', seq, at, act, actor_kind, actor_id, actor_name, address, user_agent, on_behalf_of,
         subject_kind, subject_id, data, previous_hash, hash from audit_event where chain = 'a' and seq = 1`,
    );
    expect(await problems()).toEqual([
      { kind: 'altered', chain: 'c', seq: 1 },
      { kind: 'head_missing', chain: 'c' },
    ]);
  });
});

describe('a cut tail is found', () => {
  it('by the head', async () => {
    await sql(`delete from audit_event where chain = 'operator' and seq > 25`);
    expect(await problems()).toEqual([
      { kind: 'tail_missing', chain: 'operator', from: 26, to: 30, checkpoint: 3 },
    ]);
  });

  it('by the checkpoint, when the head was set back', async () => {
    await sql(`delete from audit_event where chain = 'operator' and seq > 25`);
    await sql(
      `update audit_head set seq = 25, hash = (select hash from audit_event where chain = 'operator' and seq = 25),
         unwitnessed = true where chain = 'operator'`,
    );
    expect(await problems()).toEqual([
      { kind: 'tail_missing', chain: 'operator', from: 26, to: 30, checkpoint: 3 },
    ]);
  });

  it('when a whole chain went with its head', async () => {
    await sql(`delete from audit_event where chain = 'operator'`);
    await sql(`delete from audit_head where chain = 'operator'`);
    expect(await problems()).toEqual([
      { kind: 'tail_missing', chain: 'operator', from: 1, to: 30, checkpoint: 3 },
    ]);
  });

  it('by a checkpoint noted elsewhere, when the whole trail was set back to an earlier state', async () => {
    const { last } = await verifyTrail(portal.ctx.db, { report: () => undefined });
    if (!last) throw new Error('no checkpoint');
    await sql('delete from audit_event where seq > 20');
    await sql('delete from audit_checkpoint where number = 3');
    await sql('delete from audit_checkpoint_head where checkpoint = 3');
    await sql(
      `update audit_head set seq = 20, hash = (select hash from audit_event e where e.chain = audit_head.chain and e.seq = 20)`,
    );
    expect(await problems()).toEqual([]);
    expect(await problems({ known: last })).toEqual([{ kind: 'checkpoint_missing', from: 3, to: 3 }]);
  });

  it('a head that was deleted or changed', async () => {
    await sql(`delete from audit_head where chain = 'a'`);
    await sql(`update audit_head set hash = decode(repeat('00', 32), 'hex') where chain = 'b'`);
    expect(await problems()).toEqual([
      { kind: 'head_missing', chain: 'a' },
      { kind: 'head_differs', chain: 'b', seq: 30 },
    ]);
  });
});

describe('a checkpoint that is not the one that was made is found', () => {
  it('one that is missing, in the middle or at the end', async () => {
    await sql('delete from audit_checkpoint where number = 2');
    expect(await problems()).toEqual([{ kind: 'checkpoint_missing', from: 2, to: 2 }]);
    await sql('delete from audit_checkpoint where number = 3');
    await sql('delete from audit_checkpoint_head where checkpoint = 3');
    expect(await problems()).toEqual(CHAINS.map((chain) => ({ kind: 'witness_missing', chain, seq: 30 })));
  });

  it.each([
    ['its time', `update audit_checkpoint set at = at + interval '1 second' where number = 2`],
    ['its hash', `update audit_checkpoint set hash = decode(repeat('00', 32), 'hex') where number = 3`],
    [
      'what it says of a chain',
      `update audit_checkpoint_head set seq = 19 where checkpoint = 2 and chain = 'a'`,
    ],
    ['what it leaves out', `delete from audit_checkpoint_head where checkpoint = 2 and chain = 'a'`],
  ])('by %s', async (_, tampering) => {
    await sql(tampering);
    expect((await problems()).map(({ kind }) => kind)).toEqual(['checkpoint_altered']);
  });

  it('by its signature', async () => {
    await sql(
      'update audit_checkpoint set signature = (select signature from audit_checkpoint where number = 1) where number = 2',
    );
    expect(await problems()).toMatchObject([{ kind: 'checkpoint_forged', number: 2 }]);
    await sql(`update audit_checkpoint set signature = 'x' where number = 2`);
    expect(await problems()).toMatchObject([{ kind: 'checkpoint_forged', number: 2, reason: 'malformed' }]);
  });

  /** Chains and checkpoints made to fit, with a key and a certificate of one's own. */
  const forgeLast = async (): Promise<Uint8Array> => {
    await sql(`update audit_event set actor_name = 'another' where chain = 'b' and seq = 25`);
    await rechain('b', 25);
    await sql(
      `update audit_checkpoint_head set hash = (select hash from audit_event where chain = 'b' and seq = 30)
        where checkpoint = 3 and chain = 'b'`,
    );
    const [, , third] = await listCheckpoints(portal.ctx.db, undefined);
    if (!third) throw new Error('no checkpoint');
    const heads = (await listCheckpointHeads(portal.ctx.db, undefined)).filter(
      ({ checkpoint }) => checkpoint === 3,
    );
    const content = checkpointBytes({ ...third, heads });
    const now = third.at.round({ smallestUnit: 'second', roundingMode: 'trunc' });
    const term = { notBefore: now.subtract({ hours: 1 }), notAfter: now.add({ hours: 100 }) };
    const [rootPair, pair] = await Promise.all([generateP256KeyPair(), generateP256KeyPair()]);
    const root = await createRootCertificate({
      ...term,
      subject: { commonName: 'СОчИ: корневой УЦ (демонстрация)', organizationName: 'x' },
      privateKey: rootPair.privateKey,
    });
    const certificate = await issueSignerCertificate({
      ...term,
      issuer: root,
      issuerKey: rootPair.privateKey,
      profile: 'operator',
      subject: { commonName: 'СОчИ: оператор', organizationName: 'x' },
      publicKey: pair.publicKey,
    });
    const signature = await signDetached({
      content,
      certificate,
      privateKey: pair.privateKey,
      signingTime: now,
    });
    await sql('update audit_checkpoint set hash = $1, signature = $2 where number = 3', [
      checkpointHash(content),
      signature,
    ]);
    return root.der;
  };

  it('signed by a key of the forger', async () => {
    await forgeLast();
    expect(await problems()).toMatchObject([{ kind: 'checkpoint_forged', number: 3 }]);
  });

  it('even with the forger’s root in the database, for one who brings the root along', async () => {
    const { root } = portal.ctx.operator;
    const forged = await forgeLast();
    const { rows } = await portal.query<{ certificate: Buffer }>(
      `select certificate from service_key where name = 'root'`,
      [],
    );
    await sql(`update service_key set certificate = $1 where name = 'root'`, [Buffer.from(forged)]);
    const found: TrailProblem[] = [];
    await verifyTrail(portal.ctx.db, { root, report: (problem) => found.push(problem) });
    await sql(`update service_key set certificate = $1 where name = 'root'`, [rows[0]?.certificate]);
    expect(found).toMatchObject([{ kind: 'checkpoint_forged', number: 3 }]);
  });
});

describe('checkpoints', () => {
  it('say nothing when nothing has moved, and each chain once when it has', async () => {
    expect(await makeCheckpoint(portal.ctx)).toBe(0);
    await inTransaction(portal.ctx.db, (tx) =>
      recordAudit(tx, { chain: 'a', act: 'logout', actor: { kind: 'stranger' }, at: portal.clock.now() }),
    );
    expect(await makeCheckpoint(portal.ctx)).toBe(1);
    expect(await makeCheckpoint(portal.ctx)).toBe(0);
    expect(await problems()).toEqual([]);
  });

  it('made by several workers at once, while chains go on growing, follow one another', async () => {
    const grow = async (): Promise<void> => {
      for (let round = 0; round < 20; round += 1)
        for (const chain of CHAINS)
          await inTransaction(portal.ctx.db, (tx) =>
            recordAudit(tx, { chain, act: 'logout', actor: { kind: 'stranger' }, at: portal.clock.now() }),
          );
    };
    const witness = async (): Promise<void> => {
      for (let round = 0; round < 20; round += 1) await makeCheckpoint(portal.ctx);
    };
    await Promise.all([grow(), witness(), witness()]);
    await witnessTrail(portal.ctx);
    const verdict = await verifyTrail(portal.ctx.db, { report: () => undefined });
    expect(verdict).toMatchObject({ events: 150, unwitnessed: 0, problems: 0 });
  });

  it('do not wait for a chain that is being added to', async () => {
    await inTransaction(portal.ctx.db, (tx) =>
      recordAudit(tx, { chain: 'b', act: 'logout', actor: { kind: 'stranger' }, at: portal.clock.now() }),
    );
    await inTransaction(portal.ctx.db, async (tx) => {
      await recordAudit(tx, {
        chain: 'b',
        act: 'logout',
        actor: { kind: 'stranger' },
        at: portal.clock.now(),
      });
      expect(await makeCheckpoint(portal.ctx)).toBe(1);
    });
    expect(await makeCheckpoint(portal.ctx)).toBe(1);
    expect(await problems()).toEqual([]);
  });
});

describe('the command', () => {
  const run = (...args: string[]) => {
    const cli = join(import.meta.dirname, '../../../cli.ts');
    const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'audit', ...args], {
      env: { PATH: process.env['PATH'] ?? '', DATABASE_URL: portal.connectionString },
      encoding: 'utf8',
      timeout: 30_000,
    });
    return { status, stdout, stderr };
  };

  it('says OK with counts and ends with 0', () => {
    const { status, stdout } = run('verify', '--language', 'en');
    expect(stdout).toContain('Events: 90\nChains: 3\nCheckpoints: 3\n');
    expect(stdout.trim().split('\n').at(-1)).toBe('OK the trail is whole');
    expect(status).toBe(0);
  });

  it('names what is wrong and where, and ends with 1', async () => {
    await sql(`update audit_event set actor_name = 'x' where chain = 'operator' and seq = 4`);
    const { status, stdout } = run('verify');
    expect(stdout).toContain('- оператор: запись 4 изменена [altered]');
    expect(stdout).toContain('FAILED нарушений: 1');
    expect(status).toBe(1);
  });

  it('shows a page of a chain', () => {
    const { status, stdout } = run('show', '--operator', '--before', '4', '--limit', '2', '--language', 'en');
    const [first, second, , more] = stdout.split('\n');
    expect(first).toMatch(/^2 · \d{4}-.*\+06:00 · login · officer officer 2 2$/);
    expect(second).toMatch(/^3 · /);
    expect(more).toBe('Earlier ones: --before 2');
    expect(status).toBe(0);
  });

  it.each([
    [['show'], 'Name one chain'],
    [['show', '--company', '00000000000000'], 'There is no company'],
    [['verify', '--known', '5'], '--known takes NUMBER:SHA256'],
    [['verify', '--language', 'de'], '--language takes one of'],
    [['show', '--operator', '--limit', '0'], '--limit takes a whole number'],
  ])('refuses %j in one sentence', async (args, sentence) => {
    vi.stubEnv('DATABASE_URL', portal.connectionString);
    await expect(auditCommand.run(args)).rejects.toThrow(sentence);
    await expect(auditCommand.run(args)).rejects.toThrow(UsageError);
    vi.unstubAllEnvs();
  });
});
