// `npm start`: the whole system on this machine. Plain JavaScript: it runs before anything is installed.
import { bootstrap } from './bootstrap.mjs';

bootstrap(['apps/server/src/cli.ts', 'start'].concat(process.argv.slice(2)));
