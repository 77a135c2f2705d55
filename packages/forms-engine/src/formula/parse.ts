/**
 * The formula language, loosest first:
 *
 *   or · and · not · = <> < <= > >= (do not chain) · + - · * / · unary - · ( )
 *   1.5  'text'  true  false  c050  TABLE.column  row.column  this  $context  name(argument, ...)  default(c051)
 *
 * `/` takes a constant whose quotient is always exact (100, 8, 0.25); other divisions are `div(a, b, scale)`.
 */
import { BINARY_OPERATORS, CONTEXT_NAMES } from './ast.ts';
import type { BinaryOperator, Formula, Reference } from './ast.ts';
import { FormulaError } from './formula-error.ts';
import { tokenize } from './tokenize.ts';
import type { Token } from './tokenize.ts';

/** How deep parentheses, calls and unary signs may nest. */
export const DEPTH_LIMIT = 64;
const CELL = /^c(\w+)$/;

class Parser {
  private readonly tokens: readonly Token[];
  private index = 0;
  private depth = 0;

  constructor(source: string) {
    this.tokens = tokenize(source);
  }

  whole(): Formula {
    const formula = this.or();
    if (this.next().kind !== 'end') throw this.unexpected();
    return formula;
  }

  private next(ahead = 0): Token {
    return this.tokens[this.index + ahead] ?? { kind: 'end', value: '', position: -1 };
  }

  private unexpected(): FormulaError {
    const { kind, value, position } = this.next();
    return new FormulaError(
      'unexpected',
      kind === 'end' ? 'end of formula' : JSON.stringify(value),
      position,
    );
  }

  private take(): Token {
    const token = this.next();
    this.index += 1;
    return token;
  }

  private sees(value: string, ahead = 0): boolean {
    const token = this.next(ahead);
    return (token.kind === 'sign' || token.kind === 'name') && token.value === value;
  }

  private eats(value: string): boolean {
    const seen = this.sees(value);
    if (seen) this.index += 1;
    return seen;
  }

  private expect(value: string): void {
    if (!this.eats(value)) throw this.unexpected();
  }

  private deeper(parse: () => Formula): Formula {
    this.depth += 1;
    if (this.depth > DEPTH_LIMIT)
      throw new FormulaError('too_deep', `over ${DEPTH_LIMIT}`, this.next().position);
    const formula = parse();
    this.depth -= 1;
    return formula;
  }

  private operator(allowed: readonly BinaryOperator[]): BinaryOperator | undefined {
    const operator = BINARY_OPERATORS.find(
      (candidate) => allowed.includes(candidate) && this.sees(candidate),
    );
    if (operator !== undefined) this.index += 1;
    return operator;
  }

  /** left-associative: a - b - c is (a - b) - c */
  private chain(allowed: readonly BinaryOperator[], operand: () => Formula): Formula {
    let left = operand();
    for (let operator = this.operator(allowed); operator !== undefined; operator = this.operator(allowed)) {
      left = { node: 'binary', operator, left, right: operand() };
    }
    return left;
  }

  private or(): Formula {
    return this.chain(['or'], () => this.chain(['and'], () => this.not()));
  }

  private not(): Formula {
    if (!this.eats('not')) return this.comparison();
    return { node: 'not', of: this.deeper(() => this.not()) };
  }

  private comparison(): Formula {
    const left = this.sum();
    const operator = this.operator(['=', '<>', '<', '<=', '>', '>=']);
    return operator === undefined ? left : { node: 'binary', operator, left, right: this.sum() };
  }

  private sum(): Formula {
    return this.chain(['+', '-'], () => this.chain(['*', '/'], () => this.unary()));
  }

  private unary(): Formula {
    if (!this.eats('-')) return this.primary();
    return { node: 'negate', of: this.deeper(() => this.unary()) };
  }

  private primary(): Formula {
    const token = this.next();
    if (token.kind === 'number') return { node: 'number', value: this.take().value };
    if (token.kind === 'text') return { node: 'text', value: this.take().value };
    if (token.kind === 'context') return this.context();
    if (token.kind === 'name') return this.named();
    this.expect('(');
    const inner = this.deeper(() => this.or());
    this.expect(')');
    return inner;
  }

  private context(): Formula {
    const { value, position } = this.take();
    const name = CONTEXT_NAMES.find((candidate) => candidate === value);
    if (name === undefined) throw new FormulaError('unknown_context', `$${value}`, position);
    return { node: 'context', name };
  }

  private named(): Formula {
    if (this.eats('true')) return { node: 'boolean', value: true };
    if (this.eats('false')) return { node: 'boolean', value: false };
    if (!this.sees('(', 1)) return this.reference();
    const { value: name } = this.take();
    this.expect('(');
    if (name !== 'default') return { node: 'call', name, args: this.callArguments() };
    const of = this.reference();
    this.expect(')');
    return { node: 'default', of };
  }

  private callArguments(): Formula[] {
    if (this.eats(')')) return [];
    const args: Formula[] = [];
    do args.push(this.deeper(() => this.or()));
    while (this.eats(','));
    this.expect(')');
    return args;
  }

  private reference(): Reference {
    if (this.next().kind !== 'name') throw this.unexpected();
    if (this.eats('this')) return { node: 'this' };
    if (this.sees('.', 1)) return this.column();
    const code = CELL.exec(this.next().value)?.[1];
    if (code === undefined) throw this.unexpected();
    this.index += 1;
    return { node: 'cell', code };
  }

  private column(): Reference {
    const { value: table } = this.take();
    this.expect('.');
    const { kind, value: code } = this.next();
    if (kind !== 'name' && !(kind === 'number' && /^\d+$/.test(code))) throw this.unexpected();
    this.index += 1;
    return table === 'row' ? { node: 'row', code } : { node: 'column', table, code };
  }
}

/** Reads a formula; throws FormulaError and nothing else. */
export const parseFormula = (source: string): Formula => new Parser(source).whole();
