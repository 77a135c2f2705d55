import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { DecisionFeed } from './decision-feed.ts';
import type { FaultKind, Faults } from './faults.ts';
import { IncomingReport, ReportNumber } from './incoming-report.ts';
import { answerOf, takeReport, type IntakeAnswer, type IntakeContext } from './intake.ts';
import { findAnswer } from './report-store.ts';
import { lastHeader, representedCode } from './x-road-message.ts';

const SERVICE = '/r1/:instance/:class/:member/:subsystem/:service';
const LONGEST_WAIT_MS = 30_000;

const FeedQuery = z.object({
  after: z
    .string()
    .regex(/^\d{0,18}$/)
    .default(''),
  wait: z.coerce.number().int().min(0).max(LONGEST_WAIT_MS).default(0),
});

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

const bodyOf = (answer: IntakeAnswer): Record<string, unknown> => {
  switch (answer.kind) {
    case 'received':
      return {
        status: 'received',
        agencyNumber: answer.agencyNumber,
        receipt: base64(answer.receipt),
        signature: base64(answer.signature),
      };
    case 'refused':
      return { status: 'refused', reasons: answer.reasons };
    case 'conflict':
      return { status: 'conflict' };
  }
};

const STATUS_OF = { received: 200, refused: 422, conflict: 409 } as const;

const playFault = (
  kind: FaultKind | undefined,
  reply: FastifyReply,
  faults: Faults,
): FastifyReply | undefined => {
  if (kind === 'error_500') return reply.code(500).send({ status: 'out_of_order' });
  if (kind === 'garbage') return reply.type('application/json').send('{"status":"recei');
  return kind === 'hang' ? faults.hang(reply) : undefined;
};

const malformed = (reply: FastifyReply, error: z.ZodError): FastifyReply =>
  reply.code(400).send({ status: 'malformed', paths: error.issues.map(({ path }) => path.join('.')) });

const representedParty = (request: FastifyRequest): string | undefined =>
  representedCode(lastHeader(request.raw.rawHeaders, 'x-road-represented-party'));

/** The service itself: hand a report over, ask what was answered to a number, read the decisions. */
export const registerReports = (
  app: FastifyInstance,
  { intake, feed, faults }: { intake: IntakeContext; feed: DecisionFeed; faults: Faults },
): void => {
  app.post(`${SERVICE}/reports`, async (request, reply) => {
    const fault = faults.next();
    const played = playFault(fault, reply, faults);
    if (played) return played;
    const parsed = IncomingReport.safeParse(request.body);
    if (!parsed.success) return malformed(reply, parsed.error);
    const answer = await takeReport(intake, parsed.data, representedParty(request));
    request.log.info({ number: parsed.data.number, answer: answer.kind }, 'report');
    if (fault === 'accept_then_hang') return faults.hang(reply);
    return reply.code(STATUS_OF[answer.kind]).send(bodyOf(answer));
  });

  app.get<{ Params: { number: string } }>(`${SERVICE}/reports/:number`, async (request, reply) => {
    const number = ReportNumber.safeParse(request.params.number);
    const stored = number.success ? await findAnswer(intake.pool, number.data) : undefined;
    if (!stored) return reply.code(404).send({ status: 'absent' });
    const { report_sha256: reportSha256, signature_sha256: signatureSha256 } = stored;
    return { ...bodyOf(answerOf(stored)), reportSha256, signatureSha256 };
  });

  app.get(`${SERVICE}/decisions`, async (request, reply) => {
    const query = FeedQuery.safeParse(request.query);
    if (!query.success) return malformed(reply, query.error);
    return feed.read(query.data.after, query.data.wait);
  });
};
