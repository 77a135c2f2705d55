import { randomInt } from 'node:crypto';
import { createServer, type AddressInfo } from 'node:net';
import { errorCode, StartError } from './start-error.ts';

const LOOPBACK = '127.0.0.1';

/** Binds `port` for a moment; rejects with the system's error when that is not possible. Answers the port bound. */
const tryListen = (port: number, host: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port, host, exclusive: true }, () => {
      // A TCP server's address is an object once it listens; only pipes have a string.
      const bound = (server.address() as AddressInfo).port;
      server.close(() => resolve(bound));
    });
  });

/** Below the range from which systems take ports for outgoing connections: one of those could take ours at any moment. */
const QUIET_PORTS = { first: 20_000, last: 32_000 } as const;
const TRIES = 50;

/** A loopback port nobody listens on right now. */
export const freePort = async (): Promise<number> => {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const port = randomInt(QUIET_PORTS.first, QUIET_PORTS.last);
    if (await isPortFree(port)) return port;
  }
  return tryListen(0, LOOPBACK);
};

/** Whether `port` on the loopback address can be taken right now. */
export const isPortFree = (port: number): Promise<boolean> =>
  tryListen(port, LOOPBACK).then(
    () => true,
    () => false,
  );

/** Throws StartError unless the portal can listen on `host`:`port`; says how to choose another port. */
export const assertHttpPort = async (port: number, host: string): Promise<void> => {
  const other = port + 1 > 65_535 || port < 1024 ? 8081 : port + 1;
  try {
    await tryListen(port, host);
  } catch (cause) {
    const advice = `choose another port, for example PORT=${other} npm start`;
    const why: Record<string, string> = {
      EADDRINUSE: `Port ${port} is used by another program: stop it or ${advice}.`,
      EACCES: `This user may not listen on port ${port}: ${advice}.`,
      EADDRNOTAVAIL: `This machine has no address ${host}: correct HOST.`,
      ENOTFOUND: `This machine has no address ${host}: correct HOST.`,
    };
    throw new StartError(why[errorCode(cause) ?? ''] ?? `Cannot listen on ${host}:${port}: ${advice}.`, {
      cause,
    });
  }
};
