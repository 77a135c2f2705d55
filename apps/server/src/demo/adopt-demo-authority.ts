import { createPrivateKey } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { adoptAuthority, type Authority, type CentreContext } from '#modules/certification/index.ts';
import { findServiceKey } from '../keys/service-keys.ts';

type KeyFiles = { certificate: Buffer; pkcs8: Buffer };

const readFiles = async (folder: string, name: Authority): Promise<KeyFiles | undefined> => {
  try {
    const [certificate, pem] = await Promise.all([
      readFile(join(folder, `${name}.crt`)),
      readFile(join(folder, `${name}.key`)),
    ]);
    const pkcs8 = createPrivateKey(pem).export({ type: 'pkcs8', format: 'der' });
    pem.fill(0);
    return { certificate, pkcs8 };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
};

/** True when the centre works with the authority of these files, taken over now or before. */
const adopt = async (ctx: CentreContext, name: Authority, files: KeyFiles): Promise<boolean> => {
  await adoptAuthority(ctx, { name, ...files });
  files.pkcs8.fill(0);
  const present = await findServiceKey(ctx.db, name);
  if (!present?.key) return false;
  return Buffer.compare(present.certificate.der, files.certificate) === 0;
};

/**
 * A demonstration of before kept the keys of its root and issuing authority in files: they move into the keystore, and the files
 * go. Files of an authority that this database does not know stay as they are. Repeating it does nothing.
 */
export const adoptDemoAuthority = async (ctx: CentreContext, varDir: string): Promise<void> => {
  const folder = join(varDir, 'keys', 'demo-authority');
  const [root, issuing] = await Promise.all([readFiles(folder, 'root'), readFiles(folder, 'issuing')]);
  if (!root || !issuing) return;
  const areAdopted = (await adopt(ctx, 'root', root)) && (await adopt(ctx, 'issuing', issuing));
  if (areAdopted) await rm(folder, { recursive: true, force: true });
};
