import { refusedDocument, type DocumentFields, type ParsedDocument } from './line-document.ts';

const SHA256_HEX = /^[0-9a-f]{64}$/;
const INN = /^\d{14}$/;

/** The instant as ISO 8601 in UTC, cut to the millisecond. */
export const utcText = (instant: Temporal.Instant): string =>
  instant.toString({ smallestUnit: 'millisecond' });

/** Whole seconds since 1970, cut down. */
export const epochSeconds = (instant: Temporal.Instant): number =>
  Math.floor(instant.epochMilliseconds / 1000);

/** The instant of an ISO 8601 text; undefined when it is none. */
export const instantFrom = (text: string): Temporal.Instant | undefined => {
  try {
    return Temporal.Instant.from(text);
  } catch {
    return undefined;
  }
};

/** The first of the named fields whose text does not fit its form; undefined when all do. */
export const firstMisfit = (
  fields: DocumentFields,
  forms: {
    readonly sha256?: readonly string[];
    readonly inn?: readonly string[];
    readonly filled?: readonly string[];
  },
): ParsedDocument<never> | undefined => {
  const misfit =
    forms.sha256?.find((key) => !SHA256_HEX.test(fields.text(key))) ??
    forms.inn?.find((key) => !INN.test(fields.text(key))) ??
    forms.filled?.find((key) => fields.text(key).trim() === '');
  return misfit === undefined ? undefined : refusedDocument('bad_value', misfit);
};
