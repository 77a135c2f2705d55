import type { OfficerRole } from '@sochi/kernel';
import type * as z from 'zod';
import type { ErrorCode } from './errors/index.ts';

/**
 * Who may call: anybody; an officer of a company with one of these roles and a live session; or an officer of the
 * certification centre with an access token in `Authorization: Bearer`.
 */
export type Access = 'public' | readonly OfficerRole[] | 'certification';

/** What comes back: a JSON shape, nothing, or bytes of a media type. */
export type Reply = { json: z.ZodType } | { nothing: true } | { media: string };

export type Endpoint = {
  id: string;
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Path with `{name}` for parameters. */
  path: string;
  summary: string;
  access: Access;
  params?: z.ZodObject;
  query?: z.ZodObject;
  body?: z.ZodType;
  reply: Reply;
  status: 200 | 201 | 204;
  /** True where a repeat with the same Idempotency-Key must do nothing twice; the header is then required. */
  idempotent?: true;
  errors: readonly ErrorCode[];
};

type Part<E, K extends string, T> = E extends { [P in K]: infer S }
  ? S extends z.ZodType
    ? T & { [P in K]: z.input<S> }
    : T
  : T;

/** What a caller hands over: the parts the endpoint names and nothing else. */
export type Input<E extends Endpoint> = Part<E, 'params', unknown> &
  Part<E, 'query', unknown> &
  Part<E, 'body', unknown> &
  (E extends { idempotent: true } ? { idempotencyKey: string } : unknown);

/** What a caller gets: the parsed JSON, bytes for media, undefined for nothing. */
export type Output<E extends Endpoint> = E['reply'] extends { json: infer S }
  ? S extends z.ZodType
    ? z.output<S>
    : never
  : E['reply'] extends { media: string }
    ? Uint8Array
    : undefined;

/** Keeps the literal types of an endpoint. */
export const endpoint = <const E extends Endpoint>(definition: E): E => definition;
