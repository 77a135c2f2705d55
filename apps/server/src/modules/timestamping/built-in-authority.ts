import {
  assembleTimestamp,
  MalformedError,
  newSerialNumber,
  prepareTimestamp,
  readTimestampRequest,
  timestampRefusal,
  timestampRequestOver,
  writeTimestampRefusal,
  writeTimestampResponse,
  type Certificate,
  type TimestampRequest,
} from '@sochi/signature';
import { ClockError, type ClockGuard } from './clock-guard.ts';
import type { Timestamp, TimestampAuthority } from './timestamp-authority.ts';

export type BuiltInAuthority = TimestampAuthority & {
  /** The answer to a TimeStampReq (both DER), also when it refuses; for programs that ask over HTTP. */
  answer(request: Uint8Array): Promise<Uint8Array>;
};

/** The key and the certificate of our own authority; the key stays in the keystore. */
export type TimestampSigner = {
  readonly certificate: Certificate;
  readonly chain: readonly Certificate[];
  readonly sign: (toBeSigned: Uint8Array) => Promise<Uint8Array>;
};

/** Our own time-stamping authority (RFC 3161). `policy` is the dotted identifier of the rules it works by. */
export const createBuiltInAuthority = (options: {
  /** Asked each time: a certificate may be renewed while the process runs. */
  readonly signer: () => Promise<TimestampSigner>;
  readonly guard: ClockGuard;
  readonly policy: string;
  /** How far the clock may be off, as the tokens say. */
  readonly accuracyMs: number;
}): BuiltInAuthority => {
  const { signer, guard, policy, accuracyMs } = options;

  const make = async (request: TimestampRequest): Promise<Timestamp> => {
    const { sign, certificate, chain } = await signer();
    const genTime = guard.now();
    const prepared = prepareTimestamp({
      request,
      genTime,
      serial: newSerialNumber(),
      policy,
      accuracyMs,
      certificate,
      chain,
    });
    return { token: assembleTimestamp(prepared, await sign(prepared.toBeSigned)), at: genTime };
  };

  return {
    name: 'built-in',
    timestamp: (data) => make(timestampRequestOver({ data })),
    async answer(der) {
      let request: TimestampRequest;
      try {
        request = readTimestampRequest(der);
      } catch (error) {
        if (error instanceof MalformedError) return writeTimestampRefusal('badDataFormat');
        throw error;
      }
      const refusal = timestampRefusal(request, [policy]);
      if (refusal !== null) return writeTimestampRefusal(refusal);
      try {
        return writeTimestampResponse((await make(request)).token);
      } catch (error) {
        if (error instanceof ClockError) return writeTimestampRefusal('timeNotAvailable');
        throw error;
      }
    },
  };
};
