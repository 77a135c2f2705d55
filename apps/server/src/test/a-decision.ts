import type { ArrivedDecision } from '@sochi/connector-kit';
import { serialiseDecision, signDetached, type Decision } from '@sochi/signature';
import { systemClock } from '../system-clock.ts';
import type { TestSigner } from './a-signer.ts';

export type DecisionSigner = (
  about: { number: string; reportSha256: string },
  change?: Partial<Decision>,
) => Promise<ArrivedDecision>;

/** A curator who signs decisions past the training agency. */
export const aCurator = ({ certificate, privateKey, issuing }: TestSigner): DecisionSigner => {
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
      certificates: [issuing],
    });
    return { filingNumber: number, json, p7s };
  };
};
