import type { Endpoints, News } from '@sochi/contract';
import { sql } from 'kysely';
import type { AppContext } from '../../context.ts';
import type { Handlers } from '../../http/handler.ts';

const NEWEST = 50;

/** News as the first page after login: the newest, published by now. */
export const newsHandlers = (
  ctx: Pick<AppContext, 'db' | 'clock'>,
): Pick<Handlers<Endpoints>, 'listNews'> => ({
  listNews: async () => {
    const rows = await ctx.db
      .selectFrom('news')
      .select(['id', 'published_at', 'agency', 'title', 'body'])
      .where('published_at', '<=', sql<Temporal.Instant>`${ctx.clock.now().toString()}::timestamptz`)
      .orderBy('published_at', 'desc')
      .orderBy('id', 'desc')
      .limit(NEWEST)
      .execute();
    const news = rows.map((row): News => ({
      id: row.id,
      publishedAt: row.published_at.toString(),
      agency: row.agency,
      // Written only through the same shape.
      title: row.title as News['title'],
      body: row.body as News['body'],
    }));
    return { news };
  },
});
