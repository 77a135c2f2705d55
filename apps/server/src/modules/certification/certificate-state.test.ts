import { CERTIFICATE_STATES } from '@sochi/contract';
import { expect, it } from 'vitest';
import { nextState } from './certificate-state.ts';

it('allows exactly these changes', () => {
  const changes = CERTIFICATE_STATES.flatMap((state) =>
    (['suspend', 'resume', 'revoke'] as const).map(
      (change) => `${state} --${change}--> ${nextState(state, change)}`,
    ),
  );
  expect(changes).toEqual([
    'active --suspend--> suspended',
    'active --resume--> undefined',
    'active --revoke--> revoked',
    'suspended --suspend--> undefined',
    'suspended --resume--> active',
    'suspended --revoke--> revoked',
    'revoked --suspend--> undefined',
    'revoked --resume--> undefined',
    'revoked --revoke--> undefined',
  ]);
});
