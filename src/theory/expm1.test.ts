import { describe, expect, it } from 'vitest';
import { averageDecay, expm1, log1p } from './expm1.ts';

/** e^x − 1 by its series with all the terms it needs, small ones first. */
function series(x: number): number {
  let sum = 0;
  for (let k = 25; k >= 1; k--) sum = (x / k) * (1 + sum);
  return sum;
}

describe('expm1', () => {
  it('keeps its digits near zero', () => {
    for (const x of [1e-300, 1e-17, 1e-12, 1e-8, 1e-5, 0.001, 0.03, 0.4, 0.9]) {
      for (const signed of [x, -x]) {
        expect(Math.abs(expm1(signed) / series(signed) - 1)).toBeLessThan(2e-15);
        expect(Math.abs(log1p(series(signed)) / signed - 1)).toBeLessThan(4e-15);
      }
    }
  });

  it('has the right ends', () => {
    expect(expm1(0)).toBe(0);
    expect(expm1(-Infinity)).toBe(-1);
    expect(expm1(1000)).toBe(Infinity);
    expect(log1p(Infinity)).toBe(Infinity);
    expect(averageDecay(0)).toBe(1);
    expect(averageDecay(1e9)).toBeCloseTo(1e-9, 20);
  });
});
