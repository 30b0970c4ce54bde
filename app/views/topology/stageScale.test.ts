import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stageSize } from './stageScale.ts';

describe('the size of a stage', () => {
  it.each([
    [1000, 500, 1, false, { width: 1000, height: 500, scale: 1, outerHeight: 500 }],
    [1000, 500, 1.25, false, { width: 800, height: 500, scale: 1.25, outerHeight: 625 }],
    [1000, 500, 1.25, true, { width: 800, height: 400, scale: 1.25, outerHeight: 500 }],
    // On a phone, and in a low frame, there is no room for more.
    [390, 480, 1.25, false, { width: 390, height: 480, scale: 1, outerHeight: 480 }],
    [1000, 300, 2, true, { width: 933, height: 280, scale: 300 / 280, outerHeight: 300 }],
    [700, 400, 0.5, true, { width: 1400, height: 800, scale: 0.5, outerHeight: 400 }],
  ])('%i × %i, wanted %f times as large, fixed: %s', (width, height, wanted, isFixed, expected) => {
    expect(stageSize(width, height, wanted, isFixed)).toEqual(expected);
  });

  it('never leaves its room, and never asks for the layout of a smaller screen', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 200, max: 3000 }),
        fc.integer({ min: 280, max: 1500 }),
        fc.double({ min: 0.5, max: 3, noNaN: true }),
        fc.boolean(),
        (width, height, wanted, isFixed) => {
          const size = stageSize(width, height, wanted, isFixed);
          expect(size.width * size.scale).toBeLessThanOrEqual(width + 1e-6);
          expect(size.height * size.scale).toBeLessThanOrEqual(size.outerHeight + 1);
          if (width >= 640) expect(size.width).toBeGreaterThanOrEqual(640 - 1);
          if (isFixed) expect(size.outerHeight).toBe(height);
          if (size.scale > 1) expect(size.height).toBeGreaterThanOrEqual(280 - 1);
        },
      ),
    );
  });
});
