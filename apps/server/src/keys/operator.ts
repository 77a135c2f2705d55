import type { Certificate } from '@sochi/signature';
import type { Clock } from '@sochi/kernel';
import { createHash } from 'node:crypto';
import type { TimestampSource } from '#modules/timestamping/index.ts';
import type { DbOrTx } from '../db/database.ts';
import type { Keystore } from './keystore.ts';
import { checkServiceKey, getServiceKey, signAsService, type ServiceKey } from './service-keys.ts';
import { signDocument } from './sign-document.ts';

/** The operator as a signer: its certificate, the chain above it, and its signature over postmarks and manifests. */
export type Operator = {
  readonly certificate: Certificate;
  readonly issuing: Certificate;
  readonly root: Certificate;
  /** Detached CAdES-T over `content`, DER. */
  sign: (content: Uint8Array) => Promise<Uint8Array>;
  /** Bare ECDSA signature with SHA-256 over `content`, DER. */
  seal: (content: Uint8Array) => Promise<Uint8Array>;
};

type Context = { db: DbOrTx; keystore: Keystore; clock: Clock; timestamps: TimestampSource };
type Known = { own: ServiceKey; issuing: Certificate; root: Certificate; readAtMs: number };

/** The certificate is renewed weeks before its end: to look this often is enough, whatever the process has been up to. */
const READ_AGAIN_MS = 600_000;

const read = async ({ db, clock }: Pick<Context, 'db' | 'clock'>): Promise<Known> => {
  const [own, issuing, root] = await Promise.all([
    getServiceKey(db, 'operator'),
    getServiceKey(db, 'issuing'),
    getServiceKey(db, 'root'),
  ]);
  return {
    own,
    issuing: issuing.certificate,
    root: root.certificate,
    readAtMs: clock.now().epochMilliseconds,
  };
};

/** The operator's key and certificates; a renewal is noticed while the process runs. Throws ServiceKeyMissing, ForeignKeystore. */
export const loadOperator = async (ctx: Context): Promise<Operator> => {
  let known = await read(ctx);
  await checkServiceKey(ctx.keystore, known.own);
  const current = async (): Promise<Known> => {
    const ageMs = Math.abs(ctx.clock.now().epochMilliseconds - known.readAtMs);
    if (ageMs > READ_AGAIN_MS) known = await read(ctx);
    return known;
  };
  return {
    get certificate() {
      return known.own.certificate;
    },
    get issuing() {
      return known.issuing;
    },
    get root() {
      return known.root;
    },
    seal: async (content) => signAsService(ctx.keystore, (await current()).own, content),
    sign: async (content) => {
      const { own, issuing } = await current();
      const proof = { kind: 'service', key: own.key, name: own.name } as const;
      return signDocument(ctx, proof, {
        contentSha256: createHash('sha256').update(content).digest(),
        certificate: own.certificate,
        chain: [issuing],
        signingTime: ctx.clock.now(),
      });
    },
  };
};
