export { announceFiling } from './announce.ts';
export { createLiveFeed, type LiveFeed } from './live-feed.ts';
export { liveHandlers } from './routes.ts';
