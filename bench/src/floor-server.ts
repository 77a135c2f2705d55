import { hash } from '@node-rs/argon2';
import { createHash, createPrivateKey, generateKeyPairSync, randomBytes, sign, verify } from 'node:crypto';
import { createServer } from 'node:http';
import pg from 'pg';
import { FLOOR_TABLE, type FloorWork } from './floor-work.ts';

/**
 * The bare work a filing cannot do without, and nothing else: cryptography by node:crypto, single statements by pg, one plain
 * HTTP server. Started by the bench as a process of its own, so that it can be measured like the system's processes.
 */
const pair = generateKeyPairSync('ec', {
  namedCurve: 'prime256v1',
  privateKeyEncoding: { type: 'pkcs8', format: 'der' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});
const ARGON2ID = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const attributes = randomBytes(200);
const signOnce = () =>
  sign('sha256', attributes, createPrivateKey({ key: pair.privateKey, format: 'der', type: 'pkcs8' }));
const known = signOnce();

const [databaseUrl] = process.argv.slice(2);
const pool = new pg.Pool({ connectionString: databaseUrl, max: 10 });

const times = async (count: number, work: () => unknown): Promise<void> => {
  for (let done = 0; done < count; done += 1) await work();
};

const doWork = async (work: FloorWork): Promise<void> => {
  const bytes = randomBytes(work.bytesPerWrite);
  await times(work.pinHashes, () => hash('123456', ARGON2ID));
  await times(work.signatures, signOnce);
  await times(work.verifications, () => verify('sha256', attributes, pair.publicKey, known));
  await times(work.digests, () => createHash('sha256').update(bytes).digest());
  await times(work.reads, () =>
    pool.query({ name: 'read', text: `select id from ${FLOOR_TABLE} where id = $1`, values: [1] }),
  );
  await times(work.writes, () =>
    pool.query({ name: 'write', text: `insert into ${FLOOR_TABLE} (bytes) values ($1)`, values: [bytes] }),
  );
};

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    // The bench alone talks to this server.
    doWork(JSON.parse(Buffer.concat(chunks).toString('utf8')) as FloorWork).then(
      () => response.end('{"ok":true}'),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.({ port: typeof address === 'object' ? address?.port : undefined });
});
process.once('disconnect', () => process.exit(0));
