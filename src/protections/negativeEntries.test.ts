import { describe, expect, it } from 'vitest';
import { type Changes, fiveDeviations, quietRun } from '../host/quietRun.ts';
import { exponential } from '../random/distributions.ts';
import { Stream } from '../random/Stream.ts';
import type { ActionInput } from '../scenario/schema.ts';
import { OUTCOME } from '../spans/codes.ts';
import { missingIdQueriesPerS } from '../theory/negativeCaching.ts';

/** The first id without a row of a quiet world. */
const missing = 10;

const ask = (atUs: number, write = false): ActionInput => ({ at: `${atUs}us`, do: 'ask', key: missing, write });

/** Poisson questions for one id without a row. */
function questions(perS: number, untilS: number, seed: number): ActionInput[] {
  const stream = new Stream(seed, 'questions');
  const list: ActionInput[] = [];
  for (let atUs = 0; atUs < untilS * 1e6; atUs += Math.ceil(exponential(1e6 / perS, stream.uniformOpen())))
    list.push(ask(atUs));
  return list;
}

const remembering = (negative: string, rest: Changes = {}): Changes => ({ protect: { negative }, ...rest });

describe('negative entries', () => {
  it('let one query through a lifetime: l/(1 + lT) queries a second', () => {
    const rates = Array.from({ length: 8 }, (_, index) => {
      const run = quietRun(remembering('200ms', { duration: '400s' }), questions(20, 400, index), index);
      return run.total('database.reads') / 400;
    });
    const { mean, within } = fiveDeviations(rates);
    const theory = missingIdQueriesPerS(20, 0.2);
    expect(within).toBeLessThan(0.05 * theory);
    expect(Math.abs(mean - theory), `${mean}, theory ${theory}`).toBeLessThan(within);
  });

  it('answer that there is nothing, and are counted', () => {
    const { of, total } = quietRun(remembering('1s'), [ask(0), ask(500_000), ask(1_500_000)]);
    expect(of('request.read').map(({ outcome }) => outcome)).toEqual([OUTCOME.absent, OUTCOME.absent, OUTCOME.absent]);
    expect(of('cache.get').map(({ outcome }) => outcome)).toEqual([OUTCOME.miss, OUTCOME.hit, OUTCOME.miss]);
    expect([total('cache.negative'), total('database.reads'), total('reads.stale')]).toEqual([1, 2, 0]);
  });

  it('are kept by the memory of a server too, and by neither when they are off', () => {
    const near = { local: { enabled: true, ttl: '5s' } };
    const on = quietRun(remembering('1s', near), [ask(0), ask(500_000)]);
    expect(on.of('cache.get')).toHaveLength(1);
    expect(on.total('cache.negative')).toBe(1);
    const off = quietRun(near, [ask(0), ask(500_000)]);
    expect([off.of('cache.get').length, off.of('local.set').length, off.total('database.reads')]).toEqual([2, 0, 2]);
  });

  it('hide a row that is inserted until they end, to the microsecond, unless its writer invalidates', () => {
    const asked = [ask(0), ask(100_000, true), ask(999_999), ask(1_000_000)];
    const around = quietRun(remembering('1s', { pattern: { write: 'write-around' } }), asked);
    const answers = (run: typeof around) => run.of('request.read').map(({ version }) => version);
    expect(answers(around)).toEqual([0, 0, 1]);
    expect([around.total('reads.stale'), around.total('stale.age.max')]).toEqual([1, 899_999]);
    const invalidated = quietRun(remembering('1s'), asked);
    expect(answers(invalidated)).toEqual([0, 1, 1]);
    expect(invalidated.total('reads.stale')).toBe(0);
  });
});
