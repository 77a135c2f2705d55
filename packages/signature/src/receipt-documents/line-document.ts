/**
 * The form of every receipt: JSON with one field a line, two spaces before it, in a fixed order, so that a POSIX shell can
 * read it line by line. The bytes are signed and kept as they are; a document that is not written exactly so is refused.
 */
export type FieldValue = string | number | readonly string[];
export type FieldKind = 'text' | 'number' | 'codes';

export type DocumentProblem =
  | 'not_utf8'
  | 'not_json'
  | 'not_an_object'
  | 'unknown_field'
  | 'missing_field'
  | 'wrong_type'
  | 'bad_value'
  | 'not_canonical';

export type ParsedDocument<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly reason: DocumentProblem; readonly field: string | null };

/** A refusal to read a document. */
export const refusedDocument = (reason: DocumentProblem, field: string | null = null) =>
  ({ ok: false, reason, field }) as const;

/** UTF-8 of the fields, one a line, ending with a line feed. */
export const writeLines = (fields: ReadonlyArray<readonly [string, FieldValue]>): Uint8Array => {
  const lines = fields.map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)}`);
  return new TextEncoder().encode(`{\n${lines.join(',\n')}\n}\n`);
};

const kindOf = (value: unknown): FieldKind | undefined => {
  if (typeof value === 'string') return 'text';
  if (Number.isSafeInteger(value)) return 'number';
  return Array.isArray(value) && value.every((item) => typeof item === 'string') ? 'codes' : undefined;
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const MAX_BYTES = 65_536;

const readJson = (bytes: Uint8Array): ParsedDocument<Record<string, unknown>> => {
  if (bytes.length > MAX_BYTES) return refusedDocument('not_canonical');
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return refusedDocument('not_utf8');
  }
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? { ok: true, value } : refusedDocument('not_an_object');
  } catch {
    return refusedDocument('not_json');
  }
};

/** The fields of a document; each must be there with its kind, and no other. */
export class DocumentFields {
  private readonly values: Record<string, unknown>;

  constructor(values: Record<string, unknown>) {
    this.values = values;
  }

  text(key: string): string {
    const value = this.values[key];
    return typeof value === 'string' ? value : '';
  }

  number(key: string): number {
    const value = this.values[key];
    return typeof value === 'number' ? value : Number.NaN;
  }

  codes(key: string): readonly string[] {
    const value = this.values[key];
    return Array.isArray(value) ? value.map(String) : [];
  }
}

const fieldsProblem = (value: Record<string, unknown>, kinds: Readonly<Record<string, FieldKind>>) => {
  const unknown = Object.keys(value).find((key) => !Object.hasOwn(kinds, key));
  if (unknown !== undefined) return refusedDocument('unknown_field', unknown);
  for (const [key, kind] of Object.entries(kinds)) {
    if (!Object.hasOwn(value, key)) return refusedDocument('missing_field', key);
    if (kindOf(value[key]) !== kind) return refusedDocument('wrong_type', key);
  }
  return undefined;
};

/**
 * Reads a document strictly: fields and kinds as told, then `build` (which may refuse a value), then the bytes must be what
 * `write` makes of the result. Never throws.
 */
export const parseLines = <Value>(
  bytes: Uint8Array,
  kinds: Readonly<Record<string, FieldKind>>,
  build: (fields: DocumentFields) => ParsedDocument<Value>,
  write: (value: Value) => Uint8Array,
): ParsedDocument<Value> => {
  const json = readJson(bytes);
  if (!json.ok) return json;
  const problem = fieldsProblem(json.value, kinds);
  if (problem !== undefined) return problem;
  const built = build(new DocumentFields(json.value));
  if (!built.ok) return built;
  return Buffer.compare(write(built.value), bytes) === 0 ? built : refusedDocument('not_canonical');
};
