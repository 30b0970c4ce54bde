import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { POSITIONS, positionOf, type SliderScale, valueAt, valueBeside } from './scale.ts';

const ttl: SliderScale = { min: 0.5, max: 600, kind: 'log' };
const servers: SliderScale = { min: 1, max: 8, kind: 'linear', step: 1 };
const scales = fc
  .record({
    min: fc.integer({ min: 1, max: 1000 }),
    times: fc.integer({ min: 2, max: 10000 }),
    kind: fc.constantFrom('linear' as const, 'log' as const),
  })
  .map(({ min, times, kind }): SliderScale => ({ min, max: min * times, kind }));

describe('valueAt', () => {
  it('gives the exact ends', () => {
    fc.assert(
      fc.property(scales, (scale) => {
        expect(valueAt(0, scale)).toBe(scale.min);
        expect(valueAt(POSITIONS, scale)).toBe(scale.max);
      }),
    );
  });

  it('never falls when the thumb moves up', () => {
    fc.assert(
      fc.property(scales, fc.integer({ min: 0, max: POSITIONS - 1 }), (scale, position) => {
        expect(valueAt(position + 1, scale)).toBeGreaterThanOrEqual(valueAt(position, scale));
      }),
    );
  });

  it('lands on round numbers', () => {
    for (let position = 1; position < POSITIONS; position++) {
      const value = valueAt(position, ttl);
      expect(Number(value.toPrecision(2))).toBe(value);
    }
  });

  it('gives whole numbers where the step is 1', () => {
    const seen = new Set(Array.from({ length: POSITIONS + 1 }, (_, position) => valueAt(position, servers)));
    expect([...seen]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });
});

describe('positionOf', () => {
  it('puts the geometric middle of a log scale in the middle', () => {
    expect(positionOf(100, { min: 1, max: 10000, kind: 'log' })).toBe(POSITIONS / 2);
    expect(positionOf(50, { min: 0, max: 100, kind: 'linear' })).toBe(POSITIONS / 2);
  });

  it('keeps values outside at the ends', () => {
    expect(positionOf(-3, ttl)).toBe(0);
    expect(positionOf(1e9, ttl)).toBe(POSITIONS);
  });
});

describe('valueBeside', () => {
  it('counts through the powers of ten both ways', () => {
    const scale: SliderScale = { min: 1, max: 1000, kind: 'log' };
    expect(valueBeside(98, 1, scale)).toBe(99);
    expect(valueBeside(99, 1, scale)).toBe(100);
    expect(valueBeside(100, 1, scale)).toBe(110);
    expect(valueBeside(110, -1, scale)).toBe(100);
    expect(valueBeside(100, -1, scale)).toBe(99);
  });

  it('goes to the nearest round value from one that is not', () => {
    expect(valueBeside(103, 1, { min: 1, max: 1000, kind: 'log' })).toBe(110);
    expect(valueBeside(103, -1, { min: 1, max: 1000, kind: 'log' })).toBe(100);
  });

  it('always moves, unless it stands at the end, and never leaves the range', () => {
    fc.assert(
      fc.property(scales, fc.integer({ min: 0, max: POSITIONS }), (scale, position) => {
        const value = valueAt(position, scale);
        const up = valueBeside(value, 1, scale);
        const down = valueBeside(value, -1, scale);
        if (value < scale.max) expect(up).toBeGreaterThan(value);
        if (value > scale.min) expect(down).toBeLessThan(value);
        expect(Math.max(up, scale.max)).toBe(scale.max);
        expect(Math.min(down, scale.min)).toBe(scale.min);
      }),
    );
  });
});
