import { ApiError, ERRORS, errorText, type ErrorCode, type Language } from '@sochi/contract';
import { sayIn } from '#i18n/words.ts';
import { stateWords } from './words.ts';

/** A failure in the reader's words; `requestId` is there when the server gave one and support can find it by that. */
export interface ProblemText {
  readonly title: string;
  readonly detail: string;
  readonly requestId: string | undefined;
}

const isErrorCode = (code: string): code is ErrorCode => Object.hasOwn(ERRORS, code);

/** Bugs of ours and faults of the server are worth a number to quote; a refusal explains itself. */
const isWorthQuoting = (status: number): boolean => status >= 500;

/** What to say about anything that was thrown by a call. */
export const problemText = (error: unknown, language: Language): ProblemText => {
  const say = sayIn(stateWords, language);
  if (!(error instanceof ApiError))
    return { title: say('unknownTitle'), detail: say('unknownDetail'), requestId: undefined };
  const { problem } = error;
  if (!problem) return { title: say('networkTitle'), detail: say('networkDetail'), requestId: undefined };
  const words = isErrorCode(problem.code)
    ? errorText(problem.code, language, problem.data)
    : { title: problem.title, detail: problem.detail };
  return { ...words, requestId: isWorthQuoting(problem.status) ? problem.requestId : undefined };
};
