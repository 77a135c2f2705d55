import type { DocumentField } from './document-fields.ts';
import {
  parseLines,
  refusedDocument,
  writeLines,
  type DocumentFields,
  type FieldKind,
  type ParsedDocument,
} from './line-document.ts';

/** Each property of a document with its field, in the order in which they are written. */
export type DocumentTable<Value> = { readonly [Key in keyof Value]-?: DocumentField<Value[Key]> };

export interface DocumentForm<Value> {
  /** The exact bytes that are signed. */
  readonly serialise: (value: Value) => Uint8Array;
  /** Reads such bytes strictly; never throws. */
  readonly parse: (bytes: Uint8Array) => ParsedDocument<Value>;
}

/**
 * Makes a kind of document out of its fields. `misfit` names the first field that does not go with the others, where each by
 * itself is as it should be.
 */
export const defineDocument = <Value extends object>(
  table: DocumentTable<Value>,
  misfit: (value: Value) => (keyof Value & string) | undefined = () => undefined,
): DocumentForm<Value> => {
  // Object.entries forgets which field is for which property; each is handed the value of its own below.
  const entries = Object.entries(table) as [keyof Value & string, DocumentField<unknown>][];
  const kinds: Readonly<Record<string, FieldKind>> = Object.fromEntries(
    entries.flatMap(([key, field]) => Object.entries(field.kinds(key))),
  );

  const serialise = (value: Value): Uint8Array =>
    writeLines(entries.flatMap(([key, field]) => field.write(key, value[key])));

  const build = (fields: DocumentFields): ParsedDocument<Value> => {
    const values: Partial<Record<keyof Value, unknown>> = {};
    for (const [key, field] of entries) {
      const read = field.read(fields, key);
      if (!read.ok) return read;
      values[key] = read.value;
    }
    // Every property of the table has been read by its own field.
    const value = values as Value;
    const odd = misfit(value);
    return odd === undefined ? { ok: true, value } : refusedDocument('bad_value', odd);
  };

  return { serialise, parse: (bytes) => parseLines(bytes, kinds, build, serialise) };
};
