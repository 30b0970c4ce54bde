import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ArrivalQueue, GAP } from './ArrivalQueue.ts';

/** Whoever the cursor comes to first, without moving it; undefined in an empty queue. */
function atCursor(queue: ArrivalQueue): number | undefined {
  return queue.fromCursor()[0];
}

describe('ArrivalQueue', () => {
  it('keeps the order of arrival and its cursor as an array would, however often it closes up', () => {
    const step = fc.record({
      verb: fc.constantFrom('push', 'push', 'remove', 'vacate', 'turn', 'close'),
      id: fc.nat(40),
    });
    const run = fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
      const queue = new ArrivalQueue();
      let model: number[] = [];
      // The id that the cursor is at; none where it starts from the oldest.
      let at: number | undefined;
      const leave = (id: number): void => {
        if (at === id) at = model[model.indexOf(id) + 1];
        model = model.filter((other) => other !== id);
      };
      for (const { verb, id } of steps) {
        if (verb === 'push' && !model.includes(id)) {
          queue.push(id);
          model.push(id);
        } else if (verb === 'remove' && model.includes(id)) {
          queue.remove(id);
          leave(id);
        } else if (verb === 'vacate' && model.length > 0) {
          while (queue.slots[queue.cursor] === GAP) queue.cursor++;
          const victim = queue.slots[queue.cursor];
          expect(victim).toBe(at ?? model[0]);
          at = victim;
          queue.vacate(queue.cursor);
          leave(victim);
        } else if (verb === 'turn' && model.length > 0) {
          at = model[id % model.length];
          queue.cursor = queue.slots.indexOf(at);
        } else if (verb === 'close') queue.closeUp();
        expect(queue.ids()).toEqual(model);
        expect(queue.size).toBe(model.length);
        expect(atCursor(queue)).toBe(at ?? model[0]);
      }
    });
    fc.assert(run, { numRuns: 150 });
  });

  it('has room for ever more, and for a long file through few places', () => {
    const queue = new ArrivalQueue();
    for (let id = 0; id < 5000; id++) queue.push(id);
    expect(queue.ids()).toEqual(Array.from({ length: 5000 }, (_, id) => id));
    for (let id = 0; id < 4998; id++) queue.remove(id);
    const { length } = queue.slots;
    for (let id = 5000; id < 60_000; id++) {
      queue.push(id);
      queue.remove(id - 2);
    }
    expect([queue.ids(), queue.slots.length]).toEqual([[59_998, 59_999], length]);
  });
});
