import { readCertificate, type Certificate } from '@sochi/signature';
import type { Clock } from '@sochi/kernel';
import { createHash } from 'node:crypto';
import type { DbOrTx } from '../db/database.ts';
import type { Keystore, SealedKey } from './keystore.ts';
import { signDocument } from './sign-document.ts';

/** The operator as a signer: its certificate, the chain above it, and its signature over postmarks and manifests. */
export type Operator = {
  certificate: Certificate;
  issuing: Certificate;
  root: Certificate;
  /** Detached CAdES-BES over `content`, DER. */
  sign: (content: Uint8Array) => Promise<Uint8Array>;
  /** Bare ECDSA signature with SHA-256 over `content`, DER. */
  seal: (content: Uint8Array) => Promise<Uint8Array>;
};

type ServiceKey = { certificate: Certificate; key: SealedKey | null };

const findServiceKey = async (db: DbOrTx, name: string): Promise<ServiceKey | undefined> => {
  const row = await db
    .selectFrom('service_key')
    .select(['certificate', 'sealed_key'])
    .where('name', '=', name)
    .executeTakeFirst();
  // Only the keystore wrote this column.
  return (
    row && {
      certificate: readCertificate(row.certificate),
      key: row.sealed_key as Uint8Array | null as SealedKey | null,
    }
  );
};

/** Thrown at start when `demo` (later: the certification centre) has not made the operator's keys yet. */
export class OperatorKeysMissing extends Error {
  constructor() {
    super('The operator has no keys yet: run «npm run sochi -- demo» once, or «npm start».');
  }
}

export const loadOperator = async (ctx: {
  db: DbOrTx;
  keystore: Keystore;
  clock: Clock;
}): Promise<Operator> => {
  const [own, issuing, root] = await Promise.all(
    ['operator', 'issuing', 'root'].map((name) => findServiceKey(ctx.db, name)),
  );
  if (!own?.key || !issuing || !root) throw new OperatorKeysMissing();
  const { key } = own;
  return {
    certificate: own.certificate,
    issuing: issuing.certificate,
    root: root.certificate,
    seal: async (content) => {
      const hash = createHash('sha256').update(content).digest('hex');
      const authorization = await ctx.keystore.authorize({ kind: 'service', key, name: 'operator' }, [hash]);
      return ctx.keystore.signHash(authorization, content);
    },
    sign: (content) =>
      signDocument(
        ctx.keystore,
        { kind: 'service', key, name: 'operator' },
        {
          contentSha256: createHash('sha256').update(content).digest(),
          certificate: own.certificate,
          chain: [issuing.certificate],
          signingTime: ctx.clock.now(),
        },
      ),
  };
};
