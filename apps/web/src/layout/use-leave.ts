import { endpoints } from '@sochi/contract';
import { useCallback } from 'react';
import { plainApi, sessionGate } from '#app/api.ts';

/**
 * Logs out and starts anew on the login page, with nothing of this company left in memory. The page is left even when the server
 * does not answer: the session then ends by itself.
 */
export const useLeave = (): (() => void) =>
  useCallback(() => {
    const toLogin = (): void => window.location.assign('/login');
    sessionGate.abandon();
    plainApi(endpoints.logout, {}).then(toLogin, toLogin);
  }, []);
