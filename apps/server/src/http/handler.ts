import type { Endpoint, Output } from '@sochi/contract';
import type { OfficerRole } from '@sochi/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { ActingOfficer } from '#modules/certification/index.ts';
import type { ActiveSession } from '#modules/sessions/index.ts';

type Parsed<E, K extends string> = E extends { [P in K]: infer S }
  ? S extends z.ZodType
    ? z.output<S>
    : undefined
  : undefined;

/** Who calls an endpoint for officers of companies: a live session, with one of the roles it names. */
type SessionOf<E extends Endpoint> = E['access'] extends readonly OfficerRole[] ? ActiveSession : undefined;

/** Who calls an endpoint for officers of the certification centre. */
type CentreOfficerOf<E extends Endpoint> = E['access'] extends 'certification' ? ActingOfficer : undefined;

export type Call<E extends Endpoint> = {
  params: Parsed<E, 'params'>;
  query: Parsed<E, 'query'>;
  body: Parsed<E, 'body'>;
  session: SessionOf<E>;
  centreOfficer: CentreOfficerOf<E>;
  idempotencyKey: E extends { idempotent: true } ? string : undefined;
  request: FastifyRequest;
  reply: FastifyReply;
};

/** Bytes for the browser: shown in place, or saved under a name. */
export type Media = { bytes: Uint8Array; fileName?: string };

/** A media endpoint gives bytes, or undefined when it has taken over the connection (server-sent events). */
export type Handler<E extends Endpoint> = (
  call: Call<E>,
) => Promise<E['reply'] extends { media: string } ? Media | undefined : Output<E>>;

/** One handler per endpoint of the contract: a missing one does not compile. */
export type Handlers<T extends Record<string, Endpoint>> = { [K in keyof T]: Handler<T[K]> };
