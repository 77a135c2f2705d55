import { OFFICER_ROLES } from '@sochi/kernel';
import * as z from 'zod';
import { endpoint } from '../endpoint.ts';
import { News } from '../shapes.ts';
import { delegationEndpoints } from './delegations.ts';
import { certificationEndpoints } from './certification.ts';
import { filingEndpoints } from './filings.ts';
import { sessionEndpoints } from './session.ts';

/** Every endpoint there is. The server registers exactly these, OpenAPI lists them, the client calls them. */
export const endpoints = {
  ...sessionEndpoints,
  ...filingEndpoints,
  ...delegationEndpoints,
  ...certificationEndpoints,
  listNews: endpoint({
    id: 'listNews',
    method: 'GET',
    path: '/api/v1/news',
    summary: 'News, newest first',
    access: OFFICER_ROLES,
    reply: { json: z.object({ news: z.array(News) }) },
    status: 200,
    errors: [],
  }),
  streamEvents: endpoint({
    id: 'streamEvents',
    method: 'GET',
    path: '/api/v1/events',
    summary:
      'Server-sent events: `filing` when a filing of the company moves, `session` when the session ends',
    access: OFFICER_ROLES,
    reply: { media: 'text/event-stream' },
    status: 200,
    errors: [],
  }),
  getOpenapi: endpoint({
    id: 'getOpenapi',
    method: 'GET',
    path: '/api/openapi.json',
    summary: 'This description, as OpenAPI 3.1',
    access: 'public',
    reply: { json: z.record(z.string(), z.unknown()) },
    status: 200,
    errors: [],
  }),
} as const;

export type Endpoints = typeof endpoints;
