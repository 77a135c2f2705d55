export { sessionHandlers } from './routes.ts';
export { findSession, type ActiveSession } from './active-session.ts';
export { checkPin } from './check-pin.ts';
export { endSessionsOf, holdActiveCredential, holdSession, takeAttempt } from './queries.ts';
