import { describe, expect, it } from 'vitest';
import { quietRun } from '../host/quietRun.ts';
import type { ActionInput } from '../scenario/schema.ts';
import { OP, OUTCOME } from '../spans/codes.ts';

const nobodyThere: ActionInput = { at: '0s', do: 'kill', node: 'app1' };

describe('clients who ask again', () => {
  it('send a new request of the same kind for the same key, after twice the wait each time', () => {
    const { of, total } = quietRun({ clients: { retries: 3, backoff: '100ms' } }, [
      nobodyThere,
      { at: '1s', do: 'ask', key: 7, write: true },
    ]);
    const sent = of('request.write');
    expect(sent.map(({ key, request }) => [key, request])).toEqual([1, 2, 3, 4].map((number) => [7, number]));
    expect(sent.every(({ outcome, parent }) => outcome === OUTCOME.refused && parent === 0)).toBe(true);
    const waits = sent.slice(1).map(({ start }, index) => start - sent[index].end);
    waits.forEach((wait, attempt) => expect(wait).toBeLessThanOrEqual(100_000 * 2 ** attempt));
    expect(waits.every((wait) => wait > 0)).toBe(true);
    expect([total('clients.retries'), total('requests.arrived'), total('requests.failed')]).toEqual([3, 4, 4]);
  });

  it('stop asking when they have an answer', () => {
    const acts: ActionInput[] = [
      nobodyThere,
      { at: '1s', do: 'ask', key: 7 },
      { at: '1.000001s', do: 'restart', node: 'app1' },
    ];
    const { of, total } = quietRun({ clients: { retries: 10, backoff: '100ms' } }, acts);
    expect(of('request.read').map(({ outcome }) => outcome)).toEqual([OUTCOME.refused, OUTCOME.miss]);
    expect([total('requests.arrived'), total('requests.completed')]).toEqual([2, 1]);
  });

  it('ask again when they have given up, while the servers work on for nobody', () => {
    const { of } = quietRun(
      { clients: { timeout: '50ms', retries: 2, backoff: '0s' }, database: { read: '1s', shape: 'constant' } },
      [{ at: '1s', do: 'ask', key: 7 }],
    );
    const sent = of('request.read');
    expect(sent.map(({ start, outcome }) => [start, outcome])).toEqual(
      [1_000_000, 1_050_000, 1_100_000].map((start) => [start, OUTCOME.timeout]),
    );
    expect(of('database.read').map(({ leave }) => leave)).toEqual([2_000_000, 2_050_000, 2_100_000]);
  });

  it('spread evenly between nothing and their backoff', () => {
    const { of, total } = quietRun(
      {
        duration: '30s',
        traffic: { readers: { rate: '200/s', count: 10, until: '20s' } },
        clients: { retries: 1, backoff: '400ms' },
      },
      [nobodyThere],
    );
    expect(total('clients.retries')).toBe(total('requests.arrived') / 2);
    const sent = of('request.read');
    expect(new Set(sent.map(({ request }) => request)).size).toBe(sent.length);
    // Of those who failed x before the end of the traffic, a share 1 − x/0.4 s comes back after it: 200/s · 0.2 s.
    const after = sent.filter(({ start }) => start > 20e6).length;
    expect(Math.abs(after - 40)).toBeLessThan(5 * Math.sqrt(40));
    expect(Math.max(...sent.map(({ start }) => start))).toBeLessThanOrEqual(20_400_000);
  });

  it('who are users think only after the last of their tries', () => {
    const { rows } = quietRun(
      {
        duration: '20s',
        traffic: { users: { arrivals: 'closed', users: 3, think: '10ms', count: 1000, keys: 'uniform' } },
        clients: { retries: 4, backoff: '50ms' },
      },
      [{ at: '5s', do: 'kill', node: 'app1', for: '5s' }],
    );
    const open = rows.filter(({ op }) => op === OP['request.read']);
    // Never more requests at once than users, and five in a row for each key while nobody is there.
    const down = open.filter(({ start, end }) => start > 5.5e6 && end < 9e6);
    const tries = new Map<number, number>();
    for (const { key } of down) tries.set(key, (tries.get(key) ?? 0) + 1);
    expect(tries.size).toBeGreaterThan(10);
    expect([...tries.values()].filter((count) => count === 5).length).toBeGreaterThan(tries.size - 8);
  });
});
