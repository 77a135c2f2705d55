import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as the fake agency heard it. */
export type HeardRequest = {
  method: string;
  url: string;
  headers: IncomingMessage['headers'];
  body: string;
};

/** What the fake agency does with a request: whatever a real one, or the network before it, could do. */
export type Play = (response: ServerResponse, request: HeardRequest) => void;

export type FakeAgency = {
  url: string;
  heard: readonly HeardRequest[];
  /** From now on every request is answered so. */
  play: (play: Play) => void;
  /** Cuts every connection and stops listening: connecting is refused from now on. */
  stop: () => Promise<void>;
};

const readBody = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  // A request's stream gives buffers unless an encoding is set, and none is.
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
};

/** An agency's address on this machine that answers as it is told; silent until `play`. */
export const startFakeAgency = async (): Promise<FakeAgency> => {
  const heard: HeardRequest[] = [];
  let current: Play = () => undefined;
  const server = createServer((request, response) => {
    response.on('error', () => undefined); // the caller may leave in the middle
    readBody(request)
      .then((body) => {
        const { method = '', url = '', headers } = request;
        const one = { method, url, headers, body };
        heard.push(one);
        current(response, one);
      })
      .catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A TCP server's address is an object once it listens; only pipes have a string.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    heard,
    play: (play) => {
      current = play;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
