import { z } from 'zod';

/** What an X-Road fault means for us: `retry` includes an unknown outcome, as the agency may have taken the message. */
export type FaultClass = 'retry' | 'configuration' | 'integrity';

const CONFIGURATION = [
  'access_denied',
  'service_disabled',
  'unknown_service',
  'unknown_member',
  'invalid_client_identifier',
  'service_type',
  'bad_request',
  'missing_rest',
  'invalid_protocol_version',
];
const INTEGRITY = ['missing_signature', 'inconsistent_response', 'invalid_hash'];

/**
 * One spelling for both: up to 7.7 `Server.ServerProxy.NetworkError`, from 7.8 `server.serverproxy.network_error`. Parts are
 * compared in snake_case.
 */
export const normaliseFault = (type: string): string =>
  type
    .split('.')
    .map((part) =>
      part
        .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
        .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
        .toLowerCase(),
    )
    .join('.')
    .replace('server_proxy', 'serverproxy')
    .replace('client_proxy', 'clientproxy');

/** Faults we do not know are tried again: the queue tells a person when that goes on for long. */
export const classifyFault = (type: string): FaultClass => {
  const last = normaliseFault(type).split('.').at(-1) ?? '';
  if (CONFIGURATION.includes(last)) return 'configuration';
  return INTEGRITY.includes(last) ? 'integrity' : 'retry';
};

const MESSAGE_LIMIT = 500;
const JsonFault = z.object({
  type: z.string(),
  message: z.string().default(''),
  detail: z.string().default(''),
});
const tag = (name: string, text: string): string =>
  new RegExp(`<${name}>([^<]{0,2000})</${name}>`).exec(text)?.[1] ?? '';

/** Type and message of a fault, from the header and the body in JSON or XML. */
export const readFault = (header: string, body: string): { type: string; message: string } => {
  if (body.trimStart().startsWith('<'))
    return { type: tag('type', body) || header, message: tag('message', body).slice(0, MESSAGE_LIMIT) };
  try {
    const parsed = JsonFault.safeParse(JSON.parse(body));
    if (parsed.success)
      return { type: parsed.data.type, message: parsed.data.message.slice(0, MESSAGE_LIMIT) };
  } catch {
    // Not JSON: the header alone says what it is.
  }
  return { type: header, message: '' };
};
