export { getProfile } from './queries.ts';
