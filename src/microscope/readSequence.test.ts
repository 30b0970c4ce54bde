import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { generateSequence, generatorKinds } from './generateSequence.ts';
import { readSequence, sequenceLimits } from './readSequence.ts';
import { writeSequence } from './writeSequence.ts';

const keysOf = (text: string): string[] => {
  const { names, ids } = readSequence(text);
  return ids.map((id) => names[id]);
};

describe('readSequence', () => {
  it.each([
    ['A B C A D', 'A B C A D'],
    ['ABCAD', 'A B C A D'],
    ['A,B;C → A\nD', 'A B C A D'],
    ['1 2 3 12', '1 2 3 12'],
    ['apple pear apple', 'apple pear apple'],
    ['"ABC" AB', 'ABC A B'],
    ['"two words"', 'two words'],
    ['user:7 A1 x3', 'user:7 A1 x3'],
    ['A-E', 'A B C D E'],
    ['c..a', 'c b a'],
    ['8-11', '8 9 10 11'],
    ['3–1', '3 2 1'],
    ['user1-user3', 'user1 user2 user3'],
    ['user1-3', 'user1 user2 user3'],
    ['my-key a-1b', 'my-key a-1b'],
    ['(AB)x3', 'A B A B A B'],
    ['(A B)*2 (C) ×2', 'A B A B C C'],
    ['(A(BC)x2)x2', 'A B C B C A B C B C'],
    ['Ax3 7*2 1-2×2', 'A A A 7 7 1 2 1 2'],
    ['max3 boxx2', 'max3 boxx2'],
    ['Ä É 日本', 'Ä É 日本'],
    ['', ''],
    [' ,;\n ', ''],
    ['()x5 A', 'A'],
  ])('%j is %s', (text, keys) => {
    expect(readSequence(text).problem).toBeNull();
    expect(keysOf(text).join(' ')).toBe(keys);
  });

  it('numbers keys in order of first appearance', () => {
    expect(readSequence('C A C B A')).toEqual({ names: ['C', 'A', 'B'], ids: [0, 1, 0, 2, 1], problem: null });
  });

  it.each([
    ['A B (C D', 4, 1, /never closed/, 'A B C D'],
    ['A B) C', 3, 1, /closes nothing/, 'A B'],
    ['A "B C', 2, 1, /never closed/, 'A'],
    ['A "" B', 2, 2, /no key/, 'A'],
    ['A *3', 2, 2, /nothing to repeat/, 'A'],
    ['ABx3', 0, 4, /all of AB or its last/, ''],
    ['A Bx0', 2, 3, /zero times/, 'A'],
    ['A B\u200b', 2, 2, /invisible/, 'A'],
    ['A abcdefghijklm B', 2, 13, /longer than 12/, 'A'],
    [`${'('.repeat(9)}A`, 8, 1, /deeper than 8/, ''],
  ])('%j: says at %i what is wrong and keeps the rest', (text, at, length, words, kept) => {
    const { problem } = readSequence(text);
    expect(problem).toMatchObject({ at, length, text: expect.stringMatching(words) });
    expect(problem?.remedy).not.toBe('');
    expect(keysOf(text).join(' ')).toBe(kept);
  });

  it('stops at its limits, however the text unfolds', () => {
    for (const text of ['1-999999999', '(((((A)x999)x999)x999)x999)x999', 'A*999999999', '(A-Z)x99', '1-300 (1-300)']) {
      expect(readSequence(text).ids).toHaveLength(sequenceLimits.accesses);
      expect(readSequence(text).problem?.text).toMatch(/more than 400 accesses/);
    }
    expect(readSequence('1-400').problem).toBeNull();
    expect(readSequence('A '.repeat(2001)).problem?.text).toMatch(/4002 characters, 4000 is the most/);
  });

  it('answers anything, with a place inside the text', () => {
    const piece = fc.constantFrom(
      'A',
      'AB',
      '(',
      ')',
      'x3',
      '*2',
      '"',
      ' ',
      ',',
      '1-9',
      '7',
      'user1',
      '..',
      '-',
      '\u0000',
      '×',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(piece).map((pieces) => pieces.join('')),
          fc.string(),
        ),
        (text) => {
          const { names, ids, problem } = readSequence(text);
          expect(ids.length).toBeLessThanOrEqual(sequenceLimits.accesses);
          expect(new Set(ids).size).toBe(names.length);
          expect(new Set(names).size).toBe(names.length);
          if (problem)
            expect(problem.at >= 0 && problem.at + problem.length <= text.length && problem.length > 0).toBe(true);
        },
      ),
      { numRuns: 500, seed: 1 },
    );
  });
});

describe('writeSequence', () => {
  it('writes what is read back', () => {
    const key = fc.oneof(
      fc.constantFrom('A', 'B', 'ABC', '12', 'x3', 'user7', 'A-E', '7x2', '(', 'a b'),
      fc.string({ maxLength: 12 }),
    );
    fc.assert(
      fc.property(fc.array(key, { maxLength: 30 }), (keys) => {
        const read = readSequence(writeSequence(keys));
        const order = [...new Set(keys)];
        expect(read.problem).toBeNull();
        expect(read.ids).toEqual(keys.map((one) => order.indexOf(one)));
      }),
      { numRuns: 300, seed: 2 },
    );
    expect(writeSequence(['A', 'ABC', '7'])).toBe('A "ABC" 7');
    expect(writeSequence(['A', 'say "hi"', 'A'])).toBe('k1 k2 k1');
  });
});

describe('generateSequence', () => {
  it('gives the same for the same seed, within its bounds, and can be written', () => {
    for (const { id: kind } of generatorKinds)
      for (const seed of [0, 1, 2, 99]) {
        const made = generateSequence({ kind, seed, count: 60, keys: 9 });
        expect(made).toEqual(generateSequence({ kind, seed, count: 60, keys: 9 }));
        expect(made).not.toEqual(generateSequence({ kind, seed: seed + 1, count: 60, keys: 9 }));
        expect(made).toHaveLength(60);
        expect(new Set(made.filter((key) => /[A-Z]/.test(key))).size).toBeLessThanOrEqual(9);
        expect(keysOf(writeSequence(made))).toEqual(made);
      }
  });

  it('has the shapes it names', () => {
    const counts = (keys: string[]) => [...new Set(keys)].map((key) => keys.filter((one) => one === key).length);
    const zipf = counts(generateSequence({ kind: 'zipf', seed: 3, count: 300, keys: 10 }));
    const uniform = counts(generateSequence({ kind: 'uniform', seed: 3, count: 300, keys: 10 }));
    expect(Math.max(...zipf)).toBeGreaterThan(70);
    expect(Math.max(...uniform)).toBeLessThan(50);
    const scans = generateSequence({ kind: 'scans', seed: 3, count: 200, keys: 9 });
    const once = scans.filter((key) => /\d/.test(key));
    expect(once.length).toBeGreaterThan(20);
    expect(new Set(once).size).toBe(once.length);
  });
});
