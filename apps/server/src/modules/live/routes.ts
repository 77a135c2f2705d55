import type { Endpoints } from '@sochi/contract';
import type { FastifyReply } from 'fastify';
import { findSession } from '#modules/sessions/index.ts';
import type { AppContext } from '../../context.ts';
import type { Handlers } from '../../http/handler.ts';
import type { LiveFeed } from './live-feed.ts';

const HEARTBEAT_MS = 15_000;

const openStream = (reply: FastifyReply): ((text: string) => void) => {
  reply.hijack();
  for (const [name, value] of Object.entries(reply.getHeaders()))
    if (value !== undefined) reply.raw.setHeader(name, value);
  reply.raw.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
  reply.raw.write('retry: 1000\n\n');
  return (text) => reply.raw.write(text);
};

/**
 * Server-sent events. `streams` lets the process end them all: on shutdown, and after a gap in the feed (the browser then
 * reconnects and reloads what it shows). The session is looked at again with each heartbeat, so a stream never outlives it.
 */
export const liveHandlers = (
  ctx: Pick<AppContext, 'db' | 'clock' | 'config'>,
  feed: LiveFeed,
  streams: Set<() => void>,
): Pick<Handlers<Endpoints>, 'streamEvents'> => ({
  streamEvents: ({ session, request, reply }) => {
    const write = openStream(reply);
    const unsubscribe = feed.subscribe(session.companyId, (filing) =>
      write(`event: filing\ndata: ${JSON.stringify(filing)}\n\n`),
    );
    const end = (): void => {
      reply.raw.end();
    };
    const beat = async (): Promise<void> => {
      if (await findSession(ctx, session.secret, { touch: false })) write(': still here\n\n');
      else {
        write('event: session\ndata: {"ended":true}\n\n');
        end();
      }
    };
    const timer = setInterval(() => {
      // A database that is away for a moment is no reason to end the stream: the next beat looks again.
      beat().catch((error: unknown) => request.log.warn({ err: error }, 'heartbeat of a live stream failed'));
    }, HEARTBEAT_MS);
    streams.add(end);
    reply.raw.on('close', () => {
      clearInterval(timer);
      unsubscribe();
      streams.delete(end);
    });
    return Promise.resolve(undefined);
  },
});
