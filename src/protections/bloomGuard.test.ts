import { describe, expect, it } from 'vitest';
import { type Changes, quietRun } from '../host/quietRun.ts';
import type { ActionInput } from '../scenario/schema.ts';
import { FLAG, OUTCOME } from '../spans/codes.ts';
import { bloomExpectedFill, bloomFalsePositive } from '../theory/bloom.ts';

/** Readers of 2,000 rows, every second of whom asks for an id that no row has: one of 100,000. */
const attacked: Changes = {
  duration: '20s',
  traffic: { readers: { rate: '1000/s', keys: 'uniform', count: 2000, missing: '50%' } },
};
const bloom = { enabled: true, expected: 2000, falsePositives: '5%' };
const ask = (at: string, key: number, write = false): ActionInput => ({ at, do: 'ask', key, write });

describe('the Bloom filter', () => {
  it('stops penetration where negative entries cannot: off, negative entries, filter', () => {
    const off = quietRun(attacked);
    const missing = off.of('request.read').filter(({ flags }) => (flags & FLAG.missingKey) !== 0).length;
    const first = off.total('cache.fills{tier=redis}');
    expect(off.total('database.reads')).toBe(first + missing);

    // 10,000 questions, hardly two for the same id: 100,000 (1 − e^−0.1) different ones, each queried once.
    const negative = quietRun({ ...attacked, protect: { negative: '60s' } });
    const queries = negative.total('database.reads') - first;
    const distinct = 100_000 * (1 - Math.exp(-missing / 100_000));
    expect(Math.abs(queries - distinct)).toBeLessThan(5 * Math.sqrt(distinct * (missing / 100_000)));
    expect(queries).toBe(missing - negative.total('cache.negative'));

    const filter = quietRun({ ...attacked, bloom });
    const size = filter.session.world.environment.rows?.bloom;
    const theory = bloomFalsePositive(size?.bits ?? 0, 2000, size?.hashes ?? 0);
    const passed = filter.total('bloom.passed');
    expect(passed + filter.total('bloom.refused')).toBe(missing);
    expect(filter.total('database.reads')).toBe(first + passed);
    // The share is that of the 100,000 ids, as this one filter has it: its deviation and that of the questions.
    const deviation = Math.sqrt(theory * (1 - theory) * (1 / missing + 1 / 100_000)) + 0.02 * theory;
    expect(theory).toBeCloseTo(0.05, 2);
    expect(Math.abs(passed / missing - theory)).toBeLessThan(5 * deviation);
  });

  it('answers at once, with an instant and nothing else', () => {
    const { rows, of } = quietRun({ bloom: { enabled: true, expected: 100 } }, [ask('1s', 5000), ask('2s', 3)]);
    const [refused, read] = of('request.read');
    expect([refused.outcome, read.outcome]).toEqual([OUTCOME.absent, OUTCOME.miss]);
    expect(rows.filter(({ request, op }) => request === refused.request && op !== refused.op)).toEqual(of('bloom'));
    expect(of('bloom')[0]).toMatchObject({ key: 5000, parent: refused.id, start: refused.service });
  });

  it('saturates when there are more rows than it was made for, until it is rebuilt for them', () => {
    const small = { ...attacked, duration: '10s', bloom: { ...bloom, expected: 200, rebuild: '5s' } } as const;
    const { session, total } = quietRun(small);
    const filter = session.world.environment.rows?.bloom;
    expect(total('bloom.fill')).toBeCloseTo(bloomExpectedFill(filter?.bits ?? 0, 2000, filter?.hashes ?? 0), 1);
    expect(filter?.fill).toBeLessThan(0.55);
    const before = quietRun({ ...small, duration: '4s' });
    expect(before.total('bloom.fill')).toBeGreaterThan(0.99);
    // Nearly all missing ids pass in the first half, a twentieth in the second.
    const share = total('bloom.passed') / (total('bloom.passed') + total('bloom.refused'));
    expect(Math.abs(share - (1 + 0.05) / 2)).toBeLessThan(0.03);
  });

  it('knows a row from its commit on', () => {
    const { of, total } = quietRun(
      {
        bloom: { enabled: true, expected: 100, falsePositives: '0.01%' },
        database: { write: '10ms', shape: 'constant' },
      },
      [ask('1s', 777), ask('2s', 777, true), ask('2.009s', 777), ask('2.010001s', 777)],
    );
    expect(of('request.read').map(({ version }) => version)).toEqual([0, 0, 1]);
    expect([total('bloom.refused'), total('reads.stale')]).toEqual([2, 0]);
  });

  it('lets everything pass without bits, and when it is off', () => {
    for (const filter of [
      { enabled: true, expected: 0 },
      { enabled: true, falsePositives: '100%' },
      { enabled: false },
    ]) {
      const { total } = quietRun({ bloom: filter }, [ask('1s', 5000)]);
      expect([total('bloom.refused'), total('database.reads'), total('bloom.fill')]).toEqual([0, 1, 0]);
    }
  });

  it('is made when it is switched on, with all rows of that moment', () => {
    const { total } = quietRun({ bloom: { expected: 100, falsePositives: '0.01%' } }, [
      ask('1s', 777, true),
      { at: '2s', do: 'set', path: 'bloom.enabled', value: true },
      ask('3s', 777),
      ask('3s', 778),
      ask('3s', 9),
    ]);
    expect([total('bloom.refused'), total('reads.completed')]).toEqual([1, 3]);
  });
});
