import { FormulaError } from './formula-error.ts';

export interface Token {
  readonly kind: 'number' | 'text' | 'name' | 'context' | 'sign' | 'end';
  /** The text itself: quotes and `$` removed. */
  readonly value: string;
  readonly position: number;
}

/** The longest formula, in characters. */
export const FORMULA_LIMIT = 4000;

const TOKEN =
  /\s*(?:(?<number>\d{1,30}(?:\.\d{1,20})?)|'(?<text>(?:[^']|'')*)'|\$(?<context>[A-Za-z]+)|(?<name>[A-Za-z_]\w*)|(?<sign><>|<=|>=|[-+*/=<>(),.]))/y;

/** Cuts a formula into tokens, an `end` token last; throws FormulaError (too_long, bad_character). */
export const tokenize = (source: string): Token[] => {
  if (source.length > FORMULA_LIMIT) throw new FormulaError('too_long', `over ${FORMULA_LIMIT} characters`);
  const tokens: Token[] = [];
  const end = source.trimEnd().length;
  const pattern = new RegExp(TOKEN);
  while (pattern.lastIndex < end) {
    const position = pattern.lastIndex;
    const { number, text, context, name, sign } = pattern.exec(source)?.groups ?? {};
    if (number !== undefined) tokens.push({ kind: 'number', value: number, position });
    else if (text !== undefined) tokens.push({ kind: 'text', value: text.replaceAll("''", "'"), position });
    else if (context !== undefined) tokens.push({ kind: 'context', value: context, position });
    else if (name !== undefined) tokens.push({ kind: 'name', value: name, position });
    else if (sign !== undefined) tokens.push({ kind: 'sign', value: sign, position });
    else
      throw new FormulaError(
        'bad_character',
        JSON.stringify(source.slice(position, position + 10)),
        position,
      );
  }
  tokens.push({ kind: 'end', value: '', position: end });
  return tokens;
};
