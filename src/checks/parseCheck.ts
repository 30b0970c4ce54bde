import { nearestName } from '../scenario/problems.ts';
import { parseQuantity } from '../scenario/units.ts';
import {
  type Aggregation,
  aggregationsOf,
  type Check,
  type CheckProblem,
  type Comparator,
  type Endpoint,
  type Expression,
  type Label,
  type Quantity,
  type Range,
  type Relation,
} from './Check.ts';
import { aggregateNames, isAggregate } from './aggregates.ts';
import { type Token, tokenize, Unreadable } from './tokenize.ts';

/** Longest text that is read, in characters. */
export const textLimit = 1000;
/** Deepest nesting of parentheses and signs. */
export const nestingLimit = 32;

const keywords: readonly string[] = ['over', 'for', 'within', 'between', 'and', 'of'];
const comparators: readonly string[] = ['<', '<=', '>', '>=', '==', '!='];
const beforeDuration = /^(.+)-(\d+(?:\.\d+)?[A-Za-z]+)$/;

/**
 * Reads a check: `EXPR OP EXPR`, `EXPR between EXPR and EXPR` or `EXPR == EXPR +- EXPR`, then `over A..B`, `for D` and
 * `within D` as wanted. An `over` at the very end is for every figure that has none of its own. Never throws.
 */
export function parseCheck(text: string): { check: Check } | { problem: CheckProblem } {
  return reading(text, (parser) => ({ check: parser.check() }));
}

/** Reads what gives one figure, like `avg(read.latency) of cached / 2`. Never throws. */
export function parseExpression(text: string): { expression: Expression } | { problem: CheckProblem } {
  return reading(text, (parser) => ({ expression: parser.wholeExpression() }));
}

function reading<T>(text: string, read: (parser: Parser) => T): T | { problem: CheckProblem } {
  if (text.length > textLimit)
    return {
      problem: { message: `${text.length} characters, expected at most ${textLimit}`, offset: textLimit, length: 0 },
    };
  try {
    return read(new Parser(tokenize(text)));
  } catch (error) {
    if (error instanceof Unreadable) return { problem: error.problem };
    throw error;
  }
}

/** Whether a name can stand in a check without quotes. */
export function isPlainName(name: string): boolean {
  return /^[A-Za-z_]\w*(?:[.-]\w+)*$/.test(name) && !keywords.includes(name);
}

class Parser {
  private at = 0;
  private nesting = 0;
  private parentheses = 0;
  /** An `over` at the end, which belongs to the whole. */
  private trailing: Range | undefined;

  constructor(private readonly tokens: readonly Token[]) {}

  check(): Check {
    const left = this.sum();
    const relation = this.relation();
    const check: Check = { left, relation, offset: 0, length: 0 };
    const range = this.takeWord('over') ? this.range() : this.trailing;
    if (range !== undefined) check.range = range;
    while (this.next.kind === 'name' && (this.next.text === 'for' || this.next.text === 'within')) {
      const { text, offset, length } = this.tokens[this.at++];
      const field = text === 'for' ? 'lasting' : 'within';
      if (check[field] !== undefined) throw new Unreadable(`${text} stands here a second time`, offset, length);
      check[field] = this.duration();
    }
    check.length = this.endOf();
    this.expectEnd();
    return check;
  }

  wholeExpression(): Expression {
    const expression = this.sum();
    this.expectEnd();
    return this.trailing === undefined ? expression : ranged(expression, this.trailing);
  }

  private relation(): Relation {
    if (this.takeWord('between')) {
      const low = this.sum();
      if (!this.takeWord('and')) throw this.unexpected('and, then the upper bound');
      return { kind: 'between', low, high: this.sum() };
    }
    const { kind, text } = this.next;
    if (kind !== 'symbol' || !comparators.includes(text))
      throw this.unexpected('a comparison: <, <=, >, >=, ==, != or between');
    this.at++;
    const right = this.sum();
    if (!this.nextIs('+-')) return { kind: 'compare', comparator: text as Comparator, right };
    if (text !== '==') throw this.unexpected('nothing: a tolerance goes with ==');
    this.at++;
    const tolerance = this.sum();
    const relative = this.takeWord('of');
    if (relative && !this.takeWord('it')) throw this.unexpected('it, as in 5% of it');
    return { kind: 'near', right, tolerance, relative };
  }

  private sum(): Expression {
    return this.chain(['+', '-'], () => this.chain(['*', '/'], () => this.factor()));
  }

  private chain(operators: readonly string[], operand: () => Expression): Expression {
    let left = operand();
    while (this.next.kind === 'symbol' && operators.includes(this.next.text)) {
      const operator = this.tokens[this.at++].text as '+';
      const right = operand();
      left = { kind: 'binary', operator, left, right, offset: left.offset, length: this.endOf() - left.offset };
    }
    return left;
  }

  private factor(): Expression {
    const token = this.next;
    const { offset, length, text } = token;
    if (token.kind === 'quantity') return this.quantity();
    if (token.kind === 'value') {
      this.at++;
      return { kind: 'value', name: text, offset, length };
    }
    if (token.kind === 'name' && !keywords.includes(text)) return this.aggregation();
    if (token.kind !== 'symbol' || (text !== '-' && text !== '('))
      throw this.unexpected('a number, a $value or a metric');
    this.at++;
    if (++this.nesting > nestingLimit)
      throw new Unreadable(`more than ${nestingLimit} levels of nesting`, offset, length);
    const inner = text === '(' ? this.group(offset) : this.factor();
    this.nesting--;
    return text === '(' ? inner : { kind: 'negation', of: inner, offset, length: this.endOf() - offset };
  }

  /** What stands in parentheses; an `over` behind them is for every figure inside that has none of its own. */
  private group(offset: number): Expression {
    this.parentheses++;
    const inner = this.sum();
    this.expect(')');
    this.parentheses--;
    if (!this.takeWord('over')) return inner;
    const range = this.range();
    if (this.isLast) {
      this.trailing = range;
      return inner;
    }
    if (aggregationsOf(inner).length === 0)
      throw new Unreadable('nothing is measured in these parentheses', offset, range.offset - offset);
    return ranged(inner, range);
  }

  private aggregation(): Aggregation {
    const first = this.tokens[this.at++];
    const node: Aggregation = { kind: 'aggregation', metric: first.text, labels: [], offset: first.offset, length: 0 };
    if (this.nextIs('(')) {
      if (!isAggregate(first.text)) {
        const nearest = nearestName(first.text, aggregateNames);
        const known = `${aggregateNames.slice(0, 8).join(', ')} or a percentile like p99`;
        throw new Unreadable(`found ${first.text}(, expected one of ${known}`, first.offset, first.length, nearest);
      }
      this.at++;
      node.aggregate = first.text;
      if (this.next.kind !== 'name' || keywords.includes(this.next.text)) throw this.unexpected('the name of a metric');
      node.metric = this.tokens[this.at++].text;
      node.labels = this.labels();
      this.expect(')');
    } else {
      node.labels = this.labels();
    }
    this.suffixes(node);
    node.length = this.endOf() - node.offset;
    return node;
  }

  /** `of VARIANT` and `over A..B`, in either order. */
  private suffixes(node: Aggregation): void {
    for (;;) {
      if (node.variant === undefined && this.takeWord('of')) {
        const { kind, text } = this.next;
        if (kind !== 'string' && (kind !== 'name' || keywords.includes(text)))
          throw this.unexpected('the name of a run');
        node.variant = text;
        this.at++;
      } else if (node.range === undefined && this.takeWord('over')) {
        node.range = this.range();
      } else {
        break;
      }
    }
    if (node.range === undefined || !this.isLast) return;
    this.trailing = node.range;
    delete node.range;
  }

  private labels(): Label[] {
    const labels: Label[] = [];
    if (!this.nextIs('{')) return labels;
    this.at++;
    while (!this.nextIs('}')) {
      if (labels.length > 0) this.expect(',');
      const { offset, length, kind, text } = this.next;
      if (kind !== 'word') throw this.unexpected('a label, like op=database.read');
      if (labels.some((label) => label.name === text))
        throw new Unreadable(
          `the label ${text} stands here a second time; write ${text}=a|b for any of several`,
          offset,
          length,
        );
      this.at++;
      this.expect('=');
      const values = [this.labelValue()];
      while (this.nextIs('|')) {
        this.at++;
        values.push(this.labelValue());
      }
      labels.push({ name: text, values, offset, length: this.endOf() - offset });
    }
    this.at++;
    return labels;
  }

  private labelValue(): string {
    const { kind, text } = this.next;
    if (kind !== 'word' && kind !== 'string') throw this.unexpected('the value of a label');
    this.at++;
    return text;
  }

  private range(): Range {
    const { offset } = this.next;
    const range: Range = { offset, length: 0 };
    if (!this.nextIs('..')) range.from = this.endpoint();
    if (!this.nextIs('..')) throw this.unexpected('.. between the two ends of a range, as in 10s..20s');
    this.at++;
    const { kind, text } = this.next;
    if (kind === 'quantity' || kind === 'clock' || kind === 'string' || (kind === 'name' && !keywords.includes(text)))
      range.to = this.endpoint();
    if (range.from === undefined && range.to === undefined)
      throw new Unreadable('expected a time on at least one side of ..', offset, 2);
    range.length = this.endOf() - offset;
    return range;
  }

  private endpoint(): Endpoint {
    const token = this.next;
    if (token.kind === 'quantity') return { kind: 'time', text: token.text, us: this.duration().value };
    this.at++;
    if (token.kind === 'clock') return { kind: 'clock', text: token.text, us: token.amount as number };
    if (token.kind === 'string') return clockIn(token);
    if (token.kind !== 'name' || keywords.includes(token.text)) {
      this.at--;
      throw this.unexpected('a time like 10s, a time of day or a named moment');
    }
    const earlier = beforeDuration.exec(token.text);
    const earlierUs = earlier === null ? undefined : parseQuantity('duration', earlier[2]);
    if (earlier !== null && earlierUs !== undefined)
      return { kind: 'moment', name: earlier[1], text: `-${earlier[2]}`, us: 0 - earlierUs };
    const sign = this.next.kind === 'symbol' ? this.next.text : '';
    if (sign !== '+' && sign !== '-') return { kind: 'moment', name: token.text, text: '', us: 0 };
    this.at++;
    const { text, value } = this.duration();
    // A bare zero behind a minus would read as part of the name.
    if (text === '0') return { kind: 'moment', name: token.text, text: '', us: 0 };
    return { kind: 'moment', name: token.text, text: sign + text, us: sign === '-' ? 0 - value : value };
  }

  private duration(): Quantity {
    if (this.next.kind !== 'quantity') throw this.unexpected('a time with its unit, like 250ms or 30s');
    const quantity = this.quantity();
    if (quantity.unit !== 'us' && quantity.text !== '0') {
      const message = `found ${quantity.text}, expected a time with its unit, like 250ms or 30s`;
      throw new Unreadable(message, quantity.offset, quantity.length);
    }
    return { ...quantity, unit: 'us' };
  }

  private quantity(): Quantity {
    const { text, amount, unit, offset, length } = this.tokens[this.at++];
    return { kind: 'quantity', text, value: amount ?? 0, unit: unit ?? 'number', offset, length };
  }

  /** Whether a range read just now stands at the end, where it belongs to the whole. */
  private get isLast(): boolean {
    const { kind, text } = this.next;
    return this.parentheses === 0 && (kind === 'end' || (kind === 'name' && (text === 'for' || text === 'within')));
  }

  private get next(): Token {
    return this.tokens[this.at];
  }

  private endOf(): number {
    const { offset, length } = this.tokens[Math.max(0, this.at - 1)];
    return offset + length;
  }

  private nextIs(text: string): boolean {
    return this.next.kind === 'symbol' && this.next.text === text;
  }

  private takeWord(text: string): boolean {
    const taken = this.next.kind === 'name' && this.next.text === text;
    if (taken) this.at++;
    return taken;
  }

  private expect(text: string): void {
    if (!this.nextIs(text)) throw this.unexpected(text);
    this.at++;
  }

  private expectEnd(): void {
    if (this.next.kind !== 'end') throw this.unexpected('the end');
  }

  private unexpected(expected: string): Unreadable {
    const { kind, text, offset, length } = this.next;
    const found = kind === 'end' ? 'the end' : text.length > 40 ? `${text.slice(0, 40)}…` : text;
    return new Unreadable(`found ${found}, expected ${expected}`, offset, length);
  }
}

function clockIn(token: Token): Endpoint {
  const [clock, end] = /^\d\d:\d\d:\d\d/.test(token.text) ? tokenize(token.text) : [];
  if (clock?.kind !== 'clock' || end?.kind !== 'end')
    throw new Unreadable(
      `found "${token.text.slice(0, 40)}", expected a time of day like 11:00:00`,
      token.offset,
      token.length,
    );
  return { kind: 'clock', text: clock.text, us: clock.amount as number };
}

function ranged(expression: Expression, range: Range): Expression {
  if (expression.kind === 'aggregation') return { ...expression, range: expression.range ?? range };
  if (expression.kind === 'negation') return { ...expression, of: ranged(expression.of, range) };
  if (expression.kind !== 'binary') return expression;
  return { ...expression, left: ranged(expression.left, range), right: ranged(expression.right, range) };
}
