import { describe, expect, it } from 'vitest';
import { describeFound, formatProblem, joinPath, nearestName, slips } from './problems.ts';

describe('problems', () => {
  it('are written as place, path, message, guess; what is not known is left out', () => {
    const problem = { path: 'cache.ttll', message: 'found x, expected y' };
    expect(formatProblem({ ...problem, file: 'a.yaml', line: 3, column: 5, nearest: 'ttl' })).toBe(
      'a.yaml:3:5 cache.ttll: found x, expected y (did you mean ttl?)',
    );
    expect(formatProblem(problem)).toBe('cache.ttll: found x, expected y');
    expect(formatProblem({ ...problem, path: '' })).toBe('found x, expected y');
    expect(formatProblem({ ...problem, path: '', file: 'a.yaml' })).toBe('a.yaml: found x, expected y');
  });

  it('name places as code does', () => {
    expect(joinPath(['faults', 2, 'node'])).toBe('faults[2].node');
    expect(joinPath(['view', 'compare', 'cache.ttl'])).toBe('view.compare["cache.ttl"]');
    expect(joinPath([])).toBe('');
  });

  it('say what was found within a line', () => {
    expect([null, undefined, 'a', 5, true, [1], { a: 1 }].map(describeFound)).toEqual([
      'nothing',
      'nothing',
      '"a"',
      '5',
      'true',
      'a list',
      'a map',
    ]);
    expect(describeFound('x'.repeat(1000))).toBe('text of 1000 characters');
  });
});

describe('the nearest name', () => {
  // Distances worked out by hand.
  it.each([
    ['kitten', 'sitting', 3],
    ['ttl', 'ttl', 0],
    ['tll', 'ttl', 1],
    ['', 'abc', 3],
    ['capacty', 'capacity', 1],
    ['evcition', 'eviction', 1],
  ])('%s is from %s by %i slips', (a, b, distance) => {
    expect(slips(a, b)).toBe(distance);
    expect(slips(b, a)).toBe(distance);
  });

  it('is found within a third of the letters, whatever the case', () => {
    const names = ['ttl', 'jitter', 'capacity', 'eviction'];
    expect(nearestName('TTL', names)).toBe('ttl');
    expect(nearestName('capcity', names)).toBe('capacity');
    expect(nearestName('replicas', names)).toBeUndefined();
    expect(nearestName('', names)).toBeUndefined();
    expect(nearestName('x'.repeat(5000), names)).toBeUndefined();
  });
});
