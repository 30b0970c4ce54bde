/**
 * Three thousand drills that nobody meant well: each is read or refused in words with its place, in under two seconds, and
 * leaves the language as it was.
 */
import * as fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { Problem } from '../scenario/problems.ts';
import { readDrill, readDrillValue } from './readDrill.ts';
import { smallDrill } from './smallDrill.ts';
import { joinDrill, splitDrill } from './splitDrill.ts';

const longestMs = 2000;
const prototypeNames = Object.getOwnPropertyNames(Object.prototype).length;
const seen = { read: 0, refused: 0 };

/** Reads and holds the answer to what every answer must be. @returns the problems, none where it was read. */
function verdictOn(text: string): Problem[] {
  const startMs = performance.now();
  const read = readDrill(text, 'x.drill.yaml');
  expect(performance.now() - startMs).toBeLessThan(longestMs);
  expect(Object.getOwnPropertyNames(Object.prototype)).toHaveLength(prototypeNames);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  if ('drill' in read) {
    seen.read++;
    return [];
  }
  seen.refused++;
  expect(read.problems.length).toBeGreaterThan(0);
  expect(read.problems.length).toBeLessThanOrEqual(50);
  for (const { line, column, message, file } of read.problems) {
    expect(file).toBe('x.drill.yaml');
    expect([Number.isInteger(line), Number.isInteger(column)]).toEqual([true, true]);
    expect(message).toMatch(/[a-z]{3}/);
    expect(message).not.toMatch(/undefined|\[object|TypeError|RangeError|Invalid input/);
    expect(message.length).toBeLessThan(1500);
  }
  return read.problems;
}

const lines = smallDrill.split('\n');
const words = [...smallDrill.matchAll(/[\w.]+/g)].map(({ index, 0: word }) => ({ index, length: word.length }));
const pieces = [
  '__proto__: { polluted: 1 }',
  'constructor: { prototype: { polluted: 1 } }',
  'prototype: 1',
  '*a',
  '&a x',
  '<<: { a: 1 }',
  '!!js/function "x"',
  '.nan',
  '.inf',
  '1e999',
  '9007199254740993',
  '"\\uD800"',
  '{{{{',
  ']',
  '|',
  '? [a]',
  'null',
  '-1',
  '~',
];

describe('a hostile drill', () => {
  afterAll(() => {
    // A property that sees one kind only would prove little.
    expect(seen.read).toBeGreaterThan(20);
    expect(seen.refused).toBeGreaterThan(2000);
  });

  it('with one thing changed, moved or left out', { timeout: 240_000 }, () => {
    const edit = fc.oneof(
      fc.record({
        kind: fc.constant('word'),
        at: fc.nat(words.length - 1),
        put: fc.constantFrom(...pieces, 'x', '0', '1m'),
      }),
      fc.record({
        kind: fc.constant('letter'),
        at: fc.nat(smallDrill.length - 1),
        put: fc.string({ unit: 'grapheme', maxLength: 2 }),
      }),
      fc.record({
        kind: fc.constant('line'),
        at: fc.nat(lines.length - 1),
        put: fc.constantFrom('', ...pieces.map((one) => `  ${one}`)),
      }),
      fc.record({ kind: fc.constant('twice'), at: fc.nat(lines.length - 1), put: fc.constant('') }),
    );
    fc.assert(
      fc.property(edit, ({ kind, at, put }) => {
        const { index, length } = words[Math.min(at, words.length - 1)];
        if (kind === 'word') verdictOn(smallDrill.slice(0, index) + put + smallDrill.slice(index + length));
        else if (kind === 'letter') verdictOn(smallDrill.slice(0, at) + put + smallDrill.slice(at + 1));
        else if (kind === 'line') verdictOn([...lines.slice(0, at), put, ...lines.slice(at + 1)].join('\n'));
        else verdictOn([...lines.slice(0, at), lines[at], ...lines.slice(at)].join('\n'));
      }),
      { numRuns: 1500, seed: 20_26 },
    );
  });

  it('of random bytes', { timeout: 240_000 }, () => {
    const bytes = fc.uint8Array({ maxLength: 3000 }).map((list) => new TextDecoder().decode(list));
    const text = fc.oneof(bytes, fc.string({ unit: 'binary', maxLength: 400 }), fc.string({ maxLength: 400 }));
    fc.assert(
      fc.property(text, (given) => verdictOn(given).length > 0),
      { numRuns: 800, seed: 1 },
    );
    fc.assert(
      fc.property(text, fc.nat(smallDrill.length), (given, at) => {
        verdictOn(smallDrill.slice(0, at) + given + smallDrill.slice(at));
      }),
      { numRuns: 300, seed: 2 },
    );
  });

  it('that nests deep, before anything composes it', { timeout: 240_000 }, () => {
    const kinds: ((depth: number) => string)[] = [
      (depth) => '['.repeat(depth),
      (depth) => '{a: '.repeat(depth),
      (depth) => `${'- '.repeat(depth)}x`,
      (depth) => `${'? '.repeat(depth)}x`,
      (depth) => `drill: ${'['.repeat(depth)}${']'.repeat(depth)}`,
      (depth) => Array.from({ length: Math.min(depth, 350) }, (_, index) => `${' '.repeat(index)}a:`).join('\n'),
      (depth) => '[{a: '.repeat(depth / 2),
    ];
    fc.assert(
      fc.property(fc.constantFrom(...kinds), fc.integer({ min: 40, max: 100_000 }), (make, depth) => {
        const [first] = verdictOn(make(depth));
        expect(first.message).toMatch(/levels|characters|values/);
      }),
      { numRuns: 200, seed: 3 },
    );
  });

  it('with aliases, anchors, merge keys, tags and names that reach into the language', () => {
    const bombs = [
      `a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n${smallDrill}`,
      `${smallDrill}x: &x\n  <<: *x\n`,
      smallDrill.replace('skills: [stampede]', 'skills: &s [stampede]\nlevel: *s'),
      smallDrill.replace('drill: 1', '<<: { drill: 1 }'),
      smallDrill.replace('drill: 1', 'drill: !!int "1"'),
      smallDrill.replace('drill: 1', '%YAML 1.1\n---\ndrill: 1'),
      `${smallDrill}\n---\n${smallDrill}`,
    ];
    for (const bomb of bombs) expect(verdictOn(bomb).length).toBeGreaterThan(0);
    const places = ['drill: 1\n', 'set: { ', 'options: { ', 'levels: { ', 'answers: { ', 'expect: { ', 'step: { '];
    for (const place of places)
      for (const name of ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty']) {
        expect(smallDrill).toContain(place);
        const entry = place.endsWith('\n') ? `${place}${name}: { polluted: 1 }\n` : `${place}${name}: 1, `;
        expect(verdictOn(smallDrill.replace(place, entry)).length).toBeGreaterThan(0);
      }
  });

  it('that is wide', () => {
    const many = (count: number, make: (index: number) => string) =>
      Array.from({ length: count }, (_, at) => make(at)).join('');
    const wide = [
      many(501, (at) => `k${at}: 1\n`),
      many(3000, (at) => `k${at}: 1\n`),
      smallDrill.replace(
        'database.slots: 40',
        many(600, (at) => `cache.ttl${at}: 1s, `),
      ),
      many(9000, () => 'a: 1\n'),
      `steps: [${'{},'.repeat(20_000)}]`,
      `a: ${'x'.repeat(65_500)}`,
      'é'.repeat(40_000),
      `${smallDrill}# ${'x'.repeat(65_536)}`,
      `${smallDrill}# ${'é'.repeat(31_000)}`,
    ];
    for (const text of wide) expect(verdictOn(text).length).toBeGreaterThan(0);
  });

  it('as plain data: cycles, getters, classes, holes, and numbers that are none', { timeout: 240_000 }, () => {
    const whole = readDrill(smallDrill, 'x');
    if (!('drill' in whole)) throw new Error('the drill of these tests is broken');
    const { input } = whole.drill;
    const cycle: Record<string, unknown> = { ...input };
    cycle.system = cycle;
    const values: unknown[] = [
      cycle,
      {
        ...input,
        get title(): string {
          throw new Error('no');
        },
      },
      { ...input, steps: Object.assign([], { length: 4e9 }) },
      { ...input, seed: Number.NaN },
      { ...input, minutes: Number.POSITIVE_INFINITY },
      { ...input, title: new Map() },
      JSON.parse('{"__proto__":{"polluted":1}}'),
      null,
      undefined,
      1,
      'drill',
      [],
      () => 1,
      Symbol('x'),
      new Proxy(
        {},
        {
          ownKeys: () => {
            throw new Error('no');
          },
        },
      ),
    ];
    for (const value of values) {
      const read = readDrillValue(value);
      expect('problems' in read && read.problems.length).toBeGreaterThan(0);
    }
    const { script, key } = splitDrill(whole.drill);
    fc.assert(
      fc.property(fc.anything(), fc.nat(key.entries.length - 1), (junk, at) => {
        const entries = key.entries.map((entry, index) => (index === at ? { ...entry, value: junk } : entry));
        expect('problems' in joinDrill(script, junk)).toBe(true);
        expect('problems' in joinDrill(junk, key)).toBe(true);
        expect('problems' in joinDrill(script, { ...key, entries })).toBe(true);
      }),
      { numRuns: 150, seed: 4 },
    );
    const paths = [
      ['__proto__', 'polluted'],
      ['constructor', 'prototype', 'polluted'],
      ['steps', '__proto__'],
      ['steps', 99, 'truth'],
      ['steps', -1],
    ];
    for (const path of paths)
      expect('problems' in joinDrill(script, { ...key, entries: [{ path, value: 1 }] }), path.join('.')).toBe(true);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});
