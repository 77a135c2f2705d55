import type { LiveFiling } from '@sochi/contract';
import { useSyncExternalStore } from 'react';

/** The last report of which the live stream said that it was signed for the head just now; until it is closed. */
type Signed = { readonly id: string; readonly delegate: string };

let last: Signed | undefined;
const listeners = new Set<() => void>();
const tell = (next: Signed | undefined): void => {
  last = next;
  for (const listener of listeners) listener();
};

/** Takes in a line of the live stream. */
export const hearOfSigning = ({ id, delegate }: LiveFiling): void => {
  if (delegate !== undefined) tell({ id, delegate });
};

export const forgetSigning = (): void => tell(undefined);

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useSignedForYou = (): Signed | undefined => useSyncExternalStore(subscribe, () => last);
