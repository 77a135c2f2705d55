import { ApiError } from '@sochi/contract';
import { redirect } from '@tanstack/react-router';
import { queryClient } from './query-client.ts';
import { sessionQuery } from './session.ts';

/** Lets an officer with a session pass and sends anybody else to the login page, to come back to `next` afterwards. */
export const requireSession = async (next: string): Promise<void> => {
  try {
    await queryClient.ensureQueryData(sessionQuery);
  } catch (error) {
    if (!(error instanceof ApiError) || error.problem?.status !== 401) throw error;
    redirect({ throw: true, to: '/login', search: next === '/news' ? {} : { next }, replace: true });
  }
};
