import { describe, expect, it } from 'vitest';
import { exp } from '../random/math.ts';
import { logPlusExponentialIntegral, scaledExponentialIntegral } from './exponentialIntegral.ts';

/** ∫₀^∞ e^{−y}·f(y) dy by Simpson's rule in y = u⁸, which tames a logarithm at 0. */
function laplace(f: (y: number) => number): number {
  const steps = 20_000;
  const width = 1.6 / steps;
  let sum = 0;
  for (let i = 1; i <= steps; i++) {
    const u = i * width;
    const u7 = u * u * u * u * u * u * u;
    sum += (i === steps ? 1 : i % 2 === 1 ? 4 : 2) * 8 * u7 * exp(-u7 * u) * f(u7 * u);
  }
  return (sum * width) / 3;
}

describe('exponential integral', () => {
  // Abramowitz and Stegun 1964, table 5.1.
  it.each([
    [0.5, 0.5597735948],
    [1, 0.2193839344],
    [1.5, 0.1000195824],
    [2, 0.0489005107],
  ])('meets the tables: E₁(%d) = %d', (x, value) => {
    expect(scaledExponentialIntegral(x) / exp(x)).toBeCloseTo(value, 9);
  });

  it('meets the scaled table: x·eˣ·E₁(x) at 10 is 0.9156333394', () => {
    expect(10 * scaledExponentialIntegral(10)).toBeCloseTo(0.9156333394, 9);
    expect(1e9 * scaledExponentialIntegral(1e9)).toBeCloseTo(1 - 1e-9, 12);
    expect(scaledExponentialIntegral(0)).toBe(Infinity);
  });

  it('joins series and fraction without a step, and lies within its bounds', () => {
    expect(scaledExponentialIntegral(1.5 - 1e-13) / scaledExponentialIntegral(1.5)).toBeCloseTo(1, 12);
    // DLMF 6.8.1: ½ln(1+2/x) < eˣE₁(x) < ln(1+1/x).
    for (let x = 1e-6; x < 1e6; x *= 1.7) {
      expect(scaledExponentialIntegral(x)).toBeLessThan(Math.log1p(1 / x));
      expect(scaledExponentialIntegral(x)).toBeGreaterThan(Math.log1p(2 / x) / 2);
    }
  });

  it.each([
    [-Infinity, 5],
    [-30, 5],
    [-3, 5],
    [-1, 5],
    [-0.1, 40],
    [0, 0.3],
  ])('is the mean of ln(q + Y/a): ln q = %d, a = %d', (logQ, a) => {
    const q = exp(logQ);
    expect(logPlusExponentialIntegral(logQ, a)).toBeCloseTo(
      laplace((y) => Math.log(q + y / a)),
      7,
    );
  });
});
