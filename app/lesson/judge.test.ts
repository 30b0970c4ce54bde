import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { judge } from './judge.ts';

const positive = fc.double({ min: 1e-3, max: 1e6, noNaN: true });

it('calls the nearest of the options right, whatever the distance', () => {
  const options = [1, 100, 1000, 72000];
  expect(judge(1000, 948, options).kind).toBe('right');
  expect(judge(1000, 3000, options).kind).toBe('right');
  expect(judge(100, 948, options).kind).toBe('off');
});

it('calls exactly one of distinct options right, unless two are equally near', () => {
  fc.assert(
    fc.property(fc.uniqueArray(positive, { minLength: 2, maxLength: 5 }), positive, (options, measured) => {
      const right = options.filter((option) => judge(option, measured, options).kind === 'right');
      expect(right.length).toBeGreaterThanOrEqual(1);
      const ratios = right.map((option) => Math.max(option / measured, measured / option));
      expect(Math.max(...ratios)).toBeCloseTo(Math.min(...ratios), 9);
    }),
  );
});

it('calls the smallest option right where nothing at all was measured', () => {
  const options = [0.05, 0.2, 0.75];
  expect(options.map((option) => judge(option, 0, options).kind)).toEqual(['right', 'off', 'off']);
  expect(judge(0, 0.4, [0, 0.5, 1]).kind).toBe('off');
  expect(judge(0, 0.4, [0, -5]).kind).toBe('right');
});

it('judges a free number by its ratio, the same both ways', () => {
  expect(judge(1000, 1050)).toEqual({ kind: 'right', times: 1.05 });
  expect(judge(500, 948).kind).toBe('near');
  expect(judge(948, 500).kind).toBe('near');
  expect(judge(100, 948).kind).toBe('off');
});

it('knows that nothing is near to zero but zero', () => {
  expect(judge(0, 0)).toEqual({ kind: 'right', times: undefined });
  expect(judge(0, 1)).toEqual({ kind: 'off', times: undefined });
});
