import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventQueue, PRIORITY } from './EventQueue.ts';

describe('EventQueue', () => {
  it('fires by time, then priority, then the order of scheduling, however pushes and firings are mixed', () => {
    const step = fc.oneof(
      {
        weight: 3,
        arbitrary: fc.record({ atUs: fc.nat(20), priority: fc.constantFrom(PRIORITY.act, PRIORITY.normal) }),
      },
      { weight: 2, arbitrary: fc.constant('fire' as const) },
    );
    const property = fc.property(fc.array(step, { maxLength: 900 }), (steps) => {
      const queue = new EventQueue();
      const fired: number[] = [];
      const expected: number[] = [];
      const pending: { atUs: number; priority: number; number: number }[] = [];
      const fireOne = () => {
        pending.sort((a, b) => a.atUs - b.atUs || a.priority - b.priority || a.number - b.number);
        expect(queue.nextUs).toBe(pending[0].atUs);
        expected.push((pending.shift() as { number: number }).number);
        queue.fireNext();
      };
      steps.forEach((todo, number) => {
        if (todo !== 'fire') {
          pending.push({ ...todo, number });
          queue.push(todo.atUs, { fire: (argument) => fired.push(argument) }, number, todo.priority);
        } else if (pending.length > 0) fireOne();
        expect(queue.size).toBe(pending.length);
      });
      while (pending.length > 0) fireOne();
      expect(fired).toEqual(expected);
      expect(queue.nextUs).toBe(Number.POSITIVE_INFINITY);
    });
    fc.assert(property, { numRuns: 300 });
  });

  it('lets an event schedule others while it fires', () => {
    const queue = new EventQueue();
    const order: number[] = [];
    const chain = {
      fire(argument: number) {
        order.push(argument);
        if (argument < 1000) queue.push(argument >> 1, chain, argument + 1, PRIORITY.normal);
      },
    };
    queue.push(0, chain, 0, PRIORITY.normal);
    while (queue.size > 0) queue.fireNext();
    expect(order).toEqual(Array.from({ length: 1001 }, (_, index) => index));
  });
});
