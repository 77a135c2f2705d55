import type { Endpoint, Input, Output } from './endpoint.ts';
import { Problem } from './errors/index.ts';
import type { Language } from './language.ts';

/** A refusal by the server, or `network` when no answer came: then the outcome is unknown. */
export class ApiError extends Error {
  readonly problem: Problem | undefined;
  constructor(problem: Problem | undefined, options?: ErrorOptions) {
    super(problem ? `${problem.code} (${problem.requestId})` : 'no answer from the server', options);
    this.problem = problem;
  }
  /** The stable code, or `network`. */
  get code(): string {
    return this.problem?.code ?? 'network';
  }
}

type LooseInput = {
  params?: Record<string, string>;
  query?: Record<string, unknown>;
  body?: unknown;
  idempotencyKey?: string;
};

const address = (endpoint: Endpoint, input: LooseInput): string => {
  const path = endpoint.path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(input.params?.[name] ?? ''),
  );
  const query = Object.entries(input.query ?? {}).filter(([, value]) => value !== undefined);
  return query.length === 0
    ? path
    : `${path}?${new URLSearchParams(query.map(([name, value]) => [name, String(value)])).toString()}`;
};

const readProblem = async (response: Response): Promise<ApiError> => {
  const parsed = Problem.safeParse(await response.json().catch(() => undefined));
  return new ApiError(parsed.success ? parsed.data : undefined);
};

const readReply = async (endpoint: Endpoint, response: Response): Promise<unknown> => {
  if ('nothing' in endpoint.reply) return undefined;
  if ('media' in endpoint.reply) return new Uint8Array(await response.arrayBuffer());
  return endpoint.reply.json.parse(await response.json());
};

/** Who the caller believes to be: the server refuses with `session.changed` when the cookie says otherwise. */
export const OFFICER_HEADER = 'x-sochi-officer';

export type Client = <E extends Endpoint>(
  endpoint: E,
  input: Input<E>,
  signal?: AbortSignal,
) => Promise<Output<E>>;

/** A typed caller of the API: checks the reply's shape, turns problems into ApiError. `fetch` carries the cookies. */
export const createClient =
  (options: {
    fetch: typeof fetch;
    language: () => Language;
    baseUrl?: string;
    officerId?: () => string | undefined;
    /** An access token, for endpoints that take one instead of a session. */
    token?: () => string | undefined;
  }): Client =>
  async <E extends Endpoint>(endpoint: E, input: Input<E>, signal?: AbortSignal): Promise<Output<E>> => {
    // Input<E> is a view of LooseInput narrowed by the endpoint: the same value seen without its endpoint.
    const loose = input as LooseInput;
    const headers: Record<string, string> = {
      accept: 'application/json',
      'accept-language': options.language(),
    };
    if (loose.body !== undefined) headers['content-type'] = 'application/json';
    if (loose.idempotencyKey) headers['idempotency-key'] = loose.idempotencyKey;
    const officerId = options.officerId?.();
    if (officerId !== undefined) headers[OFFICER_HEADER] = officerId;
    const token = options.token?.();
    if (token !== undefined) headers['authorization'] = `Bearer ${token}`;
    const response = await options
      .fetch(`${options.baseUrl ?? ''}${address(endpoint, loose)}`, {
        method: endpoint.method,
        headers,
        credentials: 'same-origin',
        ...(loose.body === undefined ? {} : { body: JSON.stringify(loose.body) }),
        ...(signal ? { signal } : {}),
      })
      .catch((cause: unknown) => {
        throw new ApiError(undefined, { cause });
      });
    if (!response.ok) throw await readProblem(response);
    // readReply has parsed exactly the endpoint's reply shape.
    return (await readReply(endpoint, response)) as Output<E>;
  };
