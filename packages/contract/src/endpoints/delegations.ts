import { OFFICER_ROLES } from '@sochi/kernel';
import * as z from 'zod';
import { DelegationTerms, DelegationUse, DelegationView } from '../delegation-shapes.ts';
import { endpoint } from '../endpoint.ts';

export const delegationEndpoints = {
  getDelegation: endpoint({
    id: 'getDelegation',
    method: 'GET',
    path: '/api/v1/delegation',
    summary: 'Whether the accountant may sign for the head, within which bounds, and how often it was done',
    access: OFFICER_ROLES,
    reply: { json: DelegationView },
    status: 200,
    errors: [],
  }),
  grantDelegation: endpoint({
    id: 'grantDelegation',
    method: 'PUT',
    path: '/api/v1/delegation',
    summary: 'Let the accountant sign for me within these bounds; takes the place of an earlier delegation',
    access: ['head'],
    body: z.strictObject({ terms: DelegationTerms, pin: z.string().regex(/^\d{6}$/) }),
    reply: { json: DelegationView },
    status: 200,
    idempotent: true,
    errors: [
      'delegation.token_key',
      'delegation.no_accountant',
      'delegation.bad_terms',
      'pin.wrong',
      'pin.paused',
      'credential.unusable',
      'idempotency.key_reused',
    ],
  }),
  endDelegation: endpoint({
    id: 'endDelegation',
    method: 'DELETE',
    path: '/api/v1/delegation',
    summary: 'Take the delegation away, at once; does nothing when there is none',
    access: ['head'],
    reply: { nothing: true },
    status: 204,
    errors: [],
  }),
  listDelegationUses: endpoint({
    id: 'listDelegationUses',
    method: 'GET',
    path: '/api/v1/delegation/uses',
    summary: 'Every report that carries my signature by delegation, newest first, in pages',
    access: ['head'],
    query: z.object({
      limit: z.coerce.number().int().min(1).max(100).default(50),
      before: z.uuid().optional(),
    }),
    reply: { json: z.object({ uses: z.array(DelegationUse), next: z.string().nullable() }) },
    status: 200,
    errors: [],
  }),
} as const;
