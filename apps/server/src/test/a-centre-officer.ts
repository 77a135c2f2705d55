import type { BasisDocument } from '@sochi/contract';
import { randomUUID } from 'node:crypto';
import { addOfficer, type Basis } from '#modules/certification/index.ts';
import type { AppContext } from '../context.ts';

export const DOCUMENTS: BasisDocument[] = [
  { kind: 'application', number: '17', date: '2026-11-25' },
  { kind: 'passport_copy', number: 'AN 1234567', date: '2020-02-29' },
];

/** An officer of the certification centre with an access token, and what an act of theirs rests on. */
export const aCentreOfficer = async (
  ctx: Pick<AppContext, 'db' | 'clock'>,
): Promise<{ token: string; basis: () => Basis }> => {
  const added = await addOfficer(ctx, `Сотрудник ${randomUUID()}`);
  if (!added) throw new Error('two officers of one name');
  return {
    token: added.token,
    basis: () => ({ officer: added.officer, documents: DOCUMENTS, idempotencyKey: randomUUID() }),
  };
};
