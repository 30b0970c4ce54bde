import { describe, expect, it } from 'vitest';
import { counters } from '../metrics/counters.ts';
import { FLAG, missCauses, operations, outcomes } from '../spans/codes.ts';
import { fuzz } from './fuzz.ts';
import { randomScenario } from './randomScenario.ts';
import { simulate } from './Session.ts';

describe('fuzz', () => {
  it('finds nothing wrong with 1,000 random runs, a tenth of them also run in slices and acted upon live', {
    timeout: 240_000,
  }, () => {
    expect(fuzz({ runs: 1000, seed: 1 })).toEqual([]);
  });
});

describe('randomScenario', () => {
  it('is decided by its seed and number', () => {
    for (const number of [0, 7, 123]) {
      expect(randomScenario(5, number)).toEqual(randomScenario(5, number));
      expect(randomScenario(5, number)).not.toEqual(randomScenario(6, number));
    }
  });

  it('leads to every operation, every outcome, every cause and every flag, and moves every counter', {
    timeout: 240_000,
  }, () => {
    const seen = { operations: new Set<number>(), outcomes: new Set<number>(), causes: new Set<number>() };
    const moved = new Set<string>();
    let flags = 0;
    let stale = 0;
    for (let number = 0; number < 1000; number++) {
      const { scenario, actions } = randomScenario(2, number);
      const { session, batch } = simulate(scenario, actions);
      const { closed, totals } = batch;
      for (const name of counters) if (totals[session.world.metrics.index(name)] > 0) moved.add(name);
      for (let index = 0; index < closed.length; index++) {
        seen.operations.add(closed.op[index]);
        seen.outcomes.add(closed.outcome[index]);
        seen.causes.add(closed.cause[index]);
        flags |= closed.flags[index];
        stale += closed.flags[index] & FLAG.stale;
      }
    }
    expect(operations.filter((_name, code) => !seen.operations.has(code))).toEqual([]);
    expect(outcomes.filter((_name, code) => !seen.outcomes.has(code))).toEqual([]);
    expect(missCauses.filter((_name, code) => !seen.causes.has(code))).toEqual([]);
    expect(Object.entries(FLAG).filter(([name, bit]) => (flags & bit) === 0 && name !== 'byPerson')).toEqual([]);
    expect(counters.filter((name) => !moved.has(name))).toEqual([]);
    expect(stale).toBeGreaterThan(50);
  });
});
