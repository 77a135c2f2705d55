import { OFFICER_ROLES } from '@sochi/kernel';
import * as z from 'zod';
import { endpoint } from '../endpoint.ts';
import { OfficerRole } from '../plain-shapes.ts';
import { Session } from '../shapes.ts';

export const sessionEndpoints = {
  loginCloud: endpoint({
    id: 'loginCloud',
    method: 'POST',
    path: '/api/v1/login/cloud',
    summary: 'Log in with a signature kept in the cloud; sets the session cookie',
    access: 'public',
    body: z.strictObject({
      inn: z.string().regex(/^\d{14}$/),
      role: OfficerRole,
      pin: z.string().regex(/^\d{6}$/),
    }),
    reply: { json: Session },
    status: 200,
    errors: ['login.refused', 'login.paused', 'login.certificate_expired'],
  }),
  getSession: endpoint({
    id: 'getSession',
    method: 'GET',
    path: '/api/v1/session',
    summary: 'Who is logged in, for which company, with what balance and signature term',
    access: OFFICER_ROLES,
    reply: { json: Session },
    status: 200,
    errors: [],
  }),
  logout: endpoint({
    id: 'logout',
    method: 'DELETE',
    path: '/api/v1/session',
    summary: 'Log out; the signing grant dies with the session',
    access: 'public',
    reply: { nothing: true },
    status: 204,
    errors: [],
  }),
} as const;
