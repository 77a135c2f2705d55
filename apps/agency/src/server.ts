import Fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import { z } from 'zod';
import type { createDecisionFeed } from './decision-feed.ts';
import { createFaults, FaultOrder, type FaultKind } from './faults.ts';
import { IncomingReport } from './incoming-report.ts';
import { takeReport, type IntakeAnswer, type IntakeContext } from './intake.ts';
import { answerHeaders, sendFault } from './x-road.ts';

export type AgencyServerOptions = {
  intake: IntakeContext;
  feed: ReturnType<typeof createDecisionFeed>;
  faultsAllowed: boolean;
  log: FastifyBaseLogger;
};

const BODY_LIMIT = 10 * 1024 * 1024;
const LONGEST_WAIT_MS = 30_000;
const SERVICE = '/r1/:instance/:class/:member/:subsystem/:service';

const FeedQuery = z.object({
  after: z
    .string()
    .regex(/^\d{0,18}$/)
    .default(''),
  wait: z.coerce.number().int().min(0).max(LONGEST_WAIT_MS).default(0),
});

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

const sendAnswer = (reply: FastifyReply, answer: IntakeAnswer): FastifyReply => {
  switch (answer.kind) {
    case 'received':
      return reply.send({
        status: 'received',
        agencyNumber: answer.agencyNumber,
        receipt: base64(answer.receipt),
        signature: base64(answer.signature),
      });
    case 'refused':
      return reply.code(422).send({ status: 'refused', reasons: answer.reasons });
    case 'conflict':
      return reply.code(409).send({ status: 'conflict' });
  }
};

/** Plays an ordered failure; undefined when the request goes on as usual. */
const playFault = (kind: FaultKind | undefined, reply: FastifyReply): FastifyReply | undefined => {
  if (kind === 'error_500') return reply.code(500).send({ error: 'out of order' });
  if (kind === 'garbage') return reply.type('application/json').send('{"status":"recei');
  if (kind === 'hang') return reply.hijack();
  return undefined;
};

const representedParty = (request: FastifyRequest): string | undefined => {
  const header = request.headers['x-road-represented-party'];
  return typeof header === 'string' ? header.split('/').at(-1) : undefined;
};

const registerReports = (
  app: FastifyInstance,
  { intake }: AgencyServerOptions,
  faults: ReturnType<typeof createFaults>,
): void => {
  app.post(`${SERVICE}/reports`, async (request, reply) => {
    const fault = faults.next();
    const played = playFault(fault, reply);
    if (played) return played;
    const parsed = IncomingReport.safeParse(request.body);
    if (!parsed.success)
      return reply
        .code(400)
        .send({ status: 'malformed', paths: parsed.error.issues.map(({ path }) => path.join('.')) });
    const answer = await takeReport(intake, parsed.data, representedParty(request));
    if (fault === 'accept_then_hang') return reply.hijack();
    request.log.info({ number: parsed.data.number, answer: answer.kind }, 'report');
    return sendAnswer(reply, answer);
  });
};

/** The agency's side of X-Road, and its health. */
export const buildAgencyServer = (options: AgencyServerOptions): FastifyInstance => {
  const { feed, faultsAllowed, intake } = options;
  const faults = createFaults();
  const app = Fastify({
    loggerInstance: options.log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT,
    forceCloseConnections: true,
  });
  app.addHook('onRequest', async (request, reply) => {
    if (!request.url.startsWith('/r1/')) return undefined;
    if (request.headers['x-road-client'] === undefined)
      return sendFault(reply, 'client.bad_request', 'X-Road-Client is missing');
    return undefined;
  });
  app.addHook('onSend', async (request, reply) => {
    if (!request.url.startsWith('/r1/') || reply.hasHeader('x-road-error')) return;
    const body = request.body === undefined ? undefined : Buffer.from(JSON.stringify(request.body));
    reply.headers(answerHeaders(request, body));
  });
  registerReports(app, options, faults);
  app.get(`${SERVICE}/decisions`, async (request, reply) => {
    const query = FeedQuery.safeParse(request.query);
    if (!query.success) return reply.code(400).send({ status: 'malformed' });
    return feed.read(query.data.after, query.data.wait);
  });
  app.get('/healthz', () => ({ ok: true }));
  app.get('/readyz', async () => {
    await intake.pool.query('select 1 from agency.report limit 1');
    return { ok: true };
  });
  if (faultsAllowed) {
    app.post('/simulator/faults', async (request, reply) => {
      faults.order(FaultOrder.parse(request.body));
      return reply.code(204).send();
    });
  }
  return app;
};
