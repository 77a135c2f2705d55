import './zod-without-eval.ts';
import { createClient, type Session } from '@sochi/contract';
import { languageStore } from '#i18n/language-store.ts';
import { queryClient } from './query-client.ts';
import { queryKeys } from './query-keys.ts';
import { createSessionGate, guardWithGate } from './session-gate.ts';

/** Calls the server and says what it says, refusals for want of a session too: for login and for asking who is there. */
export const plainApi = createClient({
  fetch: (...request) => fetch(...request),
  language: languageStore.get,
});

export const sessionGate = createSessionGate();

/** Whom the screen shows. Said with each call: when somebody else has logged in meanwhile, nothing is done in their name. */
export const shownOfficerId = (): string | undefined =>
  queryClient.getQueryData<Session>(queryKeys.session)?.officer.id;

const officerApi = createClient({
  fetch: (...request) => fetch(...request),
  language: languageStore.get,
  officerId: shownOfficerId,
});

/** The caller for every page: a session that ends meanwhile is taken up again before the call goes on. */
export const api = guardWithGate(officerApi, sessionGate);
