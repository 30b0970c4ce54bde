import { describe, expect, it } from 'vitest';
import { simulate } from '../host/Session.ts';
import { actionSchema, type ActionInput, type ScenarioInput, scenarioSchema } from '../scenario/schema.ts';
import { OP, OUTCOME } from '../spans/codes.ts';
import { type Row, rowAt } from '../spans/columns.ts';

/** Reads of a minute under a balancing policy, in order of arrival, with the number of the server that each met. */
function readsOf(changes: Partial<ScenarioInput>, acts: ActionInput[] = []): (Row & { server: number })[] {
  const scenario = scenarioSchema.parse({
    scenario: 1,
    id: 'balancer',
    title: 'Balancer',
    duration: '60s',
    traffic: { readers: { arrivals: 'constant', rate: '50/s', count: 1 } },
    app: { servers: 3 },
    pattern: { read: 'none' },
    database: { read: '5ms', shape: 'constant' },
    ...changes,
  });
  const { meta, batch } = simulate(
    scenario,
    acts.map((act) => actionSchema.parse(act)),
  );
  const rows = Array.from({ length: batch.closed.length }, (_, index) => rowAt(batch.closed, index));
  return rows
    .filter((row) => row.op === OP['request.read'])
    .sort((a, b) => a.request - b.request)
    .map((row) => ({ ...row, server: Number(meta.nodes[row.node].id.replace('app', '')) }));
}

const balancer = (policy: 'round-robin' | 'least-connections' | 'random', detect = '1s') => ({
  balancer: { policy, detect },
});

describe('LoadBalancer', () => {
  it('goes round', () => {
    const servers = readsOf(balancer('round-robin')).map(({ server }) => server);
    expect(servers.every((server, index) => server === 1 + (index % 3))).toBe(true);
  });

  it('chooses at random, each server as likely', () => {
    const servers = readsOf(balancer('random')).map(({ server }) => server);
    for (const server of [1, 2, 3]) {
      const count = servers.filter((chosen) => chosen === server).length;
      expect(Math.abs(count - servers.length / 3)).toBeLessThan(5 * Math.sqrt((servers.length * 2) / 9));
    }
  });

  it('sends to whoever has the fewest under way', () => {
    const slow: ActionInput = { at: '0s', do: 'slow', node: 'app2', factor: 3000 };
    const busy = {
      app: { servers: 3, cpu: '1ms' },
      traffic: { readers: { arrivals: 'constant', rate: '20/s', count: 1 } },
    } as const;
    const count = (policy: 'round-robin' | 'least-connections') =>
      readsOf({ ...balancer(policy), ...busy }, [slow]).filter(({ server }) => server === 2).length;
    expect(count('round-robin')).toBeGreaterThan(300);
    // Each takes three seconds there, during which the others are never busier; so one at a time, twenty a minute.
    expect(count('least-connections')).toBeGreaterThan(15);
    expect(count('least-connections')).toBeLessThan(25);
  });

  it('leaves out a dead server once it has noticed, and takes it back', () => {
    const reads = readsOf(balancer('round-robin', '2s'), [{ at: '10s', do: 'kill', node: 'app3', for: '10s' }]);
    const refused = reads.filter(({ outcome }) => outcome === OUTCOME.refused);
    expect(refused.length).toBeGreaterThan(30);
    expect(refused.every(({ server, start }) => server === 3 && start >= 9_980_000 && start < 12_000_000)).toBe(true);
    const late = (from: number, to: number) =>
      reads.filter(({ start, server }) => start >= from && start < to && server === 3).length;
    expect([late(12e6, 19.9e6), late(20.1e6, 21e6) > 10]).toEqual([0, true]);
  });

  it('notices when the time is up, to the microsecond', () => {
    const kill: ActionInput = { at: '10s', do: 'kill', node: 'app1' };
    const reads = readsOf({ ...balancer('round-robin', '1985ms'), app: { servers: 1 } }, [kill]);
    // A request reaches the balancer 5 ms after it was sent.
    const server = (start: number) => reads.find((row) => row.start === start)?.server;
    expect([server(11_960_000), server(11_980_000)]).toEqual([1, Number.NaN]);
  });

  it('refuses by itself when no server is left', () => {
    const all: ActionInput[] = ['app1', 'app2', 'app3'].map((node) => ({ at: '10s', do: 'kill', node }));
    const reads = readsOf(balancer('least-connections', '0s'), all).filter(({ start }) => start > 10e6);
    expect(reads.length).toBeGreaterThan(2400);
    expect(reads.every((row) => row.outcome === OUTCOME.refused && Number.isNaN(row.server))).toBe(true);
    expect(reads.every((row) => row.end - row.start === 10_000)).toBe(true);
  });
});
