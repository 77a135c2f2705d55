/**
 * The process that speaks to the HSM, started by hsm-child.ts. PKCS #11 is a library of the HSM's vendor with calls that wait:
 * here it may hang or crash, and the portal lives on. One request at a time, each a whole operation on one session.
 */
import { CKM } from './constants.ts';
import { CryptokiError } from './cryptoki-error.ts';
import { loadCryptoki, type Cryptoki, type Handle } from './cryptoki.ts';
import { createHsmKeys } from './hsm-keys.ts';
import type { HsmOperations, HsmReply, HsmRequest } from './hsm-operations.ts';
import { connectToToken } from './token-connection.ts';
import { createTokenSecrets, findTokenSecrets, type TokenSecrets } from './token-secrets.ts';

/** Keys that stay unwrapped; more than the operator has of its own. */
const MOST_OPEN = 32;

type Connection = {
  cryptoki: Cryptoki;
  session: Handle;
  secrets: TokenSecrets;
  keys: ReturnType<typeof createHsmKeys>;
  /** Unwrapped keys, by their wrapped bytes. */
  open: Map<string, Handle>;
};

let loaded: Cryptoki | undefined;
let connection: Connection | undefined;

const getConnection = (): Connection => {
  if (!connection) throw new Error('the session is closed');
  return connection;
};

const closeOldSession = (): void => {
  const old = connection;
  connection = undefined;
  try {
    old?.cryptoki.closeSession(old.session);
  } catch {
    // What is thrown away may be gone already.
  }
};

const connect = async ({ create, ...settings }: HsmOperations['connect']['input']) => {
  const koffi = await import('koffi').catch((cause: unknown) => {
    throw new Error('the package koffi is not installed: run npm ci without --omit=optional', { cause });
  });
  closeOldSession();
  const cryptoki = (loaded ??= loadCryptoki(koffi, settings.modulePath));
  const session = connectToToken(cryptoki, settings);
  const created = create ? createTokenSecrets(cryptoki, session) : [];
  const secrets = findTokenSecrets(cryptoki, session);
  const keys = createHsmKeys(cryptoki, session, secrets.wrapping);
  connection = { cryptoki, session, secrets, keys, open: new Map() };
  return { created };
};

const sign = ({ algorithm, wrapped, input, often }: HsmOperations['sign']['input']): Uint8Array => {
  const { keys, open } = getConnection();
  const id = Buffer.from(wrapped).toString('latin1');
  const known = open.get(id);
  if (known !== undefined) return keys.sign(algorithm, known, input);
  const key = keys.unwrap(algorithm, wrapped);
  if (often && open.size < MOST_OPEN) {
    open.set(id, key);
    return keys.sign(algorithm, key, input);
  }
  try {
    return keys.sign(algorithm, key, input);
  } finally {
    keys.forget(key);
  }
};

const run = async (request: HsmRequest): Promise<unknown> => {
  switch (request.name) {
    case 'connect':
      return connect(request.input);
    case 'derive': {
      const { cryptoki, session, secrets } = getConnection();
      return cryptoki.sign(session, CKM.SHA256_HMAC, secrets.hmac[request.input.purpose], request.input.data);
    }
    case 'generate':
      return getConnection().keys.generate(request.input.algorithm);
    case 'importKey':
      return getConnection().keys.importKey(request.input.algorithm, request.input.parts);
    case 'sign':
      return sign(request.input);
  }
};

const explainFailure = (error: unknown): HsmReply => {
  const message = error instanceof Error ? error.message : String(error);
  if (!(error instanceof CryptokiError)) return { ok: false, kind: 'lost', message };
  if (error.isPinRefusal) return { ok: false, kind: 'pin_refused', message };
  return { ok: false, kind: error.isRefusal ? 'refused' : 'lost', message };
};

const answer = async (request: HsmRequest): Promise<HsmReply> => {
  try {
    return { ok: true, value: await run(request) };
  } catch (error) {
    return explainFailure(error);
  }
};

// hsm-child.ts sends nothing else.
process.on('message', (request: HsmRequest) => void answer(request).then((reply) => process.send?.(reply)));
// The portal ends this process by letting go of it, or by dying; a signal meant for the whole group must not come first.
process.on('disconnect', () => process.exit());
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
