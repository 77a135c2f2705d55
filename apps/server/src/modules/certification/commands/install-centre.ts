import { readCertificate } from '@sochi/signature';
import { randomUUIDv7 } from 'node:crypto';
import { inTransaction } from '../../../db/database.ts';
import { findServiceKey, SERVICE_KEYS, type ServiceKeyName } from '../../../keys/service-keys.ts';
import type { CentreContext } from '../centre-context.ts';
import { keyHash } from '../make-certificate.ts';
import { publishRevocationLists } from '../publish-revocation-lists.ts';
import { insertCertificate } from '../queries.ts';
import { prepareServiceKey, recordServiceKey } from '../service-certificate.ts';
import { SERVICE_CERTIFICATES } from '../service-certificates.ts';
import {
  insertServiceKey,
  listUnrecordedServiceKeys,
  listWithoutKeyHash,
  setKeyHash,
} from '../service-key-queries.ts';

/** The database has a certificate of the centre whose key is not in the keystore. */
export class CentreKeyElsewhere extends Error {
  constructor(name: ServiceKeyName) {
    super(
      `The key of the certificate «${name}» is not in the keystore: an earlier demonstration kept it in VAR_DIR/keys/demo-authority, and «npm start» with that VAR_DIR takes it over.`,
    );
  }
}

const BATCH = 500;
const OWN = { officer: null, documents: [], idempotencyKey: null } as const;

/** Of two processes that install at once one makes the key that stays; the other's is forgotten before anybody has used it. */
const ensureServiceKey = async (
  ctx: CentreContext,
  name: ServiceKeyName,
  organization: string,
): Promise<void> => {
  const present = await findServiceKey(ctx.db, name);
  if (present?.key) return;
  if (present) throw new CentreKeyElsewhere(name);
  const prepared = await prepareServiceKey(ctx, name, { organization });
  await inTransaction(ctx.db, async (tx) => {
    const row = { name, certificate: prepared.made.certificate.der, sealed: prepared.key.sealed };
    if (!(await insertServiceKey(tx, row))) return;
    await recordServiceKey(tx, prepared, { ...OWN, act: 'issue', at: ctx.clock.now() });
  });
};

const isServiceKeyName = (name: string): name is ServiceKeyName =>
  SERVICE_KEYS.some((known) => known === name);

/** Certificates of before the centre get into its books: service keys, and the public keys of officers' certificates. */
const completeRecords = async (ctx: CentreContext): Promise<void> => {
  for (const { name, certificate: der } of await listUnrecordedServiceKeys(ctx.db)) {
    if (!isServiceKeyName(name)) continue;
    const certificate = readCertificate(der);
    const { commonName = '', organizationName = '' } = certificate.subject;
    const made = {
      id: randomUUIDv7(),
      authority: SERVICE_CERTIFICATES[name].issuer,
      profile: name,
      subject: { commonName, organizationName },
      certificate,
      keySha256: keyHash(certificate.spki),
      credentialId: null,
      replaces: null,
    };
    await insertCertificate(ctx.db, made, ctx.clock.now());
  }
  for (;;) {
    const rows = await listWithoutKeyHash(ctx.db, BATCH);
    for (const { id, der } of rows) await setKeyHash(ctx.db, id, keyHash(readCertificate(der).spki));
    if (rows.length < BATCH) return;
  }
};

/**
 * Makes what is missing of the centre: root (20 years), issuing authority (10 years), the operator's, timestamp and OCSP
 * certificates, all with keys in the keystore, and the first revocation lists. May be repeated, also by several at once.
 */
export const installCentre = async (
  ctx: CentreContext,
  { organization }: { organization: string },
): Promise<void> => {
  await completeRecords(ctx);
  for (const name of SERVICE_KEYS) await ensureServiceKey(ctx, name, organization);
  await publishRevocationLists(ctx);
};
