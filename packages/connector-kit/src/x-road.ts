import { readFault } from './x-road-fault.ts';

/** An identifier of X-Road, part by part: instance, class, member, subsystem [, service]. */
export type XRoadId = readonly string[];

export type XRoadRequest = {
  /** Address of the security server. */
  baseUrl: string;
  client: XRoadId;
  service: XRoadId;
  method: 'GET' | 'POST';
  /** Below the service, with query; parts already encoded. */
  path: string;
  body?: unknown;
  timeoutMs: number;
  /** Largest reply that is read. */
  limitBytes: number;
  /** `X-Road-Id`: ours, for correlation. */
  messageId: string;
  issue?: string;
  representedParty?: string;
  signal?: AbortSignal;
};

/**
 * What came back. `fault` was made by X-Road itself (told by X-Road-Error, never by the status), `answer` by the provider;
 * `none` is no answer or no whole one: the message may have arrived.
 */
export type XRoadReply =
  | { kind: 'answer'; status: number; body: Uint8Array; requestId: string; requestHash: string }
  | { kind: 'fault'; type: string; message: string }
  | { kind: 'none'; reason: string };

const encodeId = (id: XRoadId): string => id.map(encodeURIComponent).join('/');

/** Address of a service: every part is encoded on its own, so that no part can leave its place. */
export const serviceUrl = ({
  baseUrl,
  service,
  path,
}: Pick<XRoadRequest, 'baseUrl' | 'service' | 'path'>): string =>
  `${baseUrl.replace(/\/$/, '')}/r1/${encodeId(service)}${path}`;

const readBounded = async (response: Response, limitBytes: number): Promise<Uint8Array | undefined> => {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    if (length > limitBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

const headersOf = (request: XRoadRequest): Record<string, string> => ({
  accept: 'application/json',
  'x-road-client': encodeId(request.client),
  'x-road-id': request.messageId,
  ...(request.issue === undefined ? {} : { 'x-road-issue': request.issue }),
  ...(request.representedParty === undefined ? {} : { 'x-road-represented-party': request.representedParty }),
  ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
});

const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
};

/** One X-Road REST call (message protocol for REST 1.0.4). Follows no redirects and never throws. */
export const callXRoad = async (request: XRoadRequest): Promise<XRoadReply> => {
  const timeout = AbortSignal.timeout(request.timeoutMs);
  try {
    const response = await fetch(serviceUrl(request), {
      method: request.method,
      headers: headersOf(request),
      redirect: 'manual',
      signal: request.signal ? AbortSignal.any([timeout, request.signal]) : timeout,
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
    });
    const body = await readBounded(response, request.limitBytes);
    if (body === undefined)
      return { kind: 'none', reason: `the reply is larger than ${request.limitBytes} bytes` };
    const fault = response.headers.get('x-road-error');
    if (fault !== null) return { kind: 'fault', ...readFault(fault, new TextDecoder().decode(body)) };
    return {
      kind: 'answer',
      status: response.status,
      body,
      requestId: response.headers.get('x-road-request-id') ?? '',
      requestHash: response.headers.get('x-road-request-hash') ?? '',
    };
  } catch (error) {
    return { kind: 'none', reason: reasonOf(error) };
  }
};
