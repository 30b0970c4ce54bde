import { describe, expect, it } from 'vitest';
import { simulate } from '../Session.ts';
import { familiesOf, runByHand, runEngine, scenarioOf } from './benchmarks.ts';
import { CacheAsideByHand } from './CacheAsideByHand.ts';
import { figure } from './Figure.ts';
import { median, medianRatio, takeTurns } from './measure.ts';
import { mm1Draws, mm1OnKernel, mm1WithProcesses } from './mm1.ts';
import { loadSimjs, mm1OnSimjs } from './mm1OnSimjs.ts';
import { benchLru, benchPolicy } from './replays.ts';
import { benchTable, middleOf } from './runBenchCommand.ts';

describe('the benchmarks', () => {
  it('run the same queue on the kernel, with processes, on SIM.JS and as Lindley has it', async () => {
    const draws = mm1Draws(5000);
    const onKernel = mm1OnKernel(draws);
    expect(mm1WithProcesses(draws)).toEqual(onKernel);
    expect(mm1OnSimjs(await loadSimjs(), draws)).toEqual(onKernel);
    // Lindley's recursion: who comes waits for what is left of the work before.
    let [inSystemUs, arrivedUs, freeUs] = [0, 0, 0];
    draws.gapsUs.forEach((gapUs, index) => {
      arrivedUs += gapUs;
      freeUs = Math.max(freeUs, arrivedUs) + draws.serviceUs[index];
      inSystemUs += freeUs - arrivedUs;
    });
    expect(onKernel).toEqual({ served: 5000, inSystemUs, lastUs: freeUs });
    expect('window' in globalThis).toBe(false);
  });

  it('compare the engine with a machine that does exactly the same', () => {
    const scenario = scenarioOf({
      duration: '4s',
      cache: { capacity: 500, ttl: '1s', timeout: 'none' },
      clients: { timeout: 'none' },
      database: { timeout: 'none', shape: 'exponential' },
    });
    const engine = runEngine(scenario);
    expect(runByHand(scenario)).toEqual(engine);
    expect(engine.hits).toBeGreaterThan(500);
    const hand = new CacheAsideByHand(scenario);
    hand.run();
    expect(hand.recorder.digest()).toBe(simulate(scenario).batch.hash);
  });

  it('replay the same trace by our policies and by two packages', () => {
    const load = { keys: 3000, requests: 20_000, capacity: 300, rounds: 1 };
    expect(benchLru(load).map(({ id, budget }) => [id, budget])).toEqual([
      ['replay.lru', undefined],
      ['replay.lru.mnemonist', { atLeast: 5 }],
      ['replay.lru.lru-cache', { atLeast: 10 }],
      ['replay.lru.mnemonist.numbers', undefined],
      ['replay.lru.lru-cache.numbers', undefined],
    ]);
    expect(benchPolicy('arc', load)).toMatchObject({ id: 'replay.arc', unit: 'times', budget: { atLeast: 0.6 } });
  });

  it('run in part', () => {
    const ids = (only: string) => familiesOf(only).map(({ id }) => id);
    expect(ids('replay.lfu')).toEqual(['replay.lfu']);
    expect(ids('replay')).toEqual(ids('').filter((id) => id.startsWith('replay.')));
    expect(ids('')).toContain('mm1');
    expect(ids('nothing')).toEqual([]);
  });

  it('take turns, and leave the warm-up out', () => {
    const order: string[] = [];
    const [a] = takeTurns([() => order.push('a'), () => order.push('b')], 2, 1);
    expect(order.join('')).toBe('ababab');
    expect(a.ms).toHaveLength(2);
    expect(median([9, 1, 5])).toBe(5);
    expect(median([4, 1, 2, 9])).toBe(3);
    expect(medianRatio([2, 9, 4], [1, 3, 4])).toBe(2);
  });

  it('take the middle of several processes, and judge that', () => {
    const run = (value: number) => [
      figure('a', 'A', value, 'times', { atMost: 1.5 }),
      figure('b', 'B', 1 / value, 's'),
    ];
    expect(middleOf([run(2), run(1), run(1.4)])).toEqual([
      { id: 'a', title: 'A', value: 1.4, unit: 'times', budget: { atMost: 1.5 }, ok: true },
      { id: 'b', title: 'B', value: 1 / 1.4, unit: 's', ok: true },
    ]);
  });

  it('say which budget was missed', () => {
    const text = benchTable([
      { id: 'a', title: 'A', value: 2, unit: 'times', budget: { atMost: 1.5 }, ok: false },
      { id: 'b', title: 'B', value: 12_345, unit: 'events/s', ok: true },
    ]);
    expect(text).toMatch(/A +2\.00 +times +≤ 1\.5 +NOT OK/);
    expect(text).toMatch(/B +12,345 +events\/s$/m);
  });
});
