import { ApiError, endpoints, type Filing } from '@sochi/contract';
import { useRef, useState } from 'react';
import { api } from '#app/api.ts';
import { useLanguage } from '#i18n/language.tsx';
import { problemText } from '#states/problem-text.ts';
import type { DraftStore } from '../draft/draft-store.ts';
import { countFindings } from '../moving/next-finding.ts';
import type { Saver } from '../saving/saver.ts';
import { forgetSendingKey, sendingKey } from './sending-key.ts';

/** Where the sending stands; `unknown` is a try without an answer: the report may have gone. */
export type SendingStage =
  | { readonly stage: 'closed' }
  | { readonly stage: 'preparing' }
  | { readonly stage: 'sending' | 'unknown'; readonly version: number }
  | { readonly stage: 'confirm'; readonly version: number; readonly problem?: string };

export interface Sending {
  readonly stage: SendingStage;
  /** «Отправить»: looks at the findings, saves and asks. */
  readonly begin: () => Promise<void>;
  /** Signs and sends, or tries again with the same key. */
  readonly confirm: () => Promise<void>;
  readonly close: () => void;
}

export interface SendingOptions {
  readonly filingId: string;
  readonly draft: DraftStore;
  readonly saver: Saver;
  readonly onErrors: () => void;
  readonly onNotSaved: () => void;
  readonly onSent: (filing: Filing) => void;
  /** The report is no longer this draft: sent from elsewhere, or changed. */
  readonly onGone: () => void;
  readonly onChanged: () => void;
}

type Outcome = 'unknown' | 'refused' | 'onGone' | 'onChanged' | 'onErrors';

const OUTCOMES: Readonly<Record<string, Outcome>> = {
  network: 'unknown',
  'server.failed': 'unknown',
  'server.unavailable': 'unknown',
  'filing.already_sent': 'onGone',
  'filing.not_editable': 'onGone',
  'filing.not_found': 'onGone',
  'draft.changed_elsewhere': 'onChanged',
  'filing.has_errors': 'onErrors',
};

const outcomeOf = (failure: unknown): Outcome =>
  (failure instanceof ApiError ? OUTCOMES[failure.code] : undefined) ?? 'refused';

/** The way of a draft to its first signature; a second click while one is under way does nothing. */
export const useSending = (options: SendingOptions): Sending => {
  const { filingId, draft, saver } = options;
  const { language } = useLanguage();
  const [stage, setStage] = useState<SendingStage>({ stage: 'closed' });
  const busy = useRef(false);

  const alone = async (work: () => Promise<void>): Promise<void> => {
    if (busy.current) return;
    busy.current = true;
    try {
      await work();
    } finally {
      busy.current = false;
    }
  };

  const leave = (then: () => void): void => {
    setStage({ stage: 'closed' });
    then();
  };

  const begin = (): Promise<void> =>
    alone(async () => {
      if (countFindings(draft.findings()).E > 0) return leave(options.onErrors);
      setStage({ stage: 'preparing' });
      const { step, version } = await saver.settle();
      if (step.step !== 'idle') return leave(options.onNotSaved);
      setStage({ stage: 'confirm', version });
    });

  const fail = (failure: unknown, version: number): void => {
    const outcome = outcomeOf(failure);
    if (outcome === 'unknown') setStage({ stage: 'unknown', version });
    else if (outcome === 'refused')
      setStage({ stage: 'confirm', version, problem: problemText(failure, language).detail });
    else leave(options[outcome]);
  };

  const confirm = (): Promise<void> =>
    alone(async () => {
      if (stage.stage !== 'confirm' && stage.stage !== 'unknown') return;
      const { version } = stage;
      setStage({ stage: 'sending', version });
      try {
        const filing = await api(endpoints.sendFiling, {
          params: { id: filingId },
          body: { version },
          idempotencyKey: sendingKey(sessionStorage, filingId, version),
        });
        forgetSendingKey(sessionStorage, filingId);
        options.onSent(filing);
      } catch (failure) {
        fail(failure, version);
      }
    });

  return {
    stage,
    begin,
    confirm,
    close: () => setStage((now) => (now.stage === 'sending' ? now : { stage: 'closed' })),
  };
};
