import { describe, expect, it } from 'vitest';
import { Simulation } from '../kernel/Simulation.ts';
import type { Counter } from '../metrics/counters.ts';
import { OUTCOME } from '../spans/codes.ts';
import type { Call } from './Call.ts';
import type { Environment } from './Environment.ts';
import { LockTable } from './LockTable.ts';

function lockTable(ttlUs: number) {
  const simulation = new Simulation();
  const counted: Record<string, number> = {};
  const metrics = { count: (what: Counter) => (counted[what] = (counted[what] ?? 0) + 1) };
  const settings = { protect: { lockTtl: ttlUs } };
  const table = new LockTable({ simulation, metrics, settings } as unknown as Environment);
  const call = (owner: number, key: number) => ({ key, parent: owner, outcome: OUTCOME.ok }) as unknown as Call;
  const outcomeOf = (made: Call, act: (call: Call) => void) => {
    act(made);
    return made.outcome;
  };
  return {
    settings,
    counted,
    table,
    at: (timeUs: number, act: () => void) => simulation.at(timeUs, { fire: act }),
    run: (untilUs: number) => simulation.run(untilUs),
    take: (owner: number, key = 7) => outcomeOf(call(owner, key), (made) => table.take(made)),
    free: (owner: number, key = 7) => outcomeOf(call(owner, key), (made) => table.free(made)),
  };
}

describe('LockTable', () => {
  it('gives a key to one at a time, and only the owner can free it', () => {
    const { take, free, counted } = lockTable(1000);
    expect([take(1), take(2), take(2, 8), take(1)]).toEqual([OUTCOME.ok, OUTCOME.miss, OUTCOME.ok, OUTCOME.miss]);
    expect([free(2), take(2), free(1), take(2)]).toEqual([OUTCOME.absent, OUTCOME.miss, OUTCOME.ok, OUTCOME.ok]);
    expect(counted).toEqual({ 'locks.taken': 3, 'locks.held': 3 });
  });

  it('lapses at its time to live to the microsecond, whoever comes first at that moment', () => {
    const { take, free, table, run, at, counted } = lockTable(1000);
    const seen: unknown[] = [];
    at(0, () => seen.push(take(1)));
    at(999, () => seen.push(table.holds(7), take(2)));
    at(1000, () => seen.push(take(3)));
    at(1500, () => seen.push(free(1), take(4)));
    at(1999, () => seen.push(table.holds(7)));
    at(2000, () => seen.push(table.holds(7)));
    run(5000);
    const { ok, miss, absent } = OUTCOME;
    expect(seen).toEqual([ok, true, miss, ok, absent, miss, true, false]);
    expect(counted).toEqual({ 'locks.taken': 2, 'locks.held': 2, 'locks.lapsed': 2 });
  });

  it('keeps the time to live that a lock was taken with, and counts none that was freed or cleared', () => {
    const { take, free, table, run, at, counted, settings } = lockTable(1000);
    at(0, () => {
      take(1);
      take(1, 8);
      take(1, 9);
      settings.protect.lockTtl = 10;
      free(1, 8);
    });
    at(500, () => expect(table.holds(7)).toBe(true));
    at(600, () => {
      table.clear();
      expect(table.holds(7)).toBe(false);
    });
    run(5000);
    expect(counted['locks.lapsed']).toBeUndefined();
  });
});
