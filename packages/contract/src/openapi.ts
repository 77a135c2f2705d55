import * as z from 'zod';
import type { Endpoint } from './endpoint.ts';
import { ERRORS, Problem } from './errors/index.ts';

const schemaOf = (type: z.ZodType): Record<string, unknown> => {
  const { $schema: _, ...schema } = z.toJSONSchema(type, { io: 'input', unrepresentable: 'any' });
  return schema;
};

const parametersOf = (endpoint: Endpoint): unknown[] => {
  const part = (object: z.ZodObject | undefined, place: 'path' | 'query'): unknown[] =>
    Object.entries(object?.shape ?? {}).map(([name, type]) => ({
      name,
      in: place,
      required: place === 'path',
      // The shape of a ZodObject holds core types; every one of ours is a full ZodType.
      schema: schemaOf(type as z.ZodType),
    }));
  const key = {
    name: 'Idempotency-Key',
    in: 'header',
    required: true,
    schema: { type: 'string', minLength: 8, maxLength: 100 },
  };
  return [
    ...part(endpoint.params, 'path'),
    ...part(endpoint.query, 'query'),
    ...(endpoint.idempotent ? [key] : []),
  ];
};

const replyOf = (endpoint: Endpoint): Record<string, unknown> => {
  if ('nothing' in endpoint.reply) return { description: 'Done' };
  if ('media' in endpoint.reply) return { description: 'Bytes', content: { [endpoint.reply.media]: {} } };
  return { description: 'Done', content: { 'application/json': { schema: schemaOf(endpoint.reply.json) } } };
};

const refusalsOf = (endpoint: Endpoint): Record<string, unknown> => {
  const codes = new Map<number, string[]>();
  for (const code of endpoint.errors)
    codes.set(ERRORS[code].status, [...(codes.get(ERRORS[code].status) ?? []), code]);
  return Object.fromEntries(
    [...codes].map(([status, names]) => [
      String(status),
      {
        description: names.join(', '),
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  );
};

const securityOf = ({ access }: Endpoint): unknown[] => {
  if (access === 'public') return [];
  return [access === 'certification' ? { certificationOfficer: [] } : { session: [] }];
};

const operationOf = (endpoint: Endpoint): Record<string, unknown> => ({
  operationId: endpoint.id,
  summary: endpoint.summary,
  parameters: parametersOf(endpoint),
  ...(endpoint.body
    ? {
        requestBody: { required: true, content: { 'application/json': { schema: schemaOf(endpoint.body) } } },
      }
    : {}),
  responses: {
    [String(endpoint.status)]: replyOf(endpoint),
    ...refusalsOf(endpoint),
    default: {
      description: 'Any other problem',
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    },
  },
  security: securityOf(endpoint),
});

/** The OpenAPI 3.1 document of these endpoints. */
export const openapiDocument = (
  endpoints: Record<string, Endpoint>,
  version: string,
): Record<string, unknown> => {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const endpoint of Object.values(endpoints)) {
    (paths[endpoint.path] ??= {})[endpoint.method.toLowerCase()] = operationOf(endpoint);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'СОчИ',
      version,
      description: 'E-reporting for Kyrgyz companies',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas: { Problem: schemaOf(Problem) },
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: '__Host-sochi' },
        certificationOfficer: { type: 'http', scheme: 'bearer' },
      },
    },
  };
};
