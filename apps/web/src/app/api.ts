import './zod-without-eval.ts';
import { createClient } from '@sochi/contract';
import { languageStore } from '#i18n/language-store.ts';
import { createSessionGate, guardWithGate } from './session-gate.ts';

/** Calls the server and says what it says, refusals for want of a session too: for login and for asking who is there. */
export const plainApi = createClient({
  fetch: (...request) => fetch(...request),
  language: languageStore.get,
});

export const sessionGate = createSessionGate();

/** The caller for every page: a session that ends meanwhile is taken up again before the call goes on. */
export const api = guardWithGate(plainApi, sessionGate);
