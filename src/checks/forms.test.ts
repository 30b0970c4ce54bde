import { describe, expect, it } from 'vitest';
import * as theory from '../theory/index.ts';
import { forms } from './forms.ts';
import { answerUnit, valueOfForm } from './valueOfForm.ts';

const s = (seconds: number) => ({ value: seconds * 1e6, unit: 'us' }) as const;
const perS = (value: number) => ({ value, unit: 'per second' }) as const;
const number = (value: number) => ({ value, unit: 'number' }) as const;

function valueOf(name: string, given: Parameters<typeof valueOfForm>[1]): number {
  const found = valueOfForm(forms[name], given);
  if ('problem' in found) throw new Error(found.problem);
  expect(found.unit).toBe(answerUnit(forms[name]));
  return found.value;
}

describe('forms', () => {
  it('take times in µs and answer in µs', () => {
    expect(valueOf('stampedeFetches', { readsPerS: perS(1000), rebuildS: s(0.8) })).toBe(801);
    expect(valueOf('meanHitAge', { ttlS: s(10) })).toBe(5e6);
    expect(valueOf('mm1Sojourn', { arrivalsPerS: perS(50), servicePerS: perS(100) })).toBeCloseTo(20_000, 6);
    expect(
      valueOf('lossServed', {
        arrivalsPerS: perS(1e6),
        servicePerS: perS(100),
        servers: number(2),
        queueCapacity: number(3),
      }),
    ).toBeCloseTo(200, 1);
  });

  it('sum over a population: keys that are all alike are one key at their share of the reads', () => {
    const alike = { readsPerS: perS(500), ttlS: s(4), keys: number(100), exponent: number(0) };
    expect(valueOf('zipfTtlHitRatio', alike)).toBeCloseTo(theory.ttlHitRatio(5, 4), 9);
    const written = { ...alike, updatesPerS: perS(20) };
    expect(valueOf('zipfStaleHitShare', written)).toBeCloseTo(theory.staleHitShare(0.2, 4), 9);
    const staleReads = theory.ttlHitRatio(5, 4) * theory.staleHitShare(0.2, 4);
    expect(valueOf('zipfStaleReadShare', written)).toBeCloseTo(staleReads, 9);
    expect(
      valueOf('zipfLruHitRatio', { keys: number(100), exponent: number(0), capacityEntries: number(30) }),
    ).toBeCloseTo(0.3, 6);
  });

  it('say what does not fit', () => {
    expect(valueOfForm(forms.meanHitAge, { ttlS: perS(1) })).toEqual({
      problem: 'ttlS: found a rate, expected a time',
    });
    const half = { readsPerS: perS(1), ttlS: s(1), keys: number(1.5), exponent: number(1) };
    expect(valueOfForm(forms.zipfTtlHitRatio, half)).toEqual({ problem: expect.stringContaining('1.5') });
  });

  it('each use every argument that they name, and answer with what they say', () => {
    const plausible = { rate: 40, time: 2, share: 0.6, count: 12, number: 0.7, size: 5000 } as const;
    expect(Object.keys(forms).length).toBeGreaterThan(60);
    for (const [name, { args, answer, compute }] of Object.entries(forms)) {
      const used = new Set<string>();
      const given = Object.fromEntries(
        Object.entries(args).map(([argument, kind]) => [argument, argument === 'topKeys' ? 4 : plausible[kind]]),
      );
      const watched = new Proxy(given, {
        get: (target, key) => {
          used.add(String(key));
          return Reflect.get(target, key) as number;
        },
      });
      const value = compute(watched);
      expect(value, name).toBeGreaterThanOrEqual(0);
      if (answer === 'share') expect(value, name).toBeLessThanOrEqual(1);
      expect([...used].sort(), name).toEqual(Object.keys(args).sort());
    }
  });
});
