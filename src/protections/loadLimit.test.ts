import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Changes, quietRun } from '../host/quietRun.ts';
import type { ActionInput } from '../scenario/schema.ts';
import { OUTCOME } from '../spans/codes.ts';
import type { Row } from '../spans/columns.ts';

/** The most rows under way at one time. */
function mostAtOnce(rows: readonly Row[]): number {
  const moments = rows.flatMap(({ start, end }) => [
    { atUs: start, step: 1 },
    { atUs: end, step: -1 },
  ]);
  moments.sort((a, b) => a.atUs - b.atUs || a.step - b.step);
  let [now, most] = [0, 0];
  for (const { step } of moments) most = Math.max(most, (now += step));
  return most;
}

const loaded = (limit: number | 'none', changes: Changes = {}): Changes => ({
  duration: '2s',
  traffic: { readers: { rate: '500/s', keys: 'uniform', count: 100_000, until: '1s' } },
  app: { servers: 2 },
  database: { read: '50ms', timeout: '200ms' },
  protect: { limit },
  ...changes,
});

describe('the limit of loads at once', () => {
  it('is reached and never exceeded at any server, also through a crash and a turn of the knob', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), fc.nat(1000), (limit, seed) => {
        const acts: ActionInput[] = [
          { at: '300ms', do: 'kill', node: 'app1', for: '100ms' },
          { at: '500ms', do: 'lose', message: 'database.read', count: 3 },
          { at: '700ms', do: 'set', path: 'protect.limit', value: 'none' },
          { at: '701ms', do: 'set', path: 'protect.limit', value: limit },
        ];
        const { of, total, session } = quietRun(loaded(limit), acts, seed);
        const reads = of('database.read').filter(({ start }) => start < 700_000 || start > 950_000);
        for (const { node } of session.world.servers) {
          const most = mostAtOnce(reads.filter(({ from }) => from === node.nodeIndex));
          expect(most).toBe(limit);
        }
        expect(total('loads.refused')).toBeGreaterThan(0);
        // Whoever got in got out: nothing is left when the last load is over.
        expect(session.world.servers.map(({ bare }) => bare.guards?.loads)).toEqual([0, 0]);
      }),
      { numRuns: 25 },
    );
  });

  it('refuses at once, and the reader with it', () => {
    const { of, total } = quietRun(loaded(1));
    const refused = of('request.read').filter(({ outcome }) => outcome === OUTCOME.rejected);
    expect(refused).toHaveLength(total('loads.refused'));
    expect(refused.every(({ start, end }) => start === end)).toBe(true);
    expect(total('requests.rejected')).toBe(refused.length);
    expect(total('database.reads')).toBe(of('request.read').length - refused.length);
  });

  it('does not count those who wait for another’s load', () => {
    const oneKey = { readers: { rate: '500/s', count: 1, until: '1s' } };
    const waiting = quietRun(loaded(1, { traffic: oneKey, protect: { limit: 1, singleFlight: true } }));
    expect([waiting.total('loads.refused'), waiting.total('database.reads')]).toEqual([0, 2]);
    expect(quietRun(loaded(1, { traffic: oneKey })).total('loads.refused')).toBeGreaterThan(0);
  });
});
