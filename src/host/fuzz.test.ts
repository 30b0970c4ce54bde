import { describe, expect, it } from 'vitest';
import { missCauses, operations, outcomes } from '../spans/codes.ts';
import { fuzz } from './fuzz.ts';
import { randomScenario } from './randomScenario.ts';
import { simulate } from './Session.ts';

describe('fuzz', () => {
  it('finds nothing wrong with 1,000 random runs, a tenth of them also run in slices and acted upon live', {
    timeout: 120_000,
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

  it('leads to every operation, every outcome and every cause', () => {
    const seen = { operations: new Set<number>(), outcomes: new Set<number>(), causes: new Set<number>() };
    let stale = 0;
    for (let number = 0; number < 400; number++) {
      const { scenario, actions } = randomScenario(2, number);
      const { closed } = simulate(scenario, actions).batch;
      for (let index = 0; index < closed.length; index++) {
        seen.operations.add(closed.op[index]);
        seen.outcomes.add(closed.outcome[index]);
        seen.causes.add(closed.cause[index]);
        stale += closed.flags[index] & 1;
      }
    }
    expect(operations.filter((_name, code) => !seen.operations.has(code))).toEqual([]);
    expect(outcomes.filter((_name, code) => !seen.outcomes.has(code))).toEqual([]);
    expect(missCauses.filter((_name, code) => !seen.causes.has(code))).toEqual([]);
    expect(stale).toBeGreaterThan(50);
  });
});
