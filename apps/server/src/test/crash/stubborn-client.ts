import { ApiError, createClient, endpoints, type Client, type Session } from '@sochi/contract';
import type { OfficerRole } from '@sochi/kernel';
import { setTimeout as sleep } from 'node:timers/promises';

/** What the portal said that it must not say, whatever is being killed behind it. */
export type Complaint = { code: string; status: number; what: string };

const PAUSE_MS = 150;
const GIVE_UP_MS = 60_000;

/** No answer, or one that promises nothing: the same command may be given again. */
const isPassing = (error: ApiError): boolean =>
  error.code === 'network' || error.code === 'server.unavailable';

/**
 * An officer who, whatever happens, gives the same command with the same key again until it is answered; logs in again when the
 * session is gone. Everything but "no answer" and "not now" is noted as a complaint or thrown.
 */
export const stubbornOfficer = (options: {
  baseUrl: string;
  officer: { inn: string; role: OfficerRole; pin: string };
  complaints: Complaint[];
}): { call: Client } => {
  let cookie = '';
  const fetchWithCookie: typeof fetch = async (input, init) => {
    const headers = new Headers(init?.headers);
    if (cookie) headers.set('cookie', cookie);
    const response = await fetch(input, { ...init, headers, signal: AbortSignal.timeout(10_000) });
    const [set] = response.headers.getSetCookie();
    if (set) cookie = set.split(';')[0] ?? '';
    return response;
  };
  const once = createClient({ fetch: fetchWithCookie, baseUrl: options.baseUrl, language: () => 'ru' });

  const insist = async <T>(what: string, attempt: () => Promise<T>): Promise<T> => {
    const end = performance.now() + GIVE_UP_MS;
    for (;;) {
      try {
        return await attempt();
      } catch (error) {
        // A reply that is cut off in the middle is no ApiError: no answer either.
        const known = error instanceof ApiError ? error : new ApiError(undefined, { cause: error });
        const status = known.problem?.status ?? 0;
        if (!isPassing(known) && status < 500) throw known;
        if (!isPassing(known)) options.complaints.push({ code: known.code, status, what });
        if (performance.now() > end) throw known;
        await sleep(PAUSE_MS);
      }
    }
  };
  const logIn = (): Promise<Session> =>
    insist('loginCloud', () => once(endpoints.loginCloud, { body: options.officer }));

  const call: Client = async (endpoint, input, signal) => {
    if (!cookie) await logIn();
    try {
      return await insist(endpoint.id, () => once(endpoint, input, signal));
    } catch (error) {
      if (!(error instanceof ApiError) || !error.code.startsWith('session.')) throw error;
      await logIn();
      return insist(endpoint.id, () => once(endpoint, input, signal));
    }
  };
  return { call };
};
