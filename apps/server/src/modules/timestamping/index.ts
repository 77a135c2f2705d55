export type { BuiltInAuthority } from './built-in-authority.ts';
export { openTimestamping } from './open-timestamping.ts';
export { registerTimestampAuthority } from './routes.ts';
export { timestampSigners } from './timestamp-signers.ts';
export type { TimestampSource } from './timestamp-source.ts';
