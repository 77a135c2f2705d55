import type { DelegationView } from '@sochi/contract';
import { useSyncExternalStore } from 'react';

/**
 * Up to which use the head has looked at «Роли» in this browser; ids grow with time. It only moves a badge: nothing is lost when
 * the browser forgets it.
 */
const storageKey = (officerId: string): string => `sochi.uses-seen.${officerId}`;
const listeners = new Set<() => void>();
const remembered = new Map<string, string>();

const read = (officerId: string): string => {
  const known = remembered.get(officerId);
  if (known !== undefined) return known;
  try {
    return localStorage.getItem(storageKey(officerId)) ?? '';
  } catch {
    return '';
  }
};

/** Everything up to this use has been looked at. */
export const noteUsesSeen = (officerId: string, lastUseId: string): void => {
  if (lastUseId <= read(officerId)) return;
  remembered.set(officerId, lastUseId);
  try {
    localStorage.setItem(storageKey(officerId), lastUseId);
  } catch {
    // Remembered until the page is closed.
  }
  for (const listener of listeners) listener();
};

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** How many of the last uses nobody has looked at yet. */
export const useUnseenUses = (officerId: string, current: DelegationView['current'] | undefined): number => {
  const seen = useSyncExternalStore(subscribe, () => read(officerId));
  return (current?.lastUses ?? []).filter(({ id }) => id > seen).length;
};
