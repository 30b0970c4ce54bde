import { describe, expect, it } from 'vitest';
import { OP, OUTCOME } from '../spans/codes.ts';
import type { Row } from '../spans/columns.ts';
import { checkInvariants } from './invariants.ts';
import { addTo, evidenceOf, findRow, foundAfter, type GoodRun } from './plantMistake.ts';

const plain: GoodRun = {
  scenario: { traffic: { readers: { rate: '200/s', count: 5, writes: '40%', until: '2500ms' } } },
};
const orders: GoodRun = {
  scenario: {
    traffic: { buyers: { rate: '200/s', count: 5, writes: '80%', stock: 10, until: '2500ms' } },
    pattern: { write: 'write-around' },
  },
};
const guarded: GoodRun = { scenario: { ...orders.scenario, database: { guard: true } } };
const behind: GoodRun = {
  scenario: {
    traffic: { readers: { rate: '200/s', count: 5, writes: '40%', until: '2500ms' } },
    cache: { ttl: '100ms' },
    pattern: { write: 'write-behind' },
    writeBehind: { every: '200ms' },
  },
  acts: [{ at: '1500ms', do: 'kill', node: 'redis', for: '100ms' }],
};
const logged: GoodRun = {
  ...behind,
  scenario: { ...behind.scenario, writeBehind: { every: '200ms', log: true, logWrite: '3ms' } },
};
const all = { plain, orders, guarded, behind, logged };

describe('checkWrites', () => {
  it.each(Object.entries(all))('finds nothing wrong with a good run: %s', (_name, run) => {
    expect(checkInvariants(evidenceOf(run))).toEqual([]);
  });

  it('finds a write that is missing, and a version that comes twice', () => {
    const write = (row: Row) => row.op === OP['database.write'] && row.version > 0;
    expect(foundAfter(plain, addTo('database.writes'))).toContain('writes that the database finished');
    expect(foundAfter(plain, (_run, rows) => (rows.version[findRow(rows, write, 9)] -= 1))).toContain('after');
    expect(foundAfter(plain, (_run, rows) => (rows.leave[findRow(rows, write, 9)] += 1e6))).toContain('after');
    const ahead = foundAfter(plain, ({ session }) => session.world.truth.accept(0, 3e6));
    expect(ahead).toContain('promised 1 versions ahead');
  });

  it('finds an acknowledged write that is nowhere, or in two places', () => {
    for (const id of ['writes.accepted', 'writes.lost', 'writes.batches', 'writes.flushed'])
      for (const run of [behind, logged]) expect(foundAfter(run, addTo(id)), id).toContain('writes');
    expect(foundAfter(behind, ({ session }) => session.world.redis.services!.writes.buffer.stored--)).toContain(
      'stored, waiting and lost',
    );
    expect(foundAfter(behind, ({ scenario }) => (scenario.writeBehind.count = 1))).toContain('a batch of');
    const batch = (row: Row) => row.op === OP['database.batch'];
    expect(foundAfter(behind, (_run, rows) => (rows.end[findRow(rows, batch)] += 1e6))).toContain('2 batches at once');
    const lost = (row: Row) => row.op === OP['lose-writes'];
    expect(foundAfter(behind, (_run, rows) => (rows.detail[findRow(rows, lost)] += 1))).toContain('lost by rows');
    const taken = (row: Row) => row.op === OP['cache.write'] && row.version > 0;
    expect(foundAfter(behind, (_run, rows) => (rows.version[findRow(rows, taken, 9)] += 1))).toContain('after');
    expect(foundAfter(behind, ({ session }) => session.world.truth.store(0, 1e6, 3e6))).toContain('ahead');
  });

  it('finds an order that is not there, sold twice, or turned away for nothing', () => {
    for (const id of ['orders.accepted', 'orders.oversold'])
      expect(foundAfter(orders, addTo(id)), id).toContain('orders');
    expect(foundAfter(orders, addTo('orders.refused'))).toContain('refused without a check');
    expect(foundAfter(guarded, addTo('orders.oversold'))).toContain('in spite of the check');
    const sold = (row: Row) => row.op === OP['request.write'] && row.outcome === OUTCOME.ok;
    expect(foundAfter(guarded, (_run, rows) => (rows.outcome[findRow(rows, sold)] = OUTCOME.absent))).toContain(
      'turned away',
    );
  });
});
