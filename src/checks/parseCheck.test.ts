import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Check, Expression, Range } from './Check.ts';
import { parseCheck, parseExpression } from './parseCheck.ts';
import { printCheck, printExpression } from './printCheck.ts';

/** A tree without the places where its parts stood. */
function bare(tree: unknown): unknown {
  if (Array.isArray(tree)) return tree.map(bare);
  if (typeof tree !== 'object' || tree === null) return tree;
  const entries = Object.entries(tree).filter(
    ([name, value]) => name !== 'offset' && name !== 'length' && value !== undefined,
  );
  return Object.fromEntries(entries.map(([name, value]) => [name, bare(value)]));
}

function checkOf(text: string): Check {
  const read = parseCheck(text);
  if ('problem' in read) throw new Error(`${text}: ${read.problem.message}`);
  return read.check;
}

function problemOf(text: string) {
  const read = parseCheck(text);
  if ('check' in read) throw new Error(`${text} was read as ${printCheck(read.check)}`);
  return read.problem;
}

function expressionOf(text: string): Expression {
  const read = parseExpression(text);
  if ('problem' in read) throw new Error(`${text}: ${read.problem.message}`);
  return read.expression;
}

const quantity = (text: string, value: number, unit: string) => ({ kind: 'quantity', text, value, unit });
const metric = (name: string, more = {}) => ({ kind: 'aggregation', metric: name, labels: [], ...more });

describe('a check', () => {
  it.each([
    'max(database.qps) < 300',
    'stale.reads == 0',
    'p99.9(read.latency) of cached <= p99(read.latency) of plain / 10 over 10s..60s',
    'database.qps.peak != 1000/s over expire+0s..expire+1s',
    'hit.ratio{tier=redis} between 90% and 95% over ..30s',
    'avg(read.latency) == 150ms +- 5%',
    'hit.ratio == $expected +- 5% of it over 10s..',
    'rows{op=database.read|database.write,key=menu:17,version=-1} == 1 over 11:00:00..11:00:01',
    'hit.ratio > 0.9 over expire.. for 5s within 20s',
    'max(database.qps) < 2 * (avg(database.qps) over ..10s)',
    '(max(a) over 1s..2s) - (max(a) over 2s..3s) < 5kb',
    '-(a + b) * -3 > 4 - (5 - 6)',
    'took{op="strange value"} of "a run" > 0',
    'sum(a) == 1 +- (avg(b) of c) of it over purge-1.5s..purge',
  ])('prints as it was written: %s', (text) => {
    expect(printCheck(checkOf(text))).toBe(text);
  });

  it('has a left side, a relation and what follows', () => {
    expect(
      bare(checkOf(' max( database.qps{ tier = redis , cause=a|b } )<300 over 10s..20s for 5 s within 1m')),
    ).toEqual({
      left: metric('database.qps', {
        aggregate: 'max',
        labels: [
          { name: 'tier', values: ['redis'] },
          { name: 'cause', values: ['a', 'b'] },
        ],
      }),
      relation: { kind: 'compare', comparator: '<', right: quantity('300', 300, 'number') },
      range: { from: { kind: 'time', text: '10s', us: 10e6 }, to: { kind: 'time', text: '20s', us: 20e6 } },
      lasting: quantity('5s', 5e6, 'us'),
      within: quantity('1m', 60e6, 'us'),
    });
  });

  it.each([
    ['300ms', 300_000, 'us'],
    ['1.5 s', 1_500_000, 'us'],
    ['2%', 0.02, 'share'],
    ['95 %', 0.95, 'share'],
    ['1000/s', 1000, 'per second'],
    ['600/min', 10, 'per second'],
    ['5kb', 5120, 'bytes'],
    ['1_000', 1000, 'number'],
    ['5 min', 300e6, 'us'],
  ])('reads %s with its unit', (text, value, unit) => {
    const read = expressionOf(text);
    expect(read).toMatchObject({ kind: 'quantity', value, unit });
  });

  it('tells a unit from a metric behind a number', () => {
    expect(bare(expressionOf('1000/min(a)'))).toMatchObject({
      kind: 'binary',
      operator: '/',
      right: metric('a', { aggregate: 'min' }),
    });
    expect(bare(expressionOf('1000/s.reads'))).toMatchObject({
      kind: 'binary',
      operator: '/',
      right: metric('s.reads'),
    });
    expect(bare(expressionOf('5 / s'))).toMatchObject({ kind: 'binary', operator: '/', right: metric('s') });
  });

  it('computes from left to right, products first', () => {
    expect(bare(expressionOf('1 - 2 - 3 * 4'))).toEqual(bare(expressionOf('(1 - 2) - (3 * 4)')));
    expect(bare(expressionOf('1 - 2 - 3'))).not.toEqual(bare(expressionOf('1 - (2 - 3)')));
    expect(bare(expressionOf('timed-out - 1'))).toMatchObject({ kind: 'binary', left: metric('timed-out') });
  });

  it('gives an over at the end to everything without its own', () => {
    const range = { from: { kind: 'time', us: 10e6 }, to: { kind: 'time', us: 20e6 } };
    expect(checkOf('max(a) < max(b) over 10s..20s')).toMatchObject({ range });
    expect(bare(checkOf('max(a) < max(b) over 10s..20s').relation)).not.toHaveProperty('right.range');
    expect(bare(checkOf('max(a) < (max(b) over 10s..20s)'))).toMatchObject({ relation: { right: { range } } });
    expect(checkOf('max(a) < (max(b) over 10s..20s)').range).toBeUndefined();
    expect(checkOf('(a / b) over 10s..20s == 1')).toMatchObject({ left: { left: { range }, right: { range } } });
    expect(expressionOf('sum(a) + sum(b) over 10s..20s')).toMatchObject({ left: { range }, right: { range } });
    expect(checkOf('(a / b) over 10s..20s == 1').range).toBeUndefined();
  });

  it('reads every kind of moment', () => {
    const ends = (text: string) => bare(checkOf(`a < 1 over ${text}`).range);
    expect(ends('"11:00:00"..11:00:00.5')).toEqual({
      from: { kind: 'clock', text: '11:00:00', us: 39_600e6 },
      to: { kind: 'clock', text: '11:00:00.5', us: 39_600.5e6 },
    });
    expect(ends('0..expire-2')).toEqual({
      from: { kind: 'time', text: '0', us: 0 },
      to: { kind: 'moment', name: 'expire-2', text: '', us: 0 },
    });
    expect(ends('slow-db-500ms..slow-db + 2s')).toEqual({
      from: { kind: 'moment', name: 'slow-db', text: '-500ms', us: -500_000 },
      to: { kind: 'moment', name: 'slow-db', text: '+2s', us: 2e6 },
    });
  });
});

describe('what is no check', () => {
  it.each([
    ['', 'found the end, expected a number, a $value or a metric', 0],
    ['max(a)', 'found the end, expected a comparison', 6],
    ['max(a) = 3', 'found =, expected ==', 7],
    ['max(a < 3', 'found <, expected )', 6],
    ['max(a b) < 3', 'found b, expected )', 6],
    ['maxx(a) < 3', 'found maxx(, expected one of', 0],
    ['p101(a) < 3', 'found p101(', 0],
    ['p0(a) < 3', 'found p0(', 0],
    ['a < 3sec', 'found 3sec, expected a number with a unit', 4],
    ['a < 1e5', 'expected a number with a unit', 4],
    ['a < 3 3', 'found 3, expected the end', 6],
    ['a between 3', 'found the end, expected and', 11],
    ['a < 3 +- 1', 'expected nothing: a tolerance goes with ==', 6],
    ['a == 3 +- 5% of that', 'found that, expected it', 16],
    ['a < 3 over 10s', 'expected .. between the two ends', 14],
    ['a < 3 over ..', 'expected a time on at least one side', 11],
    ['a < 3 over 5..10', 'found 5, expected a time with its unit', 11],
    ['a < 3 for 5', 'found 5, expected a time with its unit', 10],
    ['a < 3 for 5s for 6s', 'for stands here a second time', 13],
    ['a < 3 over 1s..2s over 2s..3s', 'found over, expected the end', 18],
    ['(3) over 1s..2s < a', 'nothing is measured in these parentheses', 0],
    ['a{op=x,op=y} < 3', 'the label op stands here a second time', 7],
    ['a{op} < 3', 'found }, expected =', 4],
    ['a{op="x} < 3', 'never closed', 5],
    ['a < 3 over 25:00:00..', 'expected a time of day', 11],
    ['a < 3; alert(1)', 'which has no meaning here', 5],
    ['a ⁂ 3', 'found "⁂"', 2],
    ['over < 3', 'found over, expected a number', 0],
  ])('%s', (text, message, offset) => {
    const problem = problemOf(text);
    expect(problem.message).toContain(message);
    expect(problem.offset).toBe(offset);
    expect(problem.offset + problem.length).toBeLessThanOrEqual(text.length);
  });

  it('names the aggregate that was meant', () => {
    expect(problemOf('coumt(a) < 3').nearest).toBe('count');
  });

  it('stops at 1,000 characters and 32 levels', () => {
    const nested = (levels: number): string => `${'('.repeat(levels)}a${')'.repeat(levels)} < 3`;
    expect(printCheck(checkOf(nested(32)))).toBe('a < 3');
    expect(problemOf(nested(33)).message).toContain('32 levels');
    expect(problemOf(`${'-'.repeat(33)}a < 3`).message).toContain('32 levels');
    expect(printCheck(checkOf(`a < 1${' + 1'.repeat(248)}`))).toHaveLength(997);
    expect(problemOf(`a < 1${' '.repeat(1000)}`).message).toContain('at most 1000');
  });
});

const word = fc
  .stringMatching(/^[a-z]{1,5}(-[a-z0-9]{1,3})?(\.[a-z]{1,4}){0,2}$/)
  .filter((text) => !/^(over|for|within|between|and|of)$/.test(text));
const number = fc.constantFrom('0', '12', '3.5', '300ms', '2s', '5%', '0.25%', '1000/s', '4kb', '7d');
const duration = fc.constantFrom('1s', '250ms', '2m', '0', '5µs', '1_500ms');
const endpoint = fc.oneof(
  duration,
  fc.constant('11:59:00'),
  fc
    .tuple(word, fc.constantFrom('', '+1s', '-2s', ' - 0', '+0', ' - 1_500ms', ' - 1.5µs'))
    .map((parts) => parts.join('')),
);
const range = fc
  .tuple(fc.option(endpoint, { nil: '' }), endpoint, fc.boolean())
  .map(([from, to, flip]) => (flip ? `${to}..${from}` : `${from}..${to}`));
const labelValue = fc.oneof(word, fc.constantFrom('17', '-1', 'menu:3', '"two words"'));
const labels = fc.array(labelValue, { minLength: 1, maxLength: 3 }).map((values) => `{op=${values.join('|')},key=1}`);
const figure = fc
  .tuple(
    fc.option(fc.constantFrom('max', 'p99', 'p99.9', 'count'), { nil: '' }),
    word,
    fc.option(labels, { nil: '' }),
    fc.option(word, { nil: '' }),
    fc.option(range, { nil: '' }),
  )
  .map(([aggregate, name, labelled, variant, over]) => {
    const text = aggregate === '' ? name + labelled : `${aggregate}(${name}${labelled})`;
    return `${text}${variant === '' ? '' : ` of ${variant}`}${over === '' ? '' : ` over ${over}`}`;
  });
const { expression } = fc.letrec<{ expression: string }>((tie) => ({
  expression: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.oneof(
      number,
      figure,
      word.map((name) => `$${name}`),
    ),
    fc.tuple(tie('expression'), fc.constantFrom('+', '-', '*', '/'), tie('expression')).map((parts) => parts.join(' ')),
    tie('expression').map((inner) => `(${inner})`),
    tie('expression').map((inner) => `-(${inner})`),
  ),
}));
const relation = fc.oneof(
  fc.tuple(fc.constantFrom('<', '<=', '>', '>=', '==', '!='), expression).map((parts) => parts.join(' ')),
  fc.tuple(expression, expression).map(([low, high]) => `between ${low} and ${high}`),
  fc
    .tuple(expression, expression, fc.constantFrom('', ' of it'))
    .map(([right, tolerance, of]) => `== ${right} ± (${tolerance})${of}`),
);
const suffix = (name: string, value: fc.Arbitrary<string>) =>
  fc.option(
    value.map((text) => ` ${name} ${text}`),
    { nil: '' },
  );
const written = fc
  .tuple(expression, relation, suffix('over', range), suffix('for', duration), suffix('within', duration))
  .map(([left, right, ...rest]) => `${left} ${right}${rest.join('')}`);

describe('any text', () => {
  it('parses to the same tree when it is printed', () => {
    let read = 0;
    fc.assert(
      fc.property(written, (text) => {
        const parsed = parseCheck(text);
        if ('problem' in parsed) return;
        const printed = printCheck(parsed.check);
        if (printed.length > 1000) return;
        read++;
        expect(bare(checkOf(printed))).toEqual(bare(parsed.check));
        expect(printCheck(checkOf(printed))).toBe(printed);
      }),
      { numRuns: 1500 },
    );
    expect(read).toBeGreaterThan(800);
  });

  it('parses to the same expression when it is printed', () => {
    fc.assert(
      fc.property(expression, (text) => {
        const parsed = parseExpression(text);
        if ('problem' in parsed) return;
        const printed = printExpression(parsed.expression);
        if (printed.length <= 1000) expect(bare(expressionOf(printed))).toEqual(bare(parsed.expression));
      }),
      { numRuns: 500 },
    );
  });

  it('gives a check or a problem within the text, never an exception', () => {
    const letters = fc.constantFrom(
      ...Array.from('ab.09 (){}<>=!+-*/%$"|,:_~±\u0000é🙂\n'),
      ' over ',
      ' of ',
      'p99(',
      '5ms',
      '..',
      '+-',
    );
    const texts = fc.oneof(
      fc.string({ maxLength: 1100 }),
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.array(letters, { maxLength: 300 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const read = parseCheck(text);
        if ('check' in read) return;
        expect(read.problem.message).not.toBe('');
        expect(read.problem.offset).toBeGreaterThanOrEqual(0);
        expect(read.problem.offset + read.problem.length).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: 2000 },
    );
  });

  it('keeps every part within the text it was read from', () => {
    const inside = (node: unknown, length: number): void => {
      if (typeof node !== 'object' || node === null) return;
      const { offset, length: own } = node as Range;
      if (offset !== undefined) expect(offset >= 0 && own > 0 && offset + own <= length).toBe(true);
      for (const part of Object.values(node)) inside(part, length);
    };
    fc.assert(
      fc.property(written, (text) => {
        const parsed = parseCheck(text);
        if ('check' in parsed) inside(parsed.check, text.length);
      }),
      { numRuns: 300 },
    );
  });
});
