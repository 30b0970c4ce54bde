import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { simulate } from '../host/Session.ts';
import { canonicalActions } from '../scenario/canonicalActions.ts';
import { type ActionInput, type ScenarioInput, scenarioSchema } from '../scenario/schema.ts';
import { OP } from '../spans/codes.ts';

const ms = (from: number, to: number) => fc.integer({ min: from, max: to }).map((value) => `${value}ms`);

const anyFault: fc.Arbitrary<ActionInput> = fc.oneof(
  fc.record({ at: ms(0, 2000), do: fc.constant('expire' as const), key: fc.integer({ min: 0, max: 1 }) }),
  fc.record({ at: ms(0, 2000), do: fc.constant('flush' as const) }),
  fc.record({
    at: ms(0, 2000),
    do: fc.constant('kill' as const),
    node: fc.constantFrom('app1', 'redis', 'database'),
    for: ms(0, 500),
  }),
  fc.record({
    at: ms(0, 2000),
    do: fc.constant('slow' as const),
    node: fc.constant('database'),
    factor: fc.constant(8),
  }),
  fc.record({
    at: ms(0, 2000),
    do: fc.constant('lose' as const),
    message: fc.constantFrom('cache.get' as const, 'cache.set' as const, 'database.read' as const),
    count: fc.integer({ min: 1, max: 20 }),
  }),
  fc.record({
    at: ms(0, 2000),
    do: fc.constant('set' as const),
    path: fc.constantFrom('protect.lock', 'local.enabled'),
    value: fc.boolean(),
  }),
);

const anyWorld: fc.Arbitrary<Partial<ScenarioInput>> = fc.record({
  seed: fc.nat(1e6),
  app: fc.record({ servers: fc.integer({ min: 1, max: 3 }), workers: fc.constantFrom(4, 500) }),
  traffic: fc.record({
    readers: fc.record({
      rate: fc.constantFrom('30/s', '400/s'),
      count: fc.integer({ min: 1, max: 4 }),
      writes: fc.constantFrom(0, 0.1),
      missing: fc.constantFrom(0, 0.3),
    }),
  }),
  local: fc.record({ enabled: fc.boolean(), ttl: ms(1, 500) }),
  cache: fc.record({ ttl: ms(50, 1000), timeout: ms(1, 50), jitter: fc.constantFrom('0s', '100ms') }),
  database: fc.record({
    read: ms(0, 100),
    timeout: ms(20, 300),
    pool: fc.constantFrom(1, 20),
    slots: fc.constantFrom(1, 8),
  }),
  pattern: fc.record({
    read: fc.constantFrom('cache-aside' as const, 'refresh-ahead' as const),
    refreshAfter: ms(10, 500),
  }),
  protect: fc.record({
    singleFlight: fc.constant(true),
    lock: fc.boolean(),
    lockTtl: ms(20, 300),
    lockPoll: ms(1, 60),
    lockWaiters: fc.constantFrom('poll' as const, 'stale' as const),
    early: fc.constantFrom(0, 2),
    stale: fc.constantFrom('0s', '200ms'),
    negative: fc.constantFrom('0s', '200ms'),
  }),
  faults: fc.array(anyFault, { maxLength: 4 }),
});

describe('single-flight', () => {
  it('has at most one load of a key under way at a server, whatever else is on and goes wrong', () => {
    let loads = 0;
    let waits = 0;
    fc.assert(
      fc.property(anyWorld, (world) => {
        const scenario = scenarioSchema.parse({
          scenario: 1,
          id: 'x',
          title: 'X',
          duration: '2s',
          traffic: {},
          ...world,
        });
        const faults = canonicalActions(scenario.faults);
        const { session, batch } = simulate({ ...scenario, faults });
        const { closed, open } = batch;
        const until = new Map<string, number>();
        const rows = [closed, open].flatMap((table) =>
          Array.from({ length: table.length }, (_, index) => ({ table, index })),
        );
        const ids = new Map(rows.map(({ table, index }) => [table.id[index], { table, index }]));
        rows.sort((a, b) => a.table.id[a.index] - b.table.id[b.index]);
        for (const { table, index } of rows) {
          if (table.op[index] === OP.wait && table.detail[index] > 0) {
            waits++;
            const leader = ids.get(table.detail[index]);
            const [key, node] = [leader?.table.key[leader.index], leader?.table.node[leader.index]];
            expect([key, node]).toEqual([table.key[index], table.node[index]]);
          }
          if (table.op[index] !== OP['database.read']) continue;
          loads++;
          const name = `${table.from[index]}/${table.key[index]}`;
          expect(table.start[index], `query ${table.id[index]}`).toBeGreaterThanOrEqual(until.get(name) ?? 0);
          // What its caller has given up is no longer waited for, though the database may still be at it.
          until.set(name, table.end[index]);
        }
        const counted = batch.totals[session.world.metrics.index('loads.waited')];
        const waited = rows.filter(({ table, index }) => table.op[index] === OP.wait && table.detail[index] > 0);
        expect(counted).toBe(waited.length);
      }),
      { numRuns: 60 },
    );
    expect(loads).toBeGreaterThan(500);
    expect(waits).toBeGreaterThan(500);
  });
});
