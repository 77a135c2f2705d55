import { LiveFiling } from '@sochi/contract';
import pg from 'pg';
import type { Logger } from 'pino';
import { z } from 'zod';
import { CHANNEL } from './announce.ts';

const Announcement = z.object({ companyId: z.string(), filing: LiveFiling });

type Listener = (filing: LiveFiling) => void;

/** News of filings from PostgreSQL to the browsers of this process; any number of processes can run. */
export type LiveFeed = {
  subscribe(companyId: string, listener: Listener): () => void;
  stop(): Promise<void>;
};

const RECONNECT_MS = 1_000;

/**
 * Holds one listening connection, reopened when it breaks. What was announced while it was broken is not repeated: the browser
 * reloads what it shows whenever its stream is reopened, so the feed drops all streams (`onGap`) instead of pretending.
 */
export const createLiveFeed = (options: {
  connectionString: string;
  log: Logger;
  onGap: () => void;
}): LiveFeed => {
  const listeners = new Map<string, Set<Listener>>();
  let client: pg.Client | undefined;
  let retry: NodeJS.Timeout | undefined;
  let stopped = false;

  const deliver = (payload: string | undefined): void => {
    const parsed = Announcement.safeParse(JSON.parse(payload ?? 'null'));
    if (!parsed.success) return;
    for (const listener of listeners.get(parsed.data.companyId) ?? []) listener(parsed.data.filing);
  };

  const connect = async (): Promise<void> => {
    const next = new pg.Client({
      connectionString: options.connectionString,
      application_name: 'sochi-live',
      keepAlive: true,
      connectionTimeoutMillis: 5_000,
    });
    next.on('error', (error) => options.log.warn({ err: error }, 'live feed connection broke'));
    next.on('end', reconnect);
    next.on('notification', ({ payload }) => deliver(payload));
    client = next;
    await next.connect();
    await next.query(`listen ${CHANNEL}`);
    options.onGap();
  };

  const reconnect = (): void => {
    if (stopped || retry) return;
    retry = setTimeout(() => {
      retry = undefined;
      connect().catch((error: unknown) => {
        options.log.warn({ err: error }, 'live feed cannot reconnect yet');
        reconnect();
      });
    }, RECONNECT_MS);
  };

  connect().catch(reconnect);

  return {
    subscribe(companyId, listener) {
      const set = listeners.get(companyId) ?? new Set();
      listeners.set(companyId, set.add(listener));
      return () => {
        set.delete(listener);
        if (set.size === 0) listeners.delete(companyId);
      };
    },
    async stop() {
      stopped = true;
      clearTimeout(retry);
      await client?.end();
    },
  };
};
