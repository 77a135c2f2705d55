import { ApiError, ERRORS, LANGUAGES, type Problem } from '@sochi/contract';
import { expect, it } from 'vitest';
import { problemText } from './problem-text.ts';

const problem = (changes: Partial<Problem>): Problem => ({
  type: 'about:blank',
  title: 'title of the server',
  detail: 'detail of the server',
  status: 409,
  code: 'filing.already_sent',
  data: {},
  requestId: 'r-1',
  ...changes,
});

it('says every refusal in the reader’s language, whatever language it came in', () => {
  for (const code of Object.keys(ERRORS))
    for (const language of LANGUAGES) {
      const { title, detail } = problemText(new ApiError(problem({ code })), language);
      expect(title).not.toBe('title of the server');
      expect(detail.length).toBeGreaterThan(5);
    }
  const refused = problem({ code: 'login.refused', data: { attemptsLeft: 3 }, status: 401 });
  expect(problemText(new ApiError(refused), 'ru').detail).toContain('3');
});

it('shows the words of a newer server when it does not know the code', () => {
  expect(problemText(new ApiError(problem({ code: 'moon.full' })), 'ky').title).toBe('title of the server');
  expect(problemText(new ApiError(problem({ code: 'toString' })), 'ky').title).toBe('title of the server');
});

it('quotes the request only where support can help', () => {
  expect(problemText(new ApiError(problem({})), 'ru').requestId).toBeUndefined();
  const failed = problem({ code: 'server.failed', status: 500 });
  expect(problemText(new ApiError(failed), 'ru').requestId).toBe('r-1');
});

it('tells a missing answer from a bug of ours', () => {
  expect(problemText(new ApiError(undefined), 'ru').title).toBe('Нет связи с сервером');
  expect(problemText(new TypeError('x is not a function'), 'ru').title).toBe('Что-то пошло не так');
});
