import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Simulation } from '../kernel/Simulation.ts';
import { type InLine, Station } from './Station.ts';

class Guest implements InLine {
  behind: InLine | null = null;
  leftLine = false;
  readonly name: number;

  constructor(name: number) {
    this.name = name;
  }
}

/** A station and the plainest account of it: two lists, and sums taken at every step. */
class Account {
  readonly simulation = new Simulation();
  readonly served: number[] = [];
  readonly station: Station<Guest>;
  waiting: Guest[] = [];
  busy = 0;
  busyArea = 0;
  waitingArea = 0;
  slots: number;

  constructor(slots: number, limit: number) {
    this.slots = slots;
    this.station = new Station<Guest>(
      this.simulation,
      { serve: (guest) => this.served.push(guest.name) },
      slots,
      limit,
    );
  }

  pass(us: number): void {
    this.busyArea += this.busy * us;
    this.waitingArea += this.waiting.length * us;
    this.simulation.run(this.simulation.nowUs + us);
  }

  /** Whoever is next gets the free slots. */
  advance(expected: number[]): void {
    while (this.busy < this.slots && this.waiting.length > 0) {
      expected.push((this.waiting.shift() as Guest).name);
      this.busy++;
    }
  }
}

const step = fc.record({
  verb: fc.constantFrom('offer', 'offer', 'offer', 'release', 'leave', 'resize', 'clear', 'pass'),
  amount: fc.nat(6),
});

describe('Station', () => {
  it('serves first come first served, refuses beyond its line, and integrates both exactly', () => {
    const property = fc.property(
      fc.integer({ min: 1, max: 4 }),
      fc.nat(4),
      fc.array(step, { maxLength: 150 }),
      (slots, limit, steps) => {
        const account = new Account(slots, limit);
        const { station } = account;
        const expected: number[] = [];
        steps.forEach(({ verb, amount }, name) => {
          if (verb === 'offer') {
            const guest = new Guest(name);
            const accepted = station.offer(guest);
            expect(accepted).toBe(account.busy < account.slots || account.waiting.length < limit);
            if (accepted) account.waiting.push(guest);
          } else if (verb === 'release' && account.busy > 0) {
            account.busy--;
            station.release();
          } else if (verb === 'leave' && account.waiting.length > 0) {
            const [guest] = account.waiting.splice(amount % account.waiting.length, 1);
            station.leave(guest);
          } else if (verb === 'resize') {
            account.slots = amount + 1;
            station.resize(amount + 1);
          } else if (verb === 'clear' && amount === 0) {
            expect(station.clear()).toEqual(account.waiting);
            account.waiting = [];
            account.busy = 0;
          } else if (verb === 'pass') account.pass(amount);
          account.advance(expected);
          expect(account.served).toEqual(expected);
          expect([station.busy, station.waiting]).toEqual([account.busy, account.waiting.length]);
        });
        station.integrate();
        expect([station.busyArea, station.waitingArea]).toEqual([account.busyArea, account.waitingArea]);
      },
    );
    fc.assert(property, { numRuns: 500 });
  });

  it('integrates to a time before the next change, as a window that ends there needs', () => {
    const account = new Account(1, 9);
    for (const name of [1, 2, 3]) account.station.offer(new Guest(name));
    account.pass(10);
    account.station.integrateTo(4);
    expect([account.station.busyArea, account.station.waitingArea]).toEqual([4, 8]);
    account.station.integrate();
    expect([account.station.busyArea, account.station.waitingArea]).toEqual([10, 20]);
  });

  it('keeps the length of its longest line', () => {
    const account = new Account(1, 9);
    for (const name of [1, 2, 3, 4]) account.station.offer(new Guest(name));
    account.station.release();
    account.station.release();
    expect([account.station.maxWaiting, account.station.waiting]).toEqual([3, 1]);
  });
});
