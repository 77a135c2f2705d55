import { ApiError, createClient, endpoints } from '@sochi/contract';
import { sessionGate, shownOfficerId } from '#app/api.ts';
import { languageStore } from '#i18n/language-store.ts';
import type { SaverPorts } from './saver.ts';

// What browsers let a closing page send, less some room for the head of the request.
const KEEPALIVE_LIMIT = 60_000;

const keepingFetch: typeof fetch = (input, init) => {
  const size = typeof init?.body === 'string' ? new TextEncoder().encode(init.body).length : 0;
  return fetch(input, { ...init, keepalive: init?.method === 'PUT' && size < KEEPALIVE_LIMIT });
};

// Not the guarded caller: while the session is over the saver goes on collecting what is typed and saves the newest.
const client = createClient({
  fetch: keepingFetch,
  language: languageStore.get,
  officerId: shownOfficerId,
});

const isSessionEnd = (code: string): boolean => code === 'session.expired' || code === 'session.required';

/** The code of a failure; a reply that cannot be read counts as a fault of the server. Asks to log in where that is missing. */
const codeOf = (failure: unknown): string => {
  const code = failure instanceof ApiError ? failure.code : 'server.failed';
  if (isSessionEnd(code) && !sessionGate.isClosed()) sessionGate.close();
  return code;
};

/** Calls of one draft; a save goes on its way even while the page closes. */
export const draftClient = (filingId: string): Pick<SaverPorts, 'save' | 'fetch' | 'codeOf'> => ({
  save: async (version, answers) => {
    const saved = await client(endpoints.saveDraft, { params: { id: filingId }, body: { version, answers } });
    return { version: saved.version, savedAt: Date.parse(saved.savedAt) };
  },
  fetch: () => client(endpoints.getFiling, { params: { id: filingId } }),
  codeOf,
});
