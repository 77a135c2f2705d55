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
  /** For connecting, sending and reading the whole answer together. */
  timeoutMs: number;
  /** Largest reply that is read, after decompression. */
  limitBytes: number;
  /** `X-Road-Id`: ours, for correlation. */
  messageId: string;
  /** `X-Road-Issue`: our report's number. */
  issue?: string;
  /** `X-Road-UserId`: the person on whose behalf, the country in front (KG...). */
  userId?: string;
  /** `X-Road-Represented-Party`: the company on whose behalf: class and code, or code alone. */
  representedParty?: XRoadId;
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
  // A body gives bytes; the types of fetch leave it open.
  const body: AsyncIterable<Uint8Array> | null = response.body;
  for await (const chunk of body ?? []) {
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
  ...(request.userId === undefined ? {} : { 'x-road-userid': request.userId }),
  ...(request.representedParty === undefined
    ? {}
    : { 'x-road-represented-party': encodeId(request.representedParty) }),
  ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
});

const reasonOf = (error: unknown, timeoutMs: number): string => {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `no whole answer within ${timeoutMs} ms`;
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
};

const readReply = async (response: Response, request: XRoadRequest): Promise<XRoadReply> => {
  const body = await readBounded(response, request.limitBytes);
  if (body === undefined)
    return { kind: 'none', reason: `the reply is larger than ${request.limitBytes} bytes` };
  const { headers } = response;
  const fault = headers.get('x-road-error');
  if (fault !== null) return { kind: 'fault', ...readFault(fault, new TextDecoder().decode(body)) };
  const echo = headers.get('x-road-id');
  if (echo !== null && echo !== request.messageId)
    return { kind: 'fault', type: 'client.inconsistent_response', message: 'it answers another message' };
  return {
    kind: 'answer',
    status: response.status,
    body,
    requestId: headers.get('x-road-request-id') ?? '',
    requestHash: headers.get('x-road-request-hash') ?? '',
  };
};

/** One X-Road REST call (message protocol for REST 1.0.4). Follows no redirects, keeps connections, never throws. */
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
    return await readReply(response, request);
  } catch (error) {
    return { kind: 'none', reason: reasonOf(error, request.timeoutMs) };
  }
};
