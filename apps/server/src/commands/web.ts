import { exitWithParent, reportReady } from '#runtime/index.ts';
import { compose } from '../compose.ts';
import { readProcessEnv } from '../config.ts';
import { createWeb } from '../web.ts';
import { untilSignal, type Command } from './command.ts';

export const webCommand: Command = {
  name: 'web',
  summary: 'Serve the portal: API and screens (any number of processes on one database)',
  help: 'Settings come from the environment (.env.example lists them all): DATABASE_URL, PORT, HOST, VAR_DIR, LOG_LEVEL ...\nSIGTERM finishes the requests under way and ends within 10 s.',
  async run() {
    exitWithParent();
    const stop = untilSignal();
    const env = readProcessEnv();
    const { ctx, connectionString, close } = await compose('web', env);
    const web = await createWeb(ctx, connectionString);
    await web.app.listen({ port: env.config.http.port, host: env.config.http.host });
    reportReady();
    await stop;
    await web.close();
    await close();
    return 0;
  },
};
