import { describe, expect, it } from 'vitest';
import { canonicalActions } from '../scenario/canonicalActions.ts';
import { actionSchema, scenarioSchema } from '../scenario/schema.ts';
import { FLAG, OP, OUTCOME } from '../spans/codes.ts';
import type { Columns } from '../spans/columns.ts';
import type { Evidence } from './Evidence.ts';
import { checkInvariants } from './invariants.ts';
import { simulate } from './Session.ts';

const scenario = scenarioSchema.parse({
  scenario: 1,
  id: 'evidence',
  title: 'Evidence',
  duration: '3s',
  traffic: { readers: { rate: '100/s', count: 20, writes: '10%', until: '2s' } },
  app: { servers: 2, workers: 3 },
  local: { enabled: true, capacity: 5, ttl: '100ms', eviction: 'lru' },
  cache: { capacity: 10, ttl: '300ms' },
  database: { slots: 2, read: '10ms' },
});

/** A run in which everything happens, and all is well. */
function evidence(): Evidence {
  const actions = canonicalActions([
    actionSchema.parse({ at: '1s', do: 'slow', node: 'database', factor: 10, for: '500ms' }),
  ]);
  return { scenario: structuredClone(scenario), actions, ...simulate(scenario, actions) };
}

/** The first closed row that fits. */
function find(rows: Columns, fits: (index: number) => boolean): number {
  for (let index = 0; index < rows.length; index++) if (fits(index)) return index;
  throw new Error('no such row');
}

/** What is found wrong once something has been tampered with. */
function foundAfter(tamper: (given: Evidence, rows: Columns) => void): string {
  const given = evidence();
  tamper(given, given.batch.closed);
  return checkInvariants(given).join('\n');
}

function addTo(id: string) {
  return ({ session, batch }: Evidence) => {
    batch.totals[session.world.metrics.index(id)] += 1;
  };
}

describe('checkInvariants', () => {
  it('finds nothing wrong with a good run', () => {
    expect(checkInvariants(evidence())).toEqual([]);
  });

  it('finds a miscounted total of any kind', () => {
    const counted = [
      'requests.arrived',
      'requests.completed',
      'requests.timed-out',
      'requests.rejected',
      'requests.failed',
      'reads.completed',
      'writes.completed',
      'reads.stale',
      'reads.fresh',
      'reads.lost',
      'cache.gets{tier=redis}',
      'cache.hits{tier=local}',
      'cache.misses{tier=redis,cause=expired}',
      'cache.misses{tier=local,cause=capacity}',
      'cache.fills{tier=redis}',
      'cache.overwrites{tier=local}',
      'cache.evictions{tier=redis}',
      'cache.expirations{tier=local}',
      'cache.invalidations{tier=redis}',
      'cache.flushed{tier=local}',
      'database.reads',
      'database.writes',
      'database.timeouts',
      'database.rejected',
      'node.arrivals{node=app1}',
      'node.done{node=database}',
    ];
    for (const id of counted) expect(foundAfter(addTo(id)), id).not.toBe('');
  });

  it('finds a window whose mean is not that of the rows', () => {
    for (const id of ['node.busy{node=database}', 'node.queue{node=app1}', 'pool.busy{node=app2}']) {
      const found = foundAfter(({ session, batch }) => {
        batch.windows.values[2 * session.world.metrics.columns.length + session.world.metrics.index(id)] += 0.01;
      });
      expect(found).toContain(`${id}: `);
    }
  });

  it('finds a number that is none, or less than nothing', () => {
    const spoil = (value: number) => foundAfter(({ batch }) => (batch.windows.values[3] = value));
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, -1]) expect(spoil(value)).toContain('in window 0');
  });

  it('finds a row whose times are out of order, broken, or past the horizon', () => {
    const read = (rows: Columns) => find(rows, (index) => rows.op[index] === OP['database.read']);
    expect(foundAfter((_given, rows) => (rows.service[read(rows)] = rows.arrive[read(rows)] - 1))).toContain(
      'too early',
    );
    expect(foundAfter((_given, rows) => (rows.sent[read(rows)] += 0.5))).toContain('sent of row');
    expect(foundAfter((_given, rows) => (rows.end[read(rows)] = 4e6))).toContain('end of row');
    expect(foundAfter((_given, rows) => (rows.start[read(rows)] = Number.NaN))).toContain('start of row');
  });

  it('finds time that a request spent nowhere, and a slot that worked for nobody', () => {
    expect(
      foundAfter((_given, rows) => (rows.start[find(rows, (index) => rows.op[index] === OP['local.set'])] += 1)),
    ).toContain('1 µs before');
    expect(foundAfter(({ session }) => (session.world.database.node.station.busyArea += 1))).toContain(
      'busy time of database',
    );
    expect(foundAfter(({ session }) => (session.world.servers[0].pool.waitingArea += 1))).toContain(
      'waiting time of pool of app1',
    );
  });

  it('finds a child without its parent, and a parent of another request', () => {
    const get = (rows: Columns) => find(rows, (index) => rows.op[index] === OP['cache.get']);
    expect(foundAfter((_given, rows) => (rows.parent[get(rows)] = 0))).toContain('no parent');
    expect(foundAfter((_given, rows) => (rows.parent[get(rows)] = 999_999))).toContain('strange parent');
    expect(foundAfter((_given, rows) => (rows.id[get(rows)] = rows.id[0]))).toContain('ids of rows');
  });

  it('finds a hit on what was never stored, or had expired', () => {
    const hit = (rows: Columns) =>
      find(rows, (index) => rows.op[index] === OP['cache.get'] && rows.outcome[index] === OUTCOME.hit);
    expect(foundAfter((_given, rows) => (rows.version[hit(rows)] += 50))).toContain('a hit on nothing alive');
    const expired = foundAfter(({ scenario: { cache } }) => (cache.ttl = 1000));
    expect(expired).toContain('a hit on nothing alive');
  });

  it('finds a miss without a cause and a hit with one', () => {
    const get = (rows: Columns, outcome: number) =>
      find(rows, (index) => rows.op[index] === OP['local.get'] && rows.outcome[index] === outcome);
    expect(foundAfter((_given, rows) => (rows.cause[get(rows, OUTCOME.miss)] = 0))).toContain('cause 0');
    expect(foundAfter((_given, rows) => (rows.cause[get(rows, OUTCOME.hit)] = 1))).toContain('cause 1');
  });

  it('finds an answer that is stale and is not said to be, and the other way round', () => {
    const answer = (rows: Columns, stale: number) =>
      find(
        rows,
        (index) =>
          rows.op[index] === OP['request.read'] &&
          rows.outcome[index] === OUTCOME.hit &&
          (rows.flags[index] & FLAG.stale) === stale,
      );
    expect(foundAfter((_given, rows) => (rows.flags[answer(rows, FLAG.stale)] = 0))).toContain('stale false');
    expect(foundAfter((_given, rows) => (rows.flags[answer(rows, 0)] = FLAG.stale))).toContain('stale true');
    expect(foundAfter((_given, rows) => (rows.detail[answer(rows, FLAG.stale)] += 1))).toContain(
      'age of a stale answer',
    );
  });

  it('finds a database read that no miss asked for, and more work at once than there are slots', () => {
    const get = (rows: Columns) =>
      find(rows, (index) => rows.op[index] === OP['cache.get'] && rows.outcome[index] === OUTCOME.miss);
    expect(foundAfter((_given, rows) => (rows.op[get(rows)] = OP['cache.delete']))).toContain(
      'database reads for misses',
    );
    expect(foundAfter(({ session }) => (session.world.settings.database.slots = 1))).toContain(
      'database: 2 busy of 1 slots',
    );
  });

  it('finds latencies that are not those of the rows', () => {
    expect(foundAfter(({ batch }) => (batch.latency.read.p99 *= 1.1))).toContain('p99 of reads');
    expect(foundAfter(({ batch }) => (batch.latency.write.mean += 1e-6))).toContain('mean of writes');
  });
});
