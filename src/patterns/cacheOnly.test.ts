import { describe, expect, it } from 'vitest';
import { simulate } from '../host/Session.ts';
import { scenarioSchema } from '../scenario/schema.ts';

describe('a cache as the only store', () => {
  it('answers what it has, and after a flush has nothing', () => {
    const scenario = scenarioSchema.parse({
      scenario: 1,
      id: 'cache-only',
      title: 'Cache only',
      duration: '10s',
      traffic: {
        writers: { rate: '1000/s', count: 20, writes: '100%', until: '2s' },
        readers: { rate: '100/s', count: 20, from: '3s', until: '9s' },
      },
      pattern: { read: 'cache-only', write: 'write-behind' },
      cache: { ttl: 'none' },
      faults: [{ at: '6s', do: 'flush' }],
    });
    const { session, batch } = simulate(scenario);
    const total = (id: string) => batch.totals[session.world.metrics.index(id)];
    const reads = total('reads.completed') + total('reads.lost');
    expect(reads).toBeGreaterThan(500);
    expect(total('database.reads')).toBe(0);
    expect(total('reads.lost')).toBe(total('requests.failed'));
    expect(total('reads.lost')).toBeGreaterThan(0.4 * reads);
    expect(total('reads.lost')).toBeLessThan(0.6 * reads);
  });
});
