/**
 * The role that web and worker run as: it reads and writes, owns nothing, and may not change what is append-only. A group without
 * login, shared by all databases of a server; rights differ by database. The one who migrates stays the owner.
 */
export const APP_ROLE = 'sochi_app';

/** The schemas whose tables the role uses: ours and the job queue's. */
export const APP_SCHEMAS = ['public', 'pgboss'] as const;
