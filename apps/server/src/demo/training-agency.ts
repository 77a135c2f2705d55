import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { certificatesFromPem, certificateToPem, readCertificate } from '@sochi/signature';
import {
  issueFromRequest,
  readCertificateDetail,
  type Basis,
  type CentreContext,
} from '#modules/certification/index.ts';
import { getServiceKey } from '../keys/service-keys.ts';

const AGENCY = fileURLToPath(new URL('../../../agency/src/cli.ts', import.meta.url));
const RENEW_WHEN_LEFT = { hours: 24 * 30 };

const keyFolder = (varDir: string): string => join(varDir, 'keys', 'agency');

/** The environment of `apps/agency`, which shares nothing with us but the machine. */
export const agencyEnvironment = (options: {
  varFolder: string;
  connectionString: string;
  port: number;
}): Record<string, string> => ({
  AGENCY_PORT: String(options.port),
  AGENCY_DATABASE_URL: options.connectionString,
  AGENCY_KEY_DIR: keyFolder(options.varFolder),
});

/** One command of the agency's program: what it writes to standard output. */
const runAgency = async (varDir: string, command: string, input = ''): Promise<string> => {
  const child = spawn(process.execPath, [AGENCY, command], {
    env: { AGENCY_KEY_DIR: keyFolder(varDir) },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.end(input);
  const [output, complaint] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  if (child.exitCode !== 0) throw new Error(`the agency's ${command} failed: ${complaint.trim()}`);
  return output;
};

const readOrNull = (path: string): Promise<string | null> => readFile(path, 'utf8').catch(() => null);

/** Whether the agency trusts this root and has a certificate that does not end soon. */
const isEquipped = async (folder: string, rootPem: string, now: Temporal.Instant): Promise<boolean> => {
  const [trusted, own] = await Promise.all([
    readOrNull(join(folder, 'trust-root.pem')),
    readOrNull(join(folder, 'certificate.pem')),
  ]);
  const [der] = own === null ? [] : certificatesFromPem(own);
  if (trusted !== rootPem || !der) return false;
  return Temporal.Instant.compare(now.add(RENEW_WHEN_LEFT), readCertificate(der).notAfter) < 0;
};

/**
 * The training agency's certificate, the way a real one gets it: the agency makes its key and asks with a PKCS#10, the centre
 * issues, the agency takes the certificate and the root it is to trust. Nothing where that has been done.
 */
export const installAgencyKey = async (ctx: CentreContext, basis: Basis, varDir: string): Promise<void> => {
  const rootPem = certificateToPem((await getServiceKey(ctx.db, 'root')).certificate.der);
  if (await isEquipped(keyFolder(varDir), rootPem, ctx.clock.now())) return;
  const request = await runAgency(varDir, 'request-certificate');
  const id = await issueFromRequest(ctx, basis, {
    holder: {
      kind: 'agency',
      name: 'ГНС (учебная принимающая сторона)',
      organization: 'Государственная налоговая служба',
    },
    request,
  });
  const { pem } = await readCertificateDetail(ctx, id);
  await runAgency(varDir, 'accept-certificate', pem + rootPem);
};
