import { createClient, endpoints, LiveFiling, type Client, type Session } from '@sochi/contract';
import type { OfficerRole } from '@sochi/kernel';

export type BenchOfficer = { inn: string; role: OfficerRole; pin: string };

/** A caller of the public API with a cookie of its own, counting its requests. */
export type Caller = { call: Client; requests: () => number; cookie: () => string };

export const createCaller = (baseUrl: string): Caller => {
  let cookie = '';
  let requests = 0;
  const counted: typeof fetch = async (input, init) => {
    requests += 1;
    const headers = new Headers(init?.headers);
    if (cookie) headers.set('cookie', cookie);
    const response = await fetch(input, { ...init, headers });
    const [set] = response.headers.getSetCookie();
    if (set) cookie = set.split(';')[0] ?? '';
    return response;
  };
  return {
    call: createClient({ fetch: counted, baseUrl, language: () => 'ru' }),
    requests: () => requests,
    cookie: () => cookie,
  };
};

export const logIn = ({ call }: Caller, officer: BenchOfficer): Promise<Session> =>
  call(endpoints.loginCloud, { body: officer });

/** Reads a company's live stream and hands every filing over, until `signal`; reopens it when it ends. */
export const watchFilings = async (
  baseUrl: string,
  caller: Caller,
  onFiling: (filing: LiveFiling) => void,
  signal: AbortSignal,
): Promise<void> => {
  const read = async (): Promise<void> => {
    const response = await fetch(`${baseUrl}/api/v1/events`, {
      headers: { cookie: caller.cookie() },
      signal,
    });
    if (!response.ok || !response.body) throw new Error(`no live stream: ${response.status}`);
    const decoder = new TextDecoder();
    let buffered = '';
    const body: AsyncIterable<Uint8Array> = response.body;
    for await (const chunk of body) {
      buffered += decoder.decode(chunk, { stream: true });
      const events = buffered.split('\n\n');
      buffered = events.pop() ?? '';
      for (const event of events) {
        const data = /^event: filing\ndata: (.*)$/m.exec(event)?.[1];
        if (data) onFiling(LiveFiling.parse(JSON.parse(data)));
      }
    }
  };
  while (!signal.aborted) {
    // The system may be down for a moment (a fault test kills it): the stream is opened again.
    await read().catch(() => undefined);
    if (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, 200));
  }
};
