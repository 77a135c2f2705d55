import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import {
  HsmFailure,
  type HsmOperation,
  type HsmOperations,
  type HsmReply,
  type HsmSettings,
} from './hsm-operations.ts';

const PROGRAM = fileURLToPath(new URL('./hsm-process.ts', import.meta.url));

/** A process of hsm-process.ts: started at the first call, and anew at the first call after it ended. */
export type HsmChild = {
  /** One operation at a time. Rejects with HsmFailure; an operation that takes longer than `timeoutMs` costs the process. */
  call<Name extends HsmOperation>(
    name: Name,
    input: HsmOperations[Name]['input'],
    timeoutMs: number,
  ): Promise<HsmOperations[Name]['output']>;
  /** Ends the process, whatever it is doing. */
  stop(): Promise<void>;
};

type Waiting = {
  resolve: (value: unknown) => void;
  reject: (failure: HsmFailure) => void;
  timer: NodeJS.Timeout;
};

/** Whether the process keeps ours alive: only while we wait for it. */
const hold = (child: ChildProcess, held: boolean): void => {
  if (held) {
    child.ref();
    child.channel?.ref();
  } else {
    child.unref();
    child.channel?.unref();
  }
};

export const createHsmChild = (environment: HsmSettings['environment']): HsmChild => {
  let child: ChildProcess | undefined;
  let waiting: Waiting | undefined;

  const settle = (reply: HsmReply): void => {
    const now = waiting;
    waiting = undefined;
    clearTimeout(now?.timer);
    if (child) hold(child, false);
    if (reply.ok) now?.resolve(reply.value);
    else now?.reject(new HsmFailure(reply.kind, reply.message));
  };

  const lose = (message: string): void => settle({ ok: false, kind: 'lost', message });

  const start = (): ChildProcess => {
    const started = fork(PROGRAM, [], {
      serialization: 'advanced',
      execArgv: [],
      ...(environment && { env: environment }),
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const isCurrent = (): boolean => child === started;
    // hsm-process.ts sends nothing else.
    started.on('message', (reply: HsmReply) => isCurrent() && settle(reply));
    started.on('error', (error) => isCurrent() && lose(error.message));
    started.on('exit', (code, signal) => {
      if (!isCurrent()) return;
      child = undefined;
      lose(`the process of the HSM ended with ${signal ?? code}`);
    });
    return started;
  };

  const kill = (): ChildProcess | undefined => {
    const killed = child;
    child = undefined;
    killed?.kill('SIGKILL');
    return killed;
  };

  return {
    call<Name extends HsmOperation>(name: Name, input: HsmOperations[Name]['input'], timeoutMs: number) {
      child ??= start();
      const asked = child;
      hold(asked, true);
      return new Promise<HsmOperations[Name]['output']>((resolve, reject) => {
        const timer = setTimeout(() => {
          kill();
          lose(`no answer in ${timeoutMs / 1000} s`);
        }, timeoutMs);
        // hsm-process.ts answers each request with a value of its output type.
        waiting = { resolve: resolve as Waiting['resolve'], reject, timer };
        asked.send({ name, input });
      });
    },
    async stop() {
      const killed = kill();
      lose('the process of the HSM was ended');
      if (!killed || killed.exitCode !== null || killed.signalCode !== null) return;
      hold(killed, true);
      await once(killed, 'exit');
    },
  };
};
