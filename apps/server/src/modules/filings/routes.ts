import type { Endpoints, Filing, FilingDetail, FormStatus } from '@sochi/contract';
import { formMetas } from '@sochi/forms';
import { bishkekDay, previousPeriod } from '@sochi/kernel';
import type { ActiveSession } from '#modules/sessions/index.ts';
import { AppError } from '../../app-error.ts';
import type { Handlers } from '../../http/handler.ts';
import { checkFiling } from './check-filing.ts';
import { createFiling } from './commands/create-filing.ts';
import { discardDraft } from './commands/discard-draft.ts';
import { saveDraft } from './commands/save-draft.ts';
import type { SigningContext } from './commands/take-signature.ts';
import { sendFiling } from './commands/send-filing.ts';
import { signFiling } from './commands/sign-filing.ts';
import { dueDate } from './due-date.ts';
import { filingContext } from './filing-context.ts';
import {
  countToSign,
  findFiling,
  findFilingDetail,
  getContent,
  listEvents,
  listFilings,
  listFormActivity,
  listOpenDrafts,
} from './queries.ts';
import { eventView, filingView } from './view.ts';

type Context = SigningContext;
type FilingEndpoints =
  | 'listForms'
  | 'createFiling'
  | 'listFilings'
  | 'getFiling'
  | 'saveDraft'
  | 'checkFiling'
  | 'discardDraft'
  | 'sendFiling'
  | 'signFiling'
  | 'getReport';

const getView = async (ctx: Context, session: ActiveSession, id: string): Promise<Filing> => {
  const row = await findFiling(ctx.db, session.companyId, id);
  if (!row) throw new AppError('filing.not_found', {});
  return filingView(row, session.role);
};

const getDetail = async (ctx: Context, session: ActiveSession, id: string): Promise<FilingDetail> => {
  const row = await findFilingDetail(ctx.db, session.companyId, id);
  if (!row) throw new AppError('filing.not_found', {});
  const [events, context] = await Promise.all([
    listEvents(ctx.db, id),
    filingContext(ctx, session.companyId, row.context),
  ]);
  return {
    ...filingView(row, session.role),
    version: row.version,
    // Saved only after the form's own check of their shape.
    answers: row.answers as FilingDetail['answers'],
    context,
    events: events.map(eventView),
  };
};

const listFormStatuses = async (ctx: Context, session: ActiveSession): Promise<FormStatus[]> => {
  const today = bishkekDay(ctx.clock.now());
  const formIds = formMetas.map(({ id }) => id);
  const [activity, drafts] = await Promise.all([
    listFormActivity(ctx.db, session.companyId, formIds),
    listOpenDrafts(ctx.db, session.companyId),
  ]);
  return formMetas.map((meta) => {
    const period = previousPeriod(meta.periodicity, today.toString());
    const due = dueDate(meta, period);
    return {
      formId: meta.id,
      agency: meta.agency,
      lastSubmittedAt:
        activity.find(({ form_id }) => form_id === meta.id)?.last_postmarked_at?.toString() ?? null,
      period,
      dueDate: due.toString(),
      daysLeft: today.until(due).days,
      draftId:
        drafts.find((draft) => draft.form_id === meta.id && draft.period_from === period.from)?.id ?? null,
    };
  });
};

export const filingHandlers = (ctx: Context): Pick<Handlers<Endpoints>, FilingEndpoints> => ({
  listForms: async ({ session }) => ({ forms: await listFormStatuses(ctx, session) }),
  createFiling: async ({ session, body, idempotencyKey }) =>
    getDetail(ctx, session, await createFiling(ctx, session, { ...body, key: idempotencyKey })),
  listFilings: async ({ session, query }) => {
    const [rows, toSign] = await Promise.all([
      listFilings(ctx.db, {
        ...query,
        companyId: session.companyId,
        role: session.role,
        before: query.before,
      }),
      countToSign(ctx.db, session.companyId, session.role),
    ]);
    const page = rows.slice(0, query.limit);
    const next = rows.length > query.limit ? (page.at(-1)?.id ?? null) : null;
    return { filings: page.map((row) => filingView(row, session.role)), next, toSign };
  },
  getFiling: ({ session, params }) => getDetail(ctx, session, params.id),
  saveDraft: ({ session, params, body }) => saveDraft(ctx, session, { ...params, ...body }),
  checkFiling: ({ session, params }) => checkFiling(ctx, session, params.id),
  discardDraft: async ({ session, params }) => {
    await discardDraft(ctx, session, params.id);
    return undefined;
  },
  sendFiling: async ({ session, params, body, idempotencyKey }) => {
    await sendFiling(ctx, session, { ...params, ...body, key: idempotencyKey });
    return getView(ctx, session, params.id);
  },
  signFiling: async ({ session, params, body, idempotencyKey }) => {
    await signFiling(ctx, session, { ...params, ...body, key: idempotencyKey });
    return getView(ctx, session, params.id);
  },
  getReport: async ({ session, params }) => {
    const row = await findFiling(ctx.db, session.companyId, params.id);
    if (!row) throw new AppError('filing.not_found', {});
    if (!row.report_sha256) throw new AppError('filing.report_not_ready', {});
    return { bytes: await getContent(ctx.db, row.report_sha256), fileName: `${row.number}.xml` };
  },
});
