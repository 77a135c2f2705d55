import type { Play } from './fake-agency.ts';

const KEEP_SENDING_MS = 2;

/** Answers `status` with a JSON body (or a text as it is) and headers. */
export const answer =
  (status: number, body: unknown, headers: Record<string, string> = {}): Play =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };

/** Never answers; the connection stays open. */
export const hang: Play = () => undefined;

/** Begins an answer, and then says no more. */
export const stall: Play = (response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.write('{"status":');
};

/** Promises more bytes than it sends, and cuts the connection. */
export const cutShort =
  (body: string): Play =>
  (response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': String(body.length) });
    response.write(body.slice(0, body.length / 2), () => response.socket?.destroy());
  };

/** Sends bytes until the caller goes away; `sent` is told how many so far. */
export const endless =
  (sent: (bytes: number) => void): Play =>
  (response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    const chunk = 'x'.repeat(65_536);
    let total = 0;
    const timer = setInterval(() => {
      total += chunk.length;
      sent(total);
      response.write(chunk);
    }, KEEP_SENDING_MS);
    response.once('close', () => clearInterval(timer));
  };

/** An error made by X-Road itself, with its header and a body in JSON or XML. */
export const xRoadFault = (type: string, form: 'json' | 'xml'): Play => {
  const status = type.toLowerCase().startsWith('server.') ? 500 : 400;
  const body =
    form === 'json'
      ? JSON.stringify({ type, message: 'what went wrong', detail: '9bc95b6e' })
      : `<?xml version="1.0"?><error><type>${type}</type><message>what went wrong</message><detail/></error>`;
  return answer(status, body, { 'x-road-error': type, 'content-type': `application/${form}` });
};
