import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Distribution, draw, exponential, logNormal, normalQuantile } from './distributions.ts';
import { exp } from './math.ts';
import { Stream } from './Stream.ts';

/** P(Z <= −z) for z >= 0: Taylor's series in the middle, Laplace's continued fraction in the tail. */
function lowerTail(z: number): number {
  const density = exp(-0.5 * z * z) / 2.5066282746310002;
  if (z > 1) {
    let fraction = z;
    for (let k = 1000; k > 0; k--) fraction = z + k / fraction;
    return density / fraction;
  }
  let term = z;
  let sum = 0;
  for (let k = 3; term > 1e-18; k += 2) {
    sum += term;
    term *= (z * z) / k;
  }
  return 0.5 - density * sum;
}

const MEAN = 250;
const COUNT = 200000;

describe('normalQuantile', () => {
  // Published to 15 digits and more in any table of normal percentage points (e.g. Wichura 1988; NIST Handbook §1.3.6.7.1).
  it.each([
    [0.75, 0.6744897501960817],
    [0.9, 1.2815515655446004],
    [0.95, 1.6448536269514722],
    [0.975, 1.959963984540054],
    [0.99, 2.3263478740408408],
    [0.995, 2.5758293035489004],
    [0.999, 3.090232306167813],
    [1e-10, -6.361340902404056],
    [1e-20, -9.262340089798409],
  ])('gives the table value at %d', (u, z) => {
    expect(Math.abs(normalQuantile(u) / z - 1)).toBeLessThan(2e-15);
  });

  it('undoes the distribution function everywhere', () => {
    for (let u = 1e-300; u < 0.4999; u *= 1.07) {
      const z = normalQuantile(u);
      // A relative error d of z becomes a relative error of about z² d of the tail.
      expect(Math.abs(lowerTail(-z) / u - 1)).toBeLessThan(2e-15 * (2 + z * z));
    }
  });

  it('is odd about a half, rises, and ends at infinity', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 26 }), (k) => {
        const u = k / 2 ** 27;
        expect(normalQuantile(1 - u) + normalQuantile(u)).toBe(0);
        expect(normalQuantile(u)).toBeLessThan(normalQuantile(u + 2 ** -27));
      }),
      { numRuns: 2000 },
    );
    expect(normalQuantile(0.5)).toBe(0);
    expect(normalQuantile(0)).toBe(-Infinity);
    expect(normalQuantile(1)).toBe(Infinity);
    expect(normalQuantile(1.1)).toBeNaN();
    expect(normalQuantile(NaN)).toBeNaN();
  });
});

describe('exponential', () => {
  it('has the quantiles of the law', () => {
    expect(exponential(100, 0.01)).toBeCloseTo(460.5170185988092, 10);
    expect(exponential(100, 0.5)).toBeCloseTo(69.31471805599453, 11);
    expect(exponential(100, 1)).toBe(0);
    expect(exponential(0, 0.3)).toBe(0);
  });
});

describe('logNormal', () => {
  it('has its median below its mean by e^(−σ²/2), and steps of one sigma', () => {
    expect(logNormal(100, 1, 0.5)).toBeCloseTo(60.653065971263345, 11);
    expect(logNormal(100, 0.5, 0.5)).toBeCloseTo(88.24969025845955, 11);
    expect(logNormal(100, 0.5, 0.975) / logNormal(100, 0.5, 0.5)).toBeCloseTo(2.664408261552897, 13);
    expect(logNormal(100, 0, 0.123)).toBe(100);
  });

  it('stays finite at both ends of u', () => {
    expect(logNormal(1, 2, 1)).toBeLessThan(1e7);
    expect(logNormal(1, 2, 1)).toBeGreaterThan(logNormal(1, 2, 0.999999));
    expect(logNormal(1, 2, 2 ** -53)).toBeGreaterThan(0);
  });
});

describe('draw', () => {
  const shapes: [Distribution, number][] = [
    [{ mean: MEAN, shape: 'constant' }, 0],
    [{ mean: MEAN, shape: 'exponential' }, 1],
    [{ mean: MEAN, shape: 'lognormal', sigma: 0.4 }, exp(0.16) - 1],
    [{ mean: MEAN, shape: 'lognormal', sigma: 0.8 }, exp(0.64) - 1],
    [{ mean: MEAN, shape: 'lognormal' }, exp(1) - 1],
  ];

  it.each(shapes)('has the stated mean and the known spread: %j', (distribution, squaredVariation) => {
    const stream = new Stream(11, `draw ${distribution.shape} ${distribution.sigma}`);
    let sum = 0;
    let below = 0;
    const median = draw(distribution, 0.5);
    for (let i = 0; i < COUNT; i++) {
      const amount = draw(distribution, stream.uniformOpen());
      sum += amount;
      if (amount < median) below++;
    }
    const sd = MEAN * Math.sqrt(squaredVariation / COUNT);
    expect(Math.abs(sum / COUNT - MEAN)).toBeLessThanOrEqual(5 * sd);
    const expectedBelow = distribution.shape === 'constant' ? 0 : COUNT / 2;
    expect(Math.abs(below - expectedBelow)).toBeLessThanOrEqual(5 * Math.sqrt(COUNT / 4));
  });
});
