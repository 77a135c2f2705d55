import Fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import type { DecisionFeed } from './decision-feed.ts';
import { FaultOrder, type Faults } from './faults.ts';
import type { IntakeContext } from './intake.ts';
import { registerReports } from './report-routes.ts';
import { sendFault, speakXRoad } from './x-road-provider.ts';

export type AgencyServerOptions = {
  intake: IntakeContext;
  feed: DecisionFeed;
  faults: Faults;
  /** The service provided: instance/class/member/subsystem/service. */
  service: string;
  /** Whether failures may be ordered at /simulator/faults. */
  faultsAllowed: boolean;
  log: FastifyBaseLogger;
};

const BODY_LIMIT = 10 * 1024 * 1024;
/** A request that has not arrived in whole by then is dropped. */
const REQUEST_TIMEOUT_MS = 30_000;

/** What went wrong, without telling the caller anything of our inside. */
const answerError = (error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
  const status = error.statusCode ?? 500;
  if (status >= 500) request.log.error({ err: error }, 'a request failed');
  return reply.code(status).send({ status: status >= 500 ? 'out_of_order' : 'malformed' });
};

const registerHealth = (app: FastifyInstance, { pool }: IntakeContext): void => {
  app.get('/healthz', () => ({ ok: true }));
  app.get('/readyz', async (_, reply) => {
    const ok = await pool.query('select 1 from agency.report limit 1').then(
      () => true,
      () => false,
    );
    return reply.code(ok ? 200 : 503).send({ ok });
  });
};

/** The agency's side of X-Road, and its health. */
export const buildAgencyServer = (options: AgencyServerOptions): FastifyInstance => {
  const { faults, intake } = options;
  const app = Fastify({
    loggerInstance: options.log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_TIMEOUT_MS,
    forceCloseConnections: 'idle',
    frameworkErrors: (_, __, reply) => void sendFault(reply, 'client.bad_request', 'Malformed address'),
  });
  app.setErrorHandler(answerError);
  app.setNotFoundHandler((_, reply) => reply.code(404).send({ status: 'no_such_path' }));
  speakXRoad(app, options.service);
  registerReports(app, options);
  registerHealth(app, intake);
  if (options.faultsAllowed) {
    app.post('/simulator/faults', async (request, reply) => {
      const order = FaultOrder.safeParse(request.body);
      if (!order.success) return reply.code(400).send({ status: 'malformed' });
      faults.order(order.data);
      return reply.code(204).send();
    });
  }
  return app;
};
