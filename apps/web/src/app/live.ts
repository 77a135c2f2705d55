import { LiveFiling, endpoints } from '@sochi/contract';
import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { hearOfSigning } from '#roles/signed-for-you.ts';
import { sessionGate } from './api.ts';
import { keepLive, type LiveParts, type LiveState } from './live-connection.ts';
import { queryKeys } from './query-keys.ts';
import { openSharedStream } from './shared-stream.ts';

const filingOf = (text: string): LiveFiling | undefined => {
  try {
    return LiveFiling.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
};

const openStream =
  (refresh: () => void): LiveParts['open'] =>
  (says) =>
    openSharedStream(endpoints.streamEvents.path, {
      ...says,
      filing: (text) => {
        const filing = filingOf(text);
        if (!filing) return;
        hearOfSigning(filing);
        refresh();
      },
      sessionEnded: () => sessionGate.close(),
    });

const afterTimeout: LiveParts['after'] = (milliseconds, run) => {
  const timer = setTimeout(run, milliseconds);
  return () => clearTimeout(timer);
};

/** Everything of filings that is on the screen is asked for again; not behind a closed gate or on a hidden page. */
const refreshFilings = (queryClient: QueryClient): void => {
  if (sessionGate.isClosed() || document.visibilityState === 'hidden') {
    void queryClient.invalidateQueries({ queryKey: queryKeys.filings, refetchType: 'none' });
    return;
  }
  void queryClient.invalidateQueries({ queryKey: queryKeys.filings });
};

/** Keeps what is shown of filings as fresh as the server's news of them; says how the connection is. */
export const useLiveFilings = (): LiveState => {
  const queryClient = useQueryClient();
  const [state, setState] = useState<LiveState>('connecting');
  useEffect(() => {
    const refresh = (): void => refreshFilings(queryClient);
    return keepLive({ open: openStream(refresh), after: afterTimeout, refresh, tellState: setState });
  }, [queryClient]);
  return state;
};
