import { randomUUID } from 'node:crypto';
import { KeystoreError, type Authorization } from './keystore.ts';
import type { OpenKey } from './vault.ts';

/** An authorization nobody uses is forgotten after this. */
export const AUTHORIZATION_MS = 30_000;

type Pending = { key: OpenKey; hashes: Set<string>; until: number };

/** What was authorised and not yet signed. `monotonicMs` is a clock that is never set back. */
export const createPendingAuthorizations = (monotonicMs: () => number) => {
  // All wait equally long, so the oldest stand first.
  const pending = new Map<string, Pending>();
  let sweep: NodeJS.Timeout | undefined;

  const forgetExpired = (): void => {
    for (const [id, { until }] of pending) {
      if (until > monotonicMs()) break;
      pending.delete(id);
    }
    sweep = pending.size > 0 ? setTimeout(forgetExpired, AUTHORIZATION_MS).unref() : undefined;
  };

  return {
    add(key: OpenKey, hashes: readonly string[]): Authorization {
      const id = randomUUID();
      pending.set(id, { key, hashes: new Set(hashes), until: monotonicMs() + AUTHORIZATION_MS });
      sweep ??= setTimeout(forgetExpired, AUTHORIZATION_MS).unref();
      return { id };
    },
    /** Gives the key for one signature over the bytes with this hash; a second time it refuses. */
    take({ id }: Authorization, hash: string): OpenKey {
      const entry = pending.get(id);
      if (!entry || entry.until <= monotonicMs() || !entry.hashes.delete(hash))
        throw new KeystoreError('These bytes were not authorised, or were signed already.');
      if (entry.hashes.size === 0) pending.delete(id);
      return entry.key;
    },
    clear(): void {
      clearTimeout(sweep);
      sweep = undefined;
      pending.clear();
    },
  };
};
