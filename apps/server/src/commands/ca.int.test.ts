import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadCompany } from '../demo/companies.ts';
import { aRequest } from '../test/a-request.ts';
import { createTestPortal, type TestPortal } from '../test/portal.ts';

const CLI = join(import.meta.dirname, '..', 'cli.ts');
const DOCUMENT = ['--document', 'application:17/у:2026-11-25'];
const { inn } = loadCompany(0);

let portal: TestPortal;
let folder: string;
let token: string[];

/** One command of the operator; what it wrote and how it ended. */
const ca = (...args: readonly string[]): Promise<{ code: number | null; out: string; complaint: string }> =>
  new Promise((resolve) => {
    const env = {
      PATH: process.env['PATH'] ?? '',
      DATABASE_URL: portal.connectionString,
      VAR_DIR: portal.varDir,
    };
    const child = execFile(process.execPath, [CLI, 'ca', ...args], { env, timeout: 50_000 }, (_, out, err) =>
      resolve({ code: child.exitCode, out, complaint: err.trim() }),
    );
  });

const file = async (name: string, content: string): Promise<string> => {
  const path = join(folder, name);
  await writeFile(path, content, { mode: 0o600 });
  return path;
};

beforeAll(async () => {
  portal = await createTestPortal();
  folder = await mkdtemp(join(tmpdir(), 'sochi-ca-'));
  const { code, out } = await ca('officer-add', 'Сатыбалдиева Айсулуу Маратовна');
  if (code !== 0 || !/^[\w-]{43}\n$/.test(out)) throw new Error(`no token: ${out}`);
  token = ['--token-file', await file('token', out)];
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await portal.close();
});

/** The serial number that a description of a certificate begins with. */
const serialIn = (out: string): string => /^Certificate {2}([0-9a-f]+)$/m.exec(out)?.[1] ?? '';

describe('sochi ca', () => {
  it('does nothing anew in a centre that is installed', async () => {
    expect(await ca('init')).toMatchObject({ code: 0, complaint: '' });
    const { rows } = await portal.query(
      `select count(*)::int as n from issued_certificate where profile = 'root'`,
      [],
    );
    expect(rows).toEqual([{ n: 1 }]);
  });

  it('takes a signature through its whole life', async () => {
    const request = await file('request.pem', await aRequest());
    const company = (await portal.query<{ inn: string }>('select inn from company limit 1', [])).rows[0]?.inn;
    const holder = ['--inn', company ?? inn, '--role', 'head'];
    const issued = await ca('issue-request', request, ...holder, ...token, ...DOCUMENT);
    expect(issued).toMatchObject({ code: 0, complaint: '' });
    const serial = serialIn(issued.out);
    expect(issued.out).toContain('by Сатыбалдиева Айсулуу Маратовна  on application 17/у of 2026-11-25');

    expect((await ca('suspend', serial, ...token)).out).toContain('suspended (certificateHold) since');
    expect((await ca('resume', serial, ...token, ...DOCUMENT)).out).toMatch(/^state +active$/m);
    const renewed = await ca('renew', serial, ...token, ...DOCUMENT);
    const successor = serialIn(renewed.out);
    expect(successor).not.toBe(serial);
    const revoked = await ca('revoke', successor, '--reason', 'keyCompromise', ...token, ...DOCUMENT);
    expect(revoked.out).toContain('revoked (keyCompromise) since');
    expect((await ca('list', '--state', 'revoked')).out).toContain(successor);
    expect((await ca('show', successor)).out).toContain('-----BEGIN CERTIFICATE-----');
    const lists = await ca('crl', '--publish');
    expect(lists.out).toMatch(/^root +number 2 [^]*^issuing +number \d+ /m);
  });

  it('issues a signature in the cloud whose PIN was in a file', async () => {
    const { rows } = await portal.query<{ inn: string; id: string }>(
      `select c.inn, i.id from company c join officer o on o.company_id = c.id join credential k on k.officer_id = o.id
       join issued_certificate i on i.credential_id = k.id where o.role = 'accountant' limit 1`,
      [],
    );
    const [company, certificate] = [rows[0]?.inn ?? '', rows[0]?.id ?? ''];
    const pin = ['--pin-file', await file('pin', '246801\n')];
    const order = ['issue', '--inn', company, '--role', 'accountant', ...pin, ...token, ...DOCUMENT];
    expect(await ca(...order)).toMatchObject({
      code: 1,
      complaint: expect.stringMatching(/^There is a valid signature already\. Renew or revoke/),
    });
    await ca('revoke', certificate, '--reason', 'superseded', ...token, ...DOCUMENT);
    expect(await ca(...order)).toMatchObject({ code: 0, complaint: '' });
  });

  it('gives a service a new key', async () => {
    const before = portal.ctx.operator.certificate.serial;
    expect((await ca('renew', '--service', 'operator', ...token, ...DOCUMENT)).out).toContain('new key');
    portal.clock.advance({ minutes: 11 });
    await portal.ctx.operator.seal(Buffer.from('anything'));
    expect(portal.ctx.operator.certificate.serial).not.toBe(before);
  });

  it.each<[string, string[], string]>([
    ['no token', ['suspend', 'ab'.repeat(16)], 'There is no certificate abab'],
    ['a certificate that is not named', ['show'], 'Name one certificate'],
    ['a role there is not', ['issue', '--inn', inn, '--role', 'king'], '--role takes head or accountant.'],
    [
      'a document that is none',
      ['list', '--state', 'lost'],
      '--state takes one of active, suspended, revoked.',
    ],
    ['a word it does not know', ['list', '--colour', 'red'], "Unknown option '--colour'"],
    ['an officer twice', ['officer-add', 'Сатыбалдиева Айсулуу Маратовна'], 'There is an officer'],
  ])('says %s in one sentence', async (_, args, sentence) => {
    const { code, complaint } = await ca(...args);
    expect(complaint.split('\n')).toEqual([expect.stringContaining(sentence)]);
    expect(code).toBe(1);
  });

  it('says what is wrong with a token, a paper and a PIN', async () => {
    const { rows } = await portal.query<{ id: string }>(
      `select id from issued_certificate where profile = 'head' limit 1`,
      [],
    );
    const id = rows[0]?.id ?? '';
    const strange = await file('strange', 'A'.repeat(43));
    expect((await ca('suspend', id, '--token-file', strange)).complaint).toContain("is no officer's");
    expect((await ca('suspend', id)).complaint).toBe('--token-file is missing.');
    expect((await ca('resume', id, ...token, '--document', 'rumour:1:2026-01-01')).complaint).toContain(
      'KIND is one of application, passport_copy',
    );
    const short = await file('short', '1234');
    const order = ['issue', '--inn', inn, '--role', 'head', '--pin-file', short, ...token];
    expect((await ca(...order)).complaint).toContain('must hold a PIN of six digits');
    expect((await ca('revoke', id, '--reason', 'boredom', ...token)).complaint).toContain(
      '--reason takes one of',
    );
  });

  it('helps', async () => {
    const { code, out } = await ca('--help');
    expect(code).toBe(0);
    for (const word of ['officer-add', 'issue-request', 'revoke', '--document', 'PKI_URL'])
      expect(out).toContain(word);
    expect((await ca('dance')).code).toBe(2);
  });

  it('takes an officer’s word no longer once they have gone', async () => {
    const { out } = await ca('officer-add', 'Временный Сотрудник');
    const gone = ['--token-file', await file('gone', out)];
    expect((await ca('officer-end', 'Временный Сотрудник')).code).toBe(0);
    expect((await ca('suspend', 'ab'.repeat(16), ...gone)).code).toBe(1);
    const { rows } = await portal.query<{ id: string }>(
      `select id from issued_certificate where profile = 'head' limit 1`,
      [],
    );
    expect((await ca('suspend', rows[0]?.id ?? '', ...gone)).complaint).toContain("is no officer's");
  });
});
