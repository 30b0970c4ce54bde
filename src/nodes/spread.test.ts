import { describe, expect, it } from 'vitest';
import { simulate } from '../host/Session.ts';
import { scenarioSchema } from '../scenario/schema.ts';
import { OP } from '../spans/codes.ts';
import { rowAt } from '../spans/columns.ts';

function ways(spread: string) {
  const scenario = scenarioSchema.parse({
    scenario: 1,
    id: 'spread',
    title: 'Spread',
    duration: '20s',
    traffic: { readers: { rate: '500/s', count: 10 } },
    cache: { link: '250us', spread, timeout: 'none', ttl: 'none' },
  });
  const { batch } = simulate(scenario);
  const gets = Array.from({ length: batch.closed.length }, (_, index) => rowAt(batch.closed, index)).filter(
    ({ op }) => op === OP['cache.get'],
  );
  return { there: gets.map((row) => row.arrive - row.sent - 250), back: gets.map((row) => row.end - row.leave - 250) };
}

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('the spread of the way to the cache', () => {
  it('is exponential with its mean, on either way', () => {
    const { there, back } = ways('2ms');
    const five = (5 * 2000) / Math.sqrt(there.length);
    for (const delays of [there, back]) {
      expect(Math.abs(mean(delays) - 2000)).toBeLessThan(five);
      const beyond = delays.filter((delay) => delay > 2000).length / delays.length;
      expect(Math.abs(beyond - Math.exp(-1))).toBeLessThan(5 * Math.sqrt(0.24 / delays.length));
    }
  });

  it('has other luck on the way back', () => {
    const { there, back } = ways('2ms');
    const product = mean(there.map((delay, index) => (delay / 2000 - 1) * (back[index] / 2000 - 1)));
    expect(Math.abs(product)).toBeLessThan(5 / Math.sqrt(there.length));
  });

  it('is nothing where it is off', () => {
    const { there, back } = ways('0s');
    expect(new Set([...there, ...back])).toEqual(new Set([0]));
  });
});
