export { logIn, type LogInInput } from './commands/log-in.ts';
export { logOut } from './commands/log-out.ts';
export { sessionHandlers } from './routes.ts';
export { findSession, type ActiveSession } from './active-session.ts';
