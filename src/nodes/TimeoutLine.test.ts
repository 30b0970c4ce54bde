import { describe, expect, it } from 'vitest';
import { Simulation } from '../kernel/Simulation.ts';
import { type Deadlined, TimeoutLine } from './TimeoutLine.ts';

function watched(simulation: Simulation, given: number[]): Deadlined {
  const item: Deadlined = {
    deadlineUs: Number.POSITIVE_INFINITY,
    settled: false,
    giveUp: () => {
      item.settled = true;
      given.push(simulation.nowUs);
    },
  };
  return item;
}

describe('TimeoutLine', () => {
  it('gives up on each item exactly after the duration, unless it is settled by then', () => {
    const simulation = new Simulation();
    const line = new TimeoutLine(simulation, 100);
    const given: number[] = [];
    const items = Array.from({ length: 300 }, () => watched(simulation, given));
    items.forEach((item, index) => {
      simulation.at(index * 3, { fire: () => line.add(item) });
      if (index % 3 === 0) simulation.at(index * 3 + 50, { fire: () => (item.settled = true) });
    });
    simulation.run(2000);
    const expected = items.flatMap((_item, index) => (index % 3 === 0 ? [] : [index * 3 + 100]));
    expect(given).toEqual(expected);
    expect(items[7].deadlineUs).toBe(121);
  });

  it('costs no event for items that end in time, beyond the one that is pending', () => {
    const simulation = new Simulation();
    const line = new TimeoutLine(simulation, 1000);
    for (let atUs = 0; atUs < 900; atUs++) {
      const item = watched(simulation, []);
      line.add(item);
      item.settled = true;
      simulation.run(atUs + 1);
    }
    simulation.run(10_000);
    expect(simulation.events).toBeLessThanOrEqual(2);
  });

  it('takes an item that is added while it gives up on another', () => {
    const simulation = new Simulation();
    const line = new TimeoutLine(simulation, 10);
    const given: number[] = [];
    const first = watched(simulation, given);
    first.giveUp = () => {
      first.settled = true;
      given.push(simulation.nowUs);
      line.add(watched(simulation, given));
    };
    line.add(first);
    line.add(watched(simulation, given));
    simulation.run(100);
    expect(given).toEqual([10, 10, 20]);
  });

  it('never gives up without a duration', () => {
    const simulation = new Simulation();
    const item = watched(simulation, []);
    new TimeoutLine(simulation, Number.POSITIVE_INFINITY).add(item);
    simulation.run(1_000_000);
    expect([item.settled, item.deadlineUs, simulation.events]).toEqual([false, Number.POSITIVE_INFINITY, 0]);
  });
});
