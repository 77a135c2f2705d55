import {
  MalformedError,
  readTimestampResponse,
  timestampRequestOver,
  verifyTimestampToken,
  writeTimestampRequest,
  type Certificate,
  type TimestampResponse,
} from '@sochi/signature';
import { randomBytes } from 'node:crypto';
import { TimestampError, type TimestampAuthority } from './timestamp-authority.ts';

/** A token with a chain of certificates takes some kilobytes. */
const MAX_RESPONSE_BYTES = 65_536;

const readBounded = async ({ body }: Response): Promise<Uint8Array> => {
  const parts: Uint8Array[] = [];
  let length = 0;
  // A body is a stream of bytes; the type of fetch does not say so.
  for await (const part of (body ?? []) as AsyncIterable<Uint8Array>) {
    length += part.length;
    if (length > MAX_RESPONSE_BYTES) throw new TimestampError('the answer is too large');
    parts.push(part);
  }
  return Buffer.concat(parts);
};

const readResponse = (der: Uint8Array): TimestampResponse => {
  try {
    return readTimestampResponse(der);
  } catch (cause) {
    if (!(cause instanceof MalformedError)) throw cause;
    throw new TimestampError(`its answer cannot be read: ${cause.code}`, { cause });
  }
};

const ask = async (url: string, request: Uint8Array, timeoutMs: number): Promise<Uint8Array> => {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/timestamp-query', accept: 'application/timestamp-reply' },
    body: Buffer.from(request),
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
  });
  if (!response.ok) throw new TimestampError(`it answered with status ${response.status}`);
  return readBounded(response);
};

/**
 * A time-stamping authority somewhere else, asked by RFC 3161 over HTTP. Its token must be over our data, carry our nonce and
 * lead to one of the `trustAnchors`; anything else is a TimestampError.
 */
export const createExternalAuthority = (options: {
  readonly url: string;
  readonly timeoutMs: number;
  readonly trustAnchors: readonly Certificate[];
}): TimestampAuthority => ({
  name: options.url,
  async timestamp(data) {
    const nonce = randomBytes(16);
    const request = writeTimestampRequest(timestampRequestOver({ data, nonce }));
    const response = readResponse(await ask(options.url, request, options.timeoutMs));
    if (!response.granted)
      throw new TimestampError(`it refused: ${response.failure ?? response.text ?? 'without a word'}`);
    const token = response.token.der;
    const { trustAnchors } = options;
    const verdict = await verifyTimestampToken({
      token,
      digestOf: data,
      nonce,
      trustAnchors,
      intermediates: [],
    });
    if (!verdict.ok) throw new TimestampError(`its token does not hold: ${verdict.reason}`);
    return { token, at: verdict.genTime };
  },
});
