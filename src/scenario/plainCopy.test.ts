import { describe, expect, it } from 'vitest';
import { documentLimits, plainCopy } from './plainCopy.ts';

const nested = (depth: number): unknown => JSON.parse(`${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`);
const messages = (input: unknown): string[] => plainCopy(input).problems.map((problem) => problem.message);

describe('a plain copy', () => {
  it('has the same content and shares nothing', () => {
    const input = { a: [1, 'x', null, { b: true }], c: {} };
    const { copy, problems } = plainCopy(input);
    expect(problems).toEqual([]);
    expect(copy).toEqual(input);
    expect(copy).not.toBe(input);
    expect((copy as typeof input).a).not.toBe(input.a);
  });

  it.each([
    ['__proto__', '{"a":{"__proto__":{"polluted":1}}}', 'a.__proto__'],
    ['constructor', '{"constructor":{"prototype":{"polluted":1}}}', 'constructor'],
    ['prototype', '[{"prototype":1}]', '[0].prototype'],
  ])('refuses the name %s', (name, json, path) => {
    const { copy, problems } = plainCopy(JSON.parse(json));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ path, message: `found the name "${name}", which no document may use` });
    expect((copy as { polluted?: unknown }).polluted).toBeUndefined();
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it('refuses numbers that are not finite or not exact', () => {
    for (const number of [Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])
      expect(messages({ a: number })).toHaveLength(1);
    expect(messages({ a: 2 ** 53 - 1, b: 0.1 })).toEqual([]);
  });

  it('refuses what is not plain data', () => {
    const throwing = Object.defineProperty({}, 'a', { enumerable: true, get: () => raise() });
    const trap = new Proxy({}, { ownKeys: () => raise() });
    for (const value of [new Map(), new Date(0), () => 1, Symbol('a'), 1n, throwing, trap])
      expect(messages({ value })).toHaveLength(1);
  });

  it('holds the limits exactly', () => {
    expect(messages(nested(documentLimits.depth))).toEqual([]);
    expect(messages(nested(documentLimits.depth + 1))).toHaveLength(1);
    expect(messages(Array.from({ length: documentLimits.values - 1 }, () => 1))).toEqual([]);
    expect(messages(Array.from({ length: documentLimits.values }, () => 1))).toHaveLength(1);
    const wide = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, 1]));
    expect(messages(wide(documentLimits.keysPerMap))).toEqual([]);
    expect(messages(wide(documentLimits.keysPerMap + 1))).toHaveLength(1);
  });

  it('comes to an end on a cycle and on a list of four thousand million holes', () => {
    const cycle: unknown[] = [];
    cycle.push(cycle, cycle, cycle);
    expect(messages(cycle).length).toBeGreaterThan(0);
    const holes: unknown[] = [];
    holes.length = 4_294_967_295;
    expect(messages(holes)).toHaveLength(1);
  });
});

function raise(): never {
  throw new Error('mine');
}
