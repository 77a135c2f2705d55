import { addTimestamps, signatureValues } from '@sochi/signature';
import type { TimestampSource } from './timestamp-source.ts';

/**
 * Makes CAdES-T of one signature of a CMS, named by its value, or of all of them: each gets a timestamp over its value, and what
 * was signed stays byte for byte. Throws MalformedError for a `cms` that cannot be read strictly, and refuses as
 * `TimestampSource.take` does.
 */
export const timestampSigners = async (
  source: TimestampSource,
  cms: Uint8Array,
  only?: Uint8Array,
): Promise<Uint8Array> => {
  const tokens = signatureValues(cms).map(async (value) =>
    only === undefined || Buffer.compare(only, value) === 0 ? (await source.take(value)).token : undefined,
  );
  return addTimestamps(cms, await Promise.all(tokens));
};
