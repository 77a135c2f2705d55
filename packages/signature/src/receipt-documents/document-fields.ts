import { BISHKEK } from '@sochi/kernel';
import {
  refusedDocument,
  type DocumentFields,
  type FieldKind,
  type FieldValue,
  type ParsedDocument,
} from './line-document.ts';

/** How a value of a document is written, as one line or more, and read back strictly. */
export interface DocumentField<Value> {
  /** The lines by name, each with its kind. */
  kinds(key: string): Readonly<Record<string, FieldKind>>;
  write(key: string, value: Value): ReadonlyArray<readonly [string, FieldValue]>;
  /** Lines that only repeat the value (an epoch) are not looked at: the whole document must come out as it was written. */
  read(fields: DocumentFields, key: string): ParsedDocument<Value>;
}

const good = <Value>(value: Value): ParsedDocument<Value> => ({ ok: true, value });

const textField = <Value extends string>(isFit: (text: string) => text is Value): DocumentField<Value> => ({
  kinds: (key) => ({ [key]: 'text' }),
  write: (key, value) => [[key, value]],
  read(fields, key) {
    const text = fields.text(key);
    return isFit(text) ? good(text) : refusedDocument('bad_value', key);
  },
});

const textThat = (isFit: (text: string) => boolean): DocumentField<string> =>
  textField((text): text is string => isFit(text));

const numberThat = (isFit: (value: number) => boolean): DocumentField<number> => ({
  kinds: (key) => ({ [key]: 'number' }),
  write: (key, value) => [[key, value]],
  read: (fields, key) =>
    isFit(fields.number(key)) ? good(fields.number(key)) : refusedDocument('bad_value', key),
});

const SHA256_HEX = /^[0-9a-f]{64}$/;
const INN = /^\d{14}$/;
const ISO_DAY = /^\d{4}-\d\d-\d\d$/;

/** The instant as ISO 8601 in UTC, cut to the millisecond. */
const utcText = (instant: Temporal.Instant): string => instant.toString({ smallestUnit: 'millisecond' });

/** Whole seconds since 1970, cut down. */
const epochSeconds = (instant: Temporal.Instant): number => Math.floor(instant.epochMilliseconds / 1000);

const instantFrom = (text: string): Temporal.Instant | undefined => {
  try {
    return Temporal.Instant.from(text);
  } catch {
    return undefined;
  }
};

type Derived = Readonly<Record<string, { kind: FieldKind; of: (instant: Temporal.Instant) => FieldValue }>>;

/** ISO 8601 in UTC to the millisecond, and lines that follow from it, named by what is put behind the key. */
const instantWith = (derived: Derived): DocumentField<Temporal.Instant> => ({
  kinds: (key) => ({
    [key]: 'text',
    ...Object.fromEntries(Object.entries(derived).map(([ending, { kind }]) => [`${key}${ending}`, kind])),
  }),
  write: (key, value) => [
    [key, utcText(value)],
    ...Object.entries(derived).map(([ending, { of }]) => [`${key}${ending}`, of(value)] as const),
  ],
  read(fields, key) {
    const instant = instantFrom(fields.text(key));
    return instant === undefined ? refusedDocument('bad_value', key) : good(instant);
  },
});

const EPOCH = { kind: 'number', of: epochSeconds } as const;
const BISHKEK_TIME = {
  kind: 'text',
  of: (instant: Temporal.Instant) => instant.toString({ timeZone: BISHKEK, smallestUnit: 'millisecond' }),
} as const;

const version1: DocumentField<1> = {
  kinds: (key) => ({ [key]: 'number' }),
  write: (key, value) => [[key, value]],
  read: (fields, key) => (fields.number(key) === 1 ? good(1) : refusedDocument('bad_value', key)),
};

/** The kinds of fields that documents are made of. */
export const field = {
  version1,
  text: textThat(() => true),
  filled: textThat((text) => text.trim() !== ''),
  /** Lower-case hex. */
  sha256: textThat((text) => SHA256_HEX.test(text)),
  inn: textThat((text) => INN.test(text)),
  isoDay: textThat((text) => ISO_DAY.test(text)),
  isoDayOrNone: textThat((text) => text === '' || ISO_DAY.test(text)),
  matching: (form: RegExp) => textThat((text) => form.test(text)),
  oneOf: <const Value extends string>(...values: readonly Value[]): DocumentField<Value> =>
    textField((text): text is Value => values.some((value) => value === text)),
  numberFrom: (least: number) => numberThat((value) => value >= least),
  codesThat: (isFit: (codes: readonly string[]) => boolean): DocumentField<readonly string[]> => ({
    kinds: (key) => ({ [key]: 'codes' }),
    write: (key, value) => [[key, value]],
    read: (fields, key) =>
      isFit(fields.codes(key)) ? good(fields.codes(key)) : refusedDocument('bad_value', key),
  }),
  /** To the millisecond. */
  instantText: instantWith({}),
  /** To the millisecond; `<key>Epoch` has its whole seconds, for a shell to calculate with. */
  instant: instantWith({ Epoch: EPOCH }),
  /** The same, and `<key>Bishkek` for people. */
  instantInBishkek: instantWith({ Bishkek: BISHKEK_TIME, Epoch: EPOCH }),
} as const;
