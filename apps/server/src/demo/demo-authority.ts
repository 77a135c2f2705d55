import {
  certificateToPem,
  createRootCertificate,
  generateP256KeyPair,
  issueCaCertificate,
  readCertificate,
  type Certificate,
} from '@sochi/signature';
import { createPrivateKey, type KeyObject } from 'node:crypto';
import { access, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The demonstration's certification centre: a root and an issuing key in files only their owner can read, made at the first
 * start and never committed. The real centre, with its keys in the keystore, is a module of its own.
 */
export type DemoAuthority = {
  root: Certificate;
  issuing: Certificate;
  issuingKey: KeyObject;
  rootFile: string;
};

const YEARS = { root: 20, issuing: 10 } as const;

const years = (from: Temporal.Instant, count: number) => ({
  notBefore: from,
  notAfter: from.add({ hours: 24 * 365 * count }),
});

const create = async (folder: string, now: Temporal.Instant): Promise<void> => {
  const [rootPair, issuingPair] = await Promise.all([generateP256KeyPair(), generateP256KeyPair()]);
  const organizationName = 'СОчИ (демонстрация)';
  const root = await createRootCertificate({
    ...years(now, YEARS.root),
    subject: { commonName: 'СОчИ: корневой УЦ (демонстрация)', organizationName },
    privateKey: rootPair.privateKey,
  });
  const issuing = await issueCaCertificate({
    ...years(now, YEARS.issuing),
    issuer: root,
    issuerKey: rootPair.privateKey,
    subject: { commonName: 'СОчИ: выпускающий УЦ (демонстрация)', organizationName },
    publicKey: issuingPair.publicKey,
  });
  const pem = (key: KeyObject) => key.export({ type: 'pkcs8', format: 'pem' }).toString();
  await writeFile(join(folder, 'issuing.key'), pem(issuingPair.privateKey), { mode: 0o600 });
  await writeFile(join(folder, 'issuing.crt'), issuing.der);
  await writeFile(join(folder, 'root.pem'), certificateToPem(root.der));
  await writeFile(join(folder, 'root.key'), pem(rootPair.privateKey), { mode: 0o600 });
  // Last: its presence says that the rest is complete.
  await writeFile(join(folder, 'root.crt'), root.der);
};

/** Reads the demonstration's authority; makes it where there is none. */
export const openDemoAuthority = async (varDir: string, now: Temporal.Instant): Promise<DemoAuthority> => {
  const folder = join(varDir, 'keys', 'demo-authority');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await access(join(folder, 'root.crt')).catch(() => create(folder, now));
  return {
    root: readCertificate(await readFile(join(folder, 'root.crt'))),
    issuing: readCertificate(await readFile(join(folder, 'issuing.crt'))),
    issuingKey: createPrivateKey(await readFile(join(folder, 'issuing.key'))),
    rootFile: join(folder, 'root.pem'),
  };
};
