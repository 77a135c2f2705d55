import { createHsmChild } from './hsm-child.ts';
import { HsmFailure, type HsmOperation, type HsmOperations, type HsmSettings } from './hsm-operations.ts';

/** One session with the HSM, in a process of its own. One operation at a time; rejects with HsmFailure. */
export type HsmSession = {
  connect(options?: { create: boolean }): Promise<{ created: string[] }>;
  /** Connects anew when the session is lost: within the process, then with a fresh one; and does the operation once more. */
  run<Name extends Exclude<HsmOperation, 'connect'>>(
    name: Name,
    input: HsmOperations[Name]['input'],
    /** For each call of it. */
    timeoutMs: number,
  ): Promise<HsmOperations[Name]['output']>;
  close(): Promise<void>;
};

const isLost = (error: unknown): boolean => error instanceof HsmFailure && error.kind === 'lost';

/** Remembers, for all sessions, that the token refused its PIN: tried again and again, the HSM would lock it. */
export type RefusedPin = { failure?: HsmFailure };

export const createHsmSession = (
  { environment, ...token }: HsmSettings,
  { connectMs, refusedPin }: { connectMs: number; refusedPin: RefusedPin },
): HsmSession => {
  const child = createHsmChild(environment);
  let isClosed = false;

  const call: typeof child.call = (...request) =>
    isClosed ? Promise.reject(new HsmFailure('lost', 'the keystore is closed')) : child.call(...request);

  const connect = async ({ create } = { create: false }): Promise<{ created: string[] }> => {
    if (refusedPin.failure) throw refusedPin.failure;
    try {
      return await call('connect', { ...token, create }, connectMs);
    } catch (error) {
      if (error instanceof HsmFailure && error.kind === 'pin_refused') refusedPin.failure = error;
      throw error;
    }
  };

  const reconnect = async (): Promise<void> => {
    try {
      await connect();
    } catch (error) {
      if (!isLost(error)) throw error;
      await child.stop();
      await connect();
    }
  };

  return {
    connect,
    async run(name, input, timeoutMs) {
      try {
        return await call(name, input, timeoutMs);
      } catch (error) {
        if (!isLost(error)) throw error;
      }
      await reconnect();
      return call(name, input, timeoutMs);
    },
    close() {
      isClosed = true;
      return child.stop();
    },
  };
};
