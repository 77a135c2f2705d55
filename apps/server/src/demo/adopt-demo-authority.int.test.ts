import {
  certificateToPem,
  createRootCertificate,
  generateP256KeyPair,
  issueCaCertificate,
  issueSignerCertificate,
  readCertificate,
  type Certificate,
} from '@sochi/signature';
import { endpoints } from '@sochi/contract';
import { randomUUIDv7, type KeyObject } from 'node:crypto';
import { access, cp, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { installCentre, readCertificates } from '#modules/certification/index.ts';
import { installDemo } from '../commands/demo.ts';
import { compose } from '../compose.ts';
import { readEnv, type Config } from '../config.ts';
import { openKeystore } from '../keys/open-keystore.ts';
import { createLog } from '../log.ts';
import { systemClock } from '../system-clock.ts';
import { createTestDatabase, type TestDatabase } from '../test/database.ts';
import { injectClient } from '../test/portal.ts';
import { createWeb } from '../web.ts';
import { withCentre } from '../with-centre.ts';

/*
 * A `var` folder as the version before the certification centre left it: the root's and the issuing authority's keys in files,
 * their certificates in the database without a key, the operator's key sealed there, officers certified by the files' authority.
 */

const DEMO = { extra: 0, agency: true };

let database: TestDatabase;
let client: Client;
let varDir: string;
let config: Config;
let secrets: ReturnType<typeof readEnv>['secrets'];

beforeEach(async () => {
  database = await createTestDatabase();
  varDir = await mkdtemp(join(tmpdir(), 'sochi-old-var-'));
  ({ config, secrets } = readEnv({ DATABASE_URL: database.connectionString, VAR_DIR: varDir }));
  client = new Client({ connectionString: database.connectionString });
  await client.connect();
});
afterEach(async () => {
  await client.end();
  await database.drop();
  await rm(varDir, { recursive: true, force: true });
});

const keyFolder = (): string => join(varDir, 'keys', 'demo-authority');

type OldAuthority = { root: Certificate; issuing: Certificate; issuingKey: KeyObject };

const makeOldFiles = async (): Promise<OldAuthority> => {
  const now = systemClock.now().round({ smallestUnit: 'second', roundingMode: 'trunc' });
  const [rootPair, issuingPair] = await Promise.all([generateP256KeyPair(), generateP256KeyPair()]);
  const organizationName = 'СОчИ (демонстрация)';
  const years = (count: number) => ({ notBefore: now, notAfter: now.add({ hours: 24 * 365 * count }) });
  const root = await createRootCertificate({
    ...years(20),
    subject: { commonName: 'СОчИ: корневой УЦ (демонстрация)', organizationName },
    privateKey: rootPair.privateKey,
  });
  const issuing = await issueCaCertificate({
    ...years(10),
    issuer: root,
    issuerKey: rootPair.privateKey,
    subject: { commonName: 'СОчИ: выпускающий УЦ (демонстрация)', organizationName },
    publicKey: issuingPair.publicKey,
  });
  await mkdir(keyFolder(), { recursive: true, mode: 0o700 });
  const write = (name: string, content: string | Uint8Array) =>
    writeFile(join(keyFolder(), name), content, { mode: 0o600 });
  await write('issuing.key', issuingPair.privateKey.export({ type: 'pkcs8', format: 'pem' }));
  await write('issuing.crt', issuing.der);
  await write('root.pem', certificateToPem(root.der));
  await write('root.key', rootPair.privateKey.export({ type: 'pkcs8', format: 'pem' }));
  await write('root.crt', root.der);
  return { root, issuing, issuingKey: issuingPair.privateKey };
};

const certify = (
  { issuing, issuingKey }: OldAuthority,
  profile: 'operator' | 'head',
  publicKey: Uint8Array,
): Promise<Certificate> => {
  const notBefore = systemClock.now().round({ smallestUnit: 'second', roundingMode: 'trunc' });
  return issueSignerCertificate({
    notBefore,
    notAfter: notBefore.add({ hours: 24 * 365 }),
    issuer: issuing,
    issuerKey: issuingKey,
    profile,
    subject: { commonName: 'Асанов Бакыт Темирович', companyInn: '02012201910011' },
    publicKey,
  });
};

/** The database of before: service keys without the authorities' keys, and one company whose head can log in. */
const makeOldRows = async (old: OldAuthority): Promise<{ serial: string; inn: string; pin: string }> => {
  const keystore = await openKeystore(config);
  const operatorKey = await keystore.createServiceKey('operator');
  const operator = await certify(old, 'operator', operatorKey.publicKey);
  const insertKey = 'insert into service_key (name, certificate, sealed_key) values ($1, $2, $3)';
  await client.query(insertKey, ['root', Buffer.from(old.root.der), null]);
  await client.query(insertKey, ['issuing', Buffer.from(old.issuing.der), null]);
  await client.query(insertKey, ['operator', Buffer.from(operator.der), Buffer.from(operatorKey.sealed)]);
  const [companyId, officerId, credentialId] = [randomUUIDv7(), randomUUIDv7(), randomUUIDv7()];
  const [inn, pin] = ['02012201910011', '864209'];
  await client.query(
    `insert into company (id, inn, name, office_code, office_name, phone, legal_form, okpo)
     values ($1, $2, 'ОсОО «Давние»', '004', 'УГНС', '+996312000000', 'осоо', '11111111')`,
    [companyId, inn],
  );
  await client.query(
    `insert into officer (id, company_id, role, full_name, personal_inn) values ($1, $2, 'head', 'Асанов Бакыт', '21204197500123')`,
    [officerId, companyId],
  );
  const key = await keystore.createKey(pin, credentialId);
  const certificate = await certify(old, 'head', key.publicKey);
  await client.query(
    `insert into credential (id, officer_id, carrier, state, certificate, serial, valid_from, valid_to, sealed_key)
     values ($1, $2, 'cloud', 'active', $3, $4, $5, $6, $7)`,
    [
      credentialId,
      officerId,
      Buffer.from(certificate.der),
      certificate.serial,
      certificate.notBefore.toString(),
      certificate.notAfter.toString(),
      Buffer.from(key.sealed),
    ],
  );
  // What the migration does with credentials that exist already: the test's database was migrated while it was empty.
  await client.query(
    `insert into issued_certificate (id, serial, authority, profile, subject, der, sha256, credential_id, valid_from, valid_to, state, created_at)
     select uuidv7(), serial, 'issuing', 'head', '{"commonName":"Асанов Бакыт","companyInn":"02012201910011"}', certificate,
       sha256(certificate), id, valid_from, valid_to, 'active', now() from credential`,
  );
  await keystore.close();
  return { serial: certificate.serial, inn, pin };
};

const certificateOf = async (name: string): Promise<Certificate> => {
  const { rows } = await client.query<{ certificate: Buffer; sealed_key: Buffer | null }>(
    'select certificate, sealed_key from service_key where name = $1',
    [name],
  );
  if (!rows[0]?.sealed_key) throw new Error(`${name} has no key in the keystore`);
  return readCertificate(rows[0].certificate);
};

describe('a var folder of before the certification centre', () => {
  it('goes on working: keys move into the keystore, files go, everybody keeps their certificate', async () => {
    const old = await makeOldFiles();
    const { serial, inn, pin } = await makeOldRows(old);
    await installDemo(config, database.connectionString, DEMO);
    expect((await certificateOf('root')).sha256).toBe(old.root.sha256);
    expect((await certificateOf('issuing')).sha256).toBe(old.issuing.sha256);
    await expect(access(keyFolder())).rejects.toThrow('ENOENT');
    for (const name of ['timestamp', 'ocsp'])
      expect((await certificateOf(name)).issuerRaw).toEqual(old.issuing.subjectRaw);

    const { ctx, close } = await compose(
      'web',
      { config, secrets },
      {
        log: createLog({ service: 'test', level: 'silent' }),
      },
    );
    const web = await createWeb(ctx, database.connectionString);
    const session = await injectClient(web.app).call(endpoints.loginCloud, {
      body: { inn, role: 'head', pin },
    });
    expect(session.credential.serial).toBe(serial);
    const [recorded] = (await readCertificates(ctx, { serial })).certificates;
    expect(recorded).toMatchObject({ profile: 'head', state: 'active' });
    await web.close();
    await close();
    const { rows } = await client.query(
      'select count(*)::int as n from issued_certificate where key_sha256 is null',
    );
    expect(rows).toEqual([{ n: 0 }]);
  });

  it('changes nothing more when the demonstration is loaded again', async () => {
    await makeOldRows(await makeOldFiles());
    await installDemo(config, database.connectionString, DEMO);
    const snapshot = async () =>
      (
        await client.query<{ keys: string; n: string }>(
          'select (select json_agg(s order by name) from service_key s)::text as keys, (select count(*) from issued_certificate) as n',
        )
      ).rows;
    const before = await snapshot();
    const agencyKey = await stat(join(varDir, 'keys', 'agency', 'certificate.pem'));
    expect(await installDemo(config, database.connectionString, DEMO)).toBe(0);
    expect(await snapshot()).toEqual(before);
    expect((await stat(join(varDir, 'keys', 'agency', 'certificate.pem'))).mtimeMs).toBe(agencyKey.mtimeMs);
  });

  it('is finished when the move was cut off before the files went', async () => {
    const old = await makeOldFiles();
    await makeOldRows(old);
    const kept = join(varDir, 'kept');
    await cp(keyFolder(), kept, { recursive: true });
    await installDemo(config, database.connectionString, DEMO);
    await cp(kept, keyFolder(), { recursive: true });
    await installDemo(config, database.connectionString, DEMO);
    expect((await certificateOf('root')).sha256).toBe(old.root.sha256);
    await expect(access(keyFolder())).rejects.toThrow('ENOENT');
  });

  it('is refused when a key in it is not the key of its certificate', async () => {
    const old = await makeOldFiles();
    await makeOldFiles();
    await writeFile(join(keyFolder(), 'root.crt'), old.root.der);
    await expect(installDemo(config, database.connectionString, DEMO)).rejects.toThrow(
      'is not the key of its certificate',
    );
    await expect(access(join(keyFolder(), 'root.key'))).resolves.toBeUndefined();
  });

  it('is left alone where the database knows another authority, and the agency learns to trust that one', async () => {
    await installDemo(config, database.connectionString, DEMO);
    const root = await certificateOf('root');
    const trusted = join(varDir, 'keys', 'agency', 'trust-root.pem');
    const stranger = await makeOldFiles();
    await writeFile(trusted, certificateToPem(stranger.root.der));
    await installDemo(config, database.connectionString, DEMO);
    await expect(access(join(keyFolder(), 'root.key'))).resolves.toBeUndefined();
    expect((await certificateOf('root')).sha256).toBe(root.sha256);
    expect(await readFile(trusted, 'utf8')).toBe(certificateToPem(root.der));
  });

  it('brings its authority into a fresh database', async () => {
    const old = await makeOldFiles();
    await installDemo(config, database.connectionString, DEMO);
    expect((await certificateOf('root')).sha256).toBe(old.root.sha256);
    await expect(access(keyFolder())).rejects.toThrow('ENOENT');
  });
});

describe('the certification centre of a demonstration', () => {
  it('is one, though two processes install it at once', async () => {
    await Promise.all([
      installDemo(config, database.connectionString, { extra: 0, agency: false }),
      withCentre(config, database.connectionString, (ctx) =>
        installCentre(ctx, { organization: 'СОчИ (демонстрация)' }),
      ),
    ]);
    const { rows } = await client.query<{ profile: string; n: number }>(
      `select profile, count(*)::int as n from issued_certificate where credential_id is null group by profile order by profile`,
    );
    expect(rows).toEqual(
      ['issuing', 'ocsp', 'operator', 'root', 'timestamp'].map((profile) => ({ profile, n: 1 })),
    );
    const [root, issuing, operator] = [
      await certificateOf('root'),
      await certificateOf('issuing'),
      await certificateOf('operator'),
    ];
    expect(issuing.issuerRaw).toEqual(root.subjectRaw);
    expect(operator.issuerRaw).toEqual(issuing.subjectRaw);
  });

  it('leaves no private key of its own in a file', async () => {
    await installDemo(config, database.connectionString, DEMO);
    await expect(access(keyFolder())).rejects.toThrow('ENOENT');
    // The agency is another house: its key is in its own folder, for itself alone.
    expect((await stat(join(varDir, 'keys', 'agency', 'key.pem'))).mode & 0o777).toBe(0o600);
  });
});
