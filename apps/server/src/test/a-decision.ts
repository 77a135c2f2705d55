import type { ArrivedDecision } from '@sochi/connector-kit';
import {
  generateP256KeyPair,
  issueSignerCertificate,
  serialiseDecision,
  signDetached,
  type Decision,
} from '@sochi/signature';
import { openDemoAuthority } from '../demo/demo-authority.ts';
import { systemClock } from '../system-clock.ts';

export type DecisionSigner = (
  about: { number: string; reportSha256: string },
  change?: Partial<Decision>,
) => Promise<ArrivedDecision>;

/** A curator with a certificate of the portal's certification centre, signing decisions past the training agency. */
export const aCurator = async (varDir: string): Promise<DecisionSigner> => {
  const now = systemClock.now().round({ smallestUnit: 'second', roundingMode: 'trunc' });
  const authority = await openDemoAuthority(varDir, now.subtract({ hours: 1 }));
  const { publicKey, privateKey } = await generateP256KeyPair();
  const certificate = await issueSignerCertificate({
    notBefore: now,
    notAfter: now.add({ hours: 24 }),
    issuer: authority.issuing,
    issuerKey: authority.issuingKey,
    profile: 'agency',
    subject: { commonName: 'ГНС', organizationName: 'ГНС' },
    publicKey,
  });
  return async ({ number, reportSha256 }, change = {}) => {
    const decidedAt = systemClock.now();
    const json = serialiseDecision({
      version: 1,
      agency: 'gns',
      agencyNumber: 'ГНС-2026-000000001',
      filingNumber: number,
      reportSha256,
      verdict: 'accepted',
      reasons: [],
      text: '',
      decidedAt,
      ...change,
    });
    const p7s = await signDetached({
      content: json,
      certificate,
      privateKey,
      signingTime: decidedAt,
      certificates: [authority.issuing],
    });
    return { filingNumber: number, json, p7s };
  };
};
