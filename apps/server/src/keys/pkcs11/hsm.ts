import { KeystoreError, KeystoreUnavailable } from '../keystore.ts';
import { HsmFailure, type HsmOperation, type HsmOperations, type HsmSettings } from './hsm-operations.ts';
import { createHsmSession, type HsmSession, type RefusedPin } from './hsm-session.ts';
import { createLending } from './lending.ts';

/** The HSM cannot be used as it is set up; the message is a sentence for whoever starts the program. */
export class HsmSetupError extends KeystoreError {}

export type Hsm = {
  /** Throws KeystoreUnavailable while the HSM is gone (it connects anew by itself), KeystoreError when it says no. */
  run<Name extends Exclude<HsmOperation, 'connect'>>(
    name: Name,
    input: HsmOperations[Name]['input'],
  ): Promise<HsmOperations[Name]['output']>;
  close(): Promise<void>;
};

export type HsmOptions = {
  /** Sessions with the HSM at once, each in a process of its own. */
  sessions: number;
  /** How long a caller waits, for a free session and for connecting anew included. One call may take half of it. */
  deadlineMs: number;
};

/** An HSM looks long for the primes of a large RSA key. */
const GENERATE_DEADLINE_MS = 180_000;

const setupError = (error: unknown, { modulePath, tokenLabel }: HsmSettings): unknown => {
  if (!(error instanceof HsmFailure)) return error;
  const why =
    error.kind === 'pin_refused'
      ? `The HSM refuses the PIN of its token «${tokenLabel}» (${error.message}): correct the file named in PKCS11_PIN_FILE.`
      : `The PKCS #11 module ${modulePath} cannot be used: ${error.message}.`;
  return new HsmSetupError(why, { cause: error });
};

const runError = (error: unknown): unknown => {
  if (!(error instanceof HsmFailure)) return error;
  return error.kind === 'refused'
    ? new KeystoreError(`The HSM refuses: ${error.message}.`, { cause: error })
    : new KeystoreUnavailable(
        `The HSM does not answer (${error.message}); signing goes on when it is back.`,
        {
          cause: error,
        },
      );
};

/** Rejects when `work` has not settled in time; the work goes on. */
const within = async <Value>(work: Promise<Value>, deadlineMs: number): Promise<Value> => {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => reject(new HsmFailure('lost', `no answer in ${deadlineMs / 1000} s`)),
    deadlineMs,
  );
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
};

const createRun = (sessions: readonly HsmSession[], { deadlineMs }: HsmOptions): Hsm['run'] => {
  const lending = createLending(sessions);
  return async (name, input) => {
    const waitMs = name === 'generate' ? Math.max(deadlineMs, GENERATE_DEADLINE_MS) : deadlineMs;
    let isLate = false;
    const work = lending.lend((session) => {
      // Whoever asked has been told already that there is no answer.
      if (isLate) throw new HsmFailure('lost', 'too late');
      return session.run(name, input, waitMs / 2);
    });
    try {
      return await within(work, waitMs);
    } catch (error) {
      throw runError(error);
    } finally {
      isLate = true;
    }
  };
};

const createSessions = (settings: HsmSettings, { sessions, deadlineMs }: HsmOptions): HsmSession[] => {
  const refusedPin: RefusedPin = {};
  return Array.from({ length: sessions }, () =>
    createHsmSession(settings, { connectMs: deadlineMs / 2, refusedPin }),
  );
};

const closeAll = async (sessions: readonly HsmSession[]): Promise<void> => {
  await Promise.all(sessions.map((session) => session.close()));
};

/** Opens every session, or says in one sentence (HsmSetupError) what is wrong with the setting. */
export const openHsm = async (settings: HsmSettings, options: HsmOptions): Promise<Hsm> => {
  const sessions = createSessions(settings, options);
  try {
    // The first alone: a wrong PIN is tried once, not once by each.
    for (const session of sessions) await session.connect();
  } catch (error) {
    await closeAll(sessions);
    throw setupError(error, settings);
  }
  return { run: createRun(sessions, options), close: () => closeAll(sessions) };
};

/** Makes the secrets the token lacks, and gives their labels: `sochi keystore init`. */
export const initializeToken = async (
  settings: HsmSettings,
  { deadlineMs }: Pick<HsmOptions, 'deadlineMs'>,
): Promise<string[]> => {
  const sessions = createSessions(settings, { sessions: 1, deadlineMs });
  try {
    const created = await Promise.all(sessions.map((session) => session.connect({ create: true })));
    return created.flatMap((one) => one.created);
  } catch (error) {
    throw setupError(error, settings);
  } finally {
    await closeAll(sessions);
  }
};
