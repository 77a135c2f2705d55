/**
 * What X-Road says about a message: identifiers, and the hash by which an answer names its request (message protocol for REST
 * 1.0.4). Everything works on the raw headers, in the order and spelling in which they came.
 */
import { createHash } from 'node:crypto';

/** Name, value, name, value ... as Node gives them. */
export type RawHeaders = readonly string[];

/** Hop-by-hop and origin headers, which X-Road does not carry, and those it makes anew itself. */
const SKIPPED = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'host',
  'user-agent',
  'server',
  'expect',
  'content-length',
  'x-road-request-id',
  'x-road-request-hash',
]);

const pairsOf = (headers: RawHeaders): [string, string][] =>
  Array.from({ length: headers.length / 2 }, (_, index) => [
    headers[index * 2] ?? '',
    headers[index * 2 + 1] ?? '',
  ]);

/** Value of a header; of a repeated one the last counts. */
export const lastHeader = (headers: RawHeaders, name: string): string | undefined =>
  pairsOf(headers).findLast(([key]) => key.toLowerCase() === name)?.[1];

const sha512 = (...parts: (Uint8Array | string)[]): Buffer =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha512')).digest();

/** SHA-512 of a body: its part in the request hash. */
export const bodyDigest = (body: Uint8Array): Buffer => sha512(body);

/** X-Road-Request-Hash: base64 of SHA-512 over the digests of head and body; without a body, of the head alone. */
export const requestHash = (
  request: { method: string; url: string; headers: RawHeaders; bodyDigest: Uint8Array | null },
  requestId: string,
): string => {
  const lines = pairsOf(request.headers)
    .filter(([name]) => !SKIPPED.has(name.toLowerCase()))
    .concat([['x-road-request-id', requestId]])
    .map(([name, value]) => `${name}:${value}\r\n`);
  const head = sha512(`${request.method}\r\n${request.url}\r\n${lines.join('')}`);
  return (request.bodyDigest ? sha512(head, request.bodyDigest) : head).toString('base64');
};

const decodedParts = (text: string): string[] | undefined => {
  try {
    return text.split('/').map(decodeURIComponent);
  } catch {
    return undefined;
  }
};

/** Whether `X-Road-Client` names a member or a subsystem: three or four parts, none empty. */
export const isClientId = (value: string): boolean => {
  const parts = decodedParts(value);
  return (
    parts !== undefined && (parts.length === 3 || parts.length === 4) && parts.every((part) => part !== '')
  );
};

/** The code in `X-Road-Represented-Party: [CLASS/]CODE`; undefined when there is none to read. */
export const representedCode = (value: string | undefined): string | undefined => {
  const parts = decodedParts(value ?? '');
  return parts && parts.length <= 2 && parts.at(-1) !== '' ? parts.at(-1) : undefined;
};

/** The service an address names, parts decoded and joined by "/"; undefined when the address is not of protocol r1. */
export const serviceOf = (url: string): string | undefined => {
  const encoded = /^\/r1\/((?:[^/?]+\/){4}[^/?]+)(?:[/?]|$)/.exec(url)?.[1];
  return encoded === undefined ? undefined : decodedParts(encoded)?.join('/');
};
