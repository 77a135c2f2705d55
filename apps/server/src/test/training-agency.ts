import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { CentreContext } from '#modules/certification/index.ts';
import { demoBasis } from '../demo/load-demo.ts';
import { agencyEnvironment, installAgencyKey } from '../demo/training-agency.ts';
import { freePort } from '../runtime/ports.ts';

const CLI = fileURLToPath(new URL('../../../agency/src/cli.ts', import.meta.url));

export type FaultOrder = { kind: 'error_500' | 'garbage' | 'hang' | 'accept_then_hang'; count: number };

/** The training agency as a process of its own, on one port for all its lives. */
export type AgencyProcess = {
  url: string;
  /** Failures for the next submissions. */
  order: (fault: FaultOrder) => Promise<void>;
  start: (robot?: string) => Promise<void>;
  /** SIGKILL. */
  kill: () => Promise<void>;
};

const ended = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve();
    else child.once('exit', () => resolve());
  });

const ready = (child: ChildProcess): Promise<void> =>
  new Promise((resolve, reject) => {
    child.once('message', () => resolve());
    child.once('exit', (code) => reject(new Error(`the agency ended with ${code}`)));
  });

/** Not started yet; it shares nothing with the portal but the database server and the certification centre. */
export const prepareAgency = async (portal: {
  ctx: CentreContext;
  varDir: string;
  connectionString: string;
}): Promise<AgencyProcess> => {
  await installAgencyKey(portal.ctx, await demoBasis(portal.ctx), portal.varDir);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let child: ChildProcess | undefined;
  return {
    url,
    async order(fault) {
      const response = await fetch(`${url}/simulator/faults`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(fault),
      });
      if (response.status !== 204) throw new Error(`the agency takes no orders: ${response.status}`);
    },
    async start(robot = 'off') {
      child = spawn(process.execPath, [CLI], {
        env: {
          ...process.env,
          ...agencyEnvironment({ varFolder: portal.varDir, connectionString: portal.connectionString, port }),
          AGENCY_FAULTS: 'on',
          AGENCY_ROBOT: robot,
          LOG_LEVEL: 'warn',
        },
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      });
      await ready(child);
    },
    async kill() {
      if (!child) return;
      const last = child;
      last.kill('SIGKILL');
      await ended(last);
    },
  };
};
