import { pino, type Logger } from 'pino';

/** Names of fields that may carry a secret: never printed, however deep the careless caller put them. */
const SECRET_NAMES = [
  'pin',
  'password',
  'token',
  'secret',
  'cookie',
  'authorization',
  'set-cookie',
  'databaseUrl',
  'masterKey',
  'grant',
];
const redact = SECRET_NAMES.flatMap((name) => [`["${name}"]`, `*["${name}"]`, `*.*["${name}"]`]);

/** Structured log to standard output; `service` says which process speaks. */
export const createLog = (options: { service: string; level: string }): Logger =>
  pino({
    level: options.level,
    base: { service: options.service },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: redact, censor: '[redacted]' },
  });
