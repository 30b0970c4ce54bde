import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ExpiryHeap } from './ExpiryHeap.ts';

describe('ExpiryHeap', () => {
  it('gives back keys by time and then by key, however pushes and pops are mixed', () => {
    const push = fc.record({ atUs: fc.nat(30), key: fc.nat(50) });
    const steps = fc.array(fc.oneof({ weight: 3, arbitrary: push }, { weight: 2, arbitrary: fc.constant(null) }), {
      maxLength: 800,
    });
    const property = fc.property(steps, (todo) => {
      const heap = new ExpiryHeap();
      const model: { atUs: number; key: number }[] = [];
      for (const step of todo) {
        if (step !== null) {
          heap.push(step.atUs, step.key);
          model.push(step);
        } else if (model.length > 0) {
          model.sort((a, b) => a.atUs - b.atUs || a.key - b.key);
          expect(heap.pop()).toBe(model.shift()?.key);
        }
        const first = model.reduce((least, { atUs }) => Math.min(least, atUs), Number.POSITIVE_INFINITY);
        expect([heap.firstUs, heap.length]).toEqual([first, model.length]);
      }
    });
    fc.assert(property, { numRuns: 200 });
  });
});
