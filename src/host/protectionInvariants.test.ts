import { describe, expect, it } from 'vitest';
import { FLAG, OP, OUTCOME } from '../spans/codes.ts';
import type { Row } from '../spans/columns.ts';
import type { Evidence } from './Evidence.ts';
import { checkInvariants } from './invariants.ts';
import { addTo, evidenceOf, findRow, foundAfter, type GoodRun } from './plantMistake.ts';

const traffic = { readers: { rate: '300/s', count: 5, until: '2500ms' } };
const slow = { shape: 'constant', read: '20ms' } as const;

const flights: GoodRun = {
  scenario: { traffic, cache: { ttl: '50ms' }, database: slow, protect: { singleFlight: true } },
};
const locks: GoodRun = {
  scenario: {
    traffic,
    cache: { ttl: '50ms' },
    database: slow,
    protect: { lock: true, lockTtl: '1s', lockPoll: '5ms' },
  },
};
const aging: GoodRun = {
  scenario: { traffic, cache: { ttl: '100ms' }, database: slow, protect: { stale: '200ms', early: 1 } },
};
const missing: GoodRun = {
  scenario: {
    traffic: { readers: { rate: '300/s', count: 50, missing: '40%', until: '2500ms' } },
    cache: { ttl: '500ms' },
    protect: { negative: '300ms', admit: 'second-request' },
    bloom: { enabled: true, expected: 50, falsePositives: '20%' },
  },
};
const failing: GoodRun = {
  scenario: {
    traffic: { readers: { rate: '300/s', count: 50, until: '2500ms' } },
    app: { servers: 2, workers: 2 },
    database: { ...slow, timeout: '50ms' },
    protect: {
      breaker: 'database',
      breakerCalls: 5,
      breakerCooldown: '100ms',
      shed: '10ms',
      hedge: '15ms',
      retries: 1,
    },
  },
  acts: [{ at: '500ms', do: 'kill', node: 'database', for: '500ms' }],
};
const limited: GoodRun = { scenario: { traffic, cache: { ttl: '20ms' }, database: slow, protect: { limit: 3 } } };
const off: GoodRun = { scenario: { traffic } };
const all = { flights, locks, aging, missing, failing, limited, off };
const op = (name: keyof typeof OP) => (row: Row) => row.op === OP[name];

describe('checkProtections', () => {
  it.each(Object.entries(all))('finds nothing wrong with a good run: %s', (_name, run) => {
    expect(checkInvariants(evidenceOf(run))).toEqual([]);
  });

  it('finds a counter that moves although its feature is off', () => {
    const counters = [
      ['loads.waited', 'locks.taken', 'locks.held', 'locks.lapsed', 'loads.early', 'cache.overdue', 'cache.negative'],
      ['loads.refused', 'database.retries', 'database.hedges', 'breaker.opened', 'breaker.refused', 'requests.shed'],
      ['cache.skipped', 'bloom.refused', 'bloom.passed', 'clients.retries', 'buffer.hits', 'buffer.misses'],
      ['replica.reads', 'orders.accepted', 'orders.sold-out', 'orders.refused', 'orders.oversold', 'reads.own-stale'],
      ['bus.published', 'bus.delivered', 'bus.lost', 'feed.events', 'feed.lost', 'loads.warmed', 'writes.accepted'],
      ['writes.coalesced', 'writes.flushed', 'writes.batches', 'writes.lost'],
    ].flat();
    for (const id of counters) expect(foundAfter(off, addTo(id)), id).toContain(id);
  });

  it('finds a miscount of what has rows', () => {
    const counted: [GoodRun, string[]][] = [
      [flights, ['loads.waited']],
      [aging, ['loads.early', 'cache.overdue']],
      [missing, ['cache.negative', 'cache.skipped', 'bloom.refused']],
      [failing, ['breaker.opened', 'requests.shed', 'database.hedges']],
    ];
    for (const [run, ids] of counted) for (const id of ids) expect(foundAfter(run, addTo(id)), id).not.toBe('');
  });

  it('finds a waiter whose leader does something else, and two loads of a key at one server', () => {
    const waits = (row: Row) => row.op === OP.wait && row.detail !== 0;
    expect(foundAfter(flights, (_given, rows) => (rows.key[findRow(rows, waits)] += 1))).toContain('waits for nobody');
    expect(foundAfter(flights, (_given, rows) => (rows.detail[findRow(rows, waits, 9)] = 1))).toContain(
      'waits for nobody',
    );
    const longer = foundAfter(flights, (_given, rows) => (rows.end[findRow(rows, op('database.read'))] = 2e6));
    expect(longer).toContain('two loads at once');
  });

  it('finds a lock with two holders, and one that is not counted', () => {
    const refused = (row: Row) => row.op === OP['cache.lock'] && row.outcome === OUTCOME.miss;
    expect(foundAfter(locks, (_given, rows) => (rows.outcome[findRow(rows, refused)] = OUTCOME.ok))).toContain(
      'a lock of two at once',
    );
    expect(foundAfter(locks, addTo('locks.taken'))).toContain('locks');
  });

  it('finds an overdue hit outside the time for which entries are kept', () => {
    const overdue = (row: Row) => row.op === OP['cache.get'] && (row.flags & FLAG.overdue) !== 0;
    expect(foundAfter(aging, (_given, rows) => (rows.flags[findRow(rows, overdue)] = 0))).toContain('nothing alive');
    const fresh = (row: Row) => row.op === OP['cache.get'] && row.outcome === OUTCOME.hit && row.flags === 0;
    expect(foundAfter(aging, (_given, rows) => (rows.flags[findRow(rows, fresh)] = FLAG.overdue))).toContain(
      'nothing alive',
    );
    expect(foundAfter(aging, ({ scenario }) => (scenario.protect.stale = 20_000))).toContain('nothing alive');
  });

  it('finds a breaker that skips a state or is in a hurry, and a filter that turns away what exists', () => {
    const halfOpen = (row: Row) => row.op === OP.breaker && row.detail === 2;
    expect(foundAfter(failing, (_given, rows) => (rows.detail[findRow(rows, halfOpen)] = 0))).toContain(
      'a breaker went',
    );
    const longer = foundAfter(failing, ({ scenario }) => (scenario.protect.breakerCooldown = 400_000));
    expect(longer).toContain('half-open too early');
    expect(foundAfter(missing, (_given, rows) => (rows.key[findRow(rows, op('bloom'))] = 3))).toContain('it exists');
  });

  it('finds a hedge of nothing, a retry after no failure, and more loads at once than there may be', () => {
    const hedge = (row: Row) => row.op === OP['database.read'] && (row.flags & FLAG.hedge) !== 0;
    expect(foundAfter(failing, (_given, rows) => (rows.start[findRow(rows, hedge)] += 1))).toContain(
      'hedge of nothing',
    );
    const many = ({ session, batch }: Evidence) => {
      for (const id of ['database.retries', 'clients.retries']) batch.totals[session.world.metrics.index(id)] += 1e6;
    };
    expect(foundAfter(failing, many)).toContain('queries asked again');
    expect(foundAfter(failing, many)).toContain('requests sent again');
    expect(foundAfter(limited, ({ scenario }) => (scenario.protect.limit = 2))).toContain('3 loads at once of 2');
  });

  it('finds a request that was shed and served all the same, and a queue in a family that should have none', () => {
    const shed = foundAfter(failing, (_given, rows) => {
      const instant = findRow(rows, op('shed'));
      rows.outcome[findRow(rows, (row) => row.id === rows.parent[instant])] = OUTCOME.error;
    });
    expect(shed).toContain('shed and not refused');
    const gap = foundAfter(flights, (_given, rows) => (rows.start[findRow(rows, op('wait'))] += 1));
    expect(gap).toContain('1 µs before');
  });
});
