import { describe, expect, it } from 'vitest';
import { FLAG, OP } from '../spans/codes.ts';
import type { Row } from '../spans/columns.ts';
import { addTo, evidenceOf, findRow, foundAfter, type GoodRun } from './plantMistake.ts';
import { checkInvariants } from './invariants.ts';

/** Replicas behind a primary that is written a lot, with little memory. */
const replicas: GoodRun = {
  scenario: {
    traffic: { readers: { rate: '200/s', count: 5, writes: '40%', until: '2500ms' } },
    cache: { ttl: '100ms' },
    database: {
      shape: 'constant',
      read: '2ms',
      write: '3ms',
      replicas: 2,
      replicaLag: '50ms',
      bufferPages: 1,
      pageRows: 2,
    },
  },
};
const guarded: GoodRun = {
  scenario: {
    traffic: { readers: { rate: '300/s', count: 20, until: '2500ms' } },
    app: { servers: 2 },
    cache: { ttl: '50ms' },
    database: { slots: 1, queue: 2, read: '20ms' },
    protect: { singleFlight: true, limit: 2, retries: 2, backoff: '5ms', hedge: '30ms' },
  },
};
const isRead = (row: Row) => row.op === OP['database.read'];

describe('checkDatabase', () => {
  it('finds nothing wrong with good runs', () => {
    for (const run of [replicas, guarded]) expect(checkInvariants(evidenceOf(run))).toEqual([]);
  });

  it('finds a replica that is ahead, behind its lag, or goes back', () => {
    const late = (row: Row) => isRead(row) && row.version > 3;
    const by = (change: number) =>
      foundAfter(replicas, (_given, rows) => (rows.version[findRow(rows, late, 20)] += change));
    expect(by(9)).toContain('ahead of the primary');
    expect(by(-3)).toContain('not at its lag');
    expect(by(-3)).toContain('a replica went back');
    expect(foundAfter(replicas, ({ scenario }) => (scenario.database.replicaLag = 10_000))).toContain('not at its lag');
  });

  it('finds a replica that writes, and reads that are not counted', () => {
    const wrong = foundAfter(replicas, (_given, rows) => (rows.op[findRow(rows, isRead)] = OP['database.write']));
    expect(wrong).toContain('a replica did');
    for (const id of ['replica.reads', 'buffer.hits', 'buffer.misses', 'node.busy{node=replica1}'])
      expect(foundAfter(replicas, addTo(id)), id).not.toBe('');
  });

  it('finds a way to the disk that is not said, or took no time', () => {
    const fromDisk = (row: Row) => isRead(row) && (row.flags & FLAG.disk) !== 0;
    const hidden = foundAfter(replicas, (_given, rows) => (rows.flags[findRow(rows, fromDisk)] = 0));
    expect(hidden).toContain('queries that read from disk');
    expect(hidden).toContain('a query took 7000');
  });

  it('finds a query for a miss whose reader waited, was refused, or asked but once', () => {
    for (const id of ['loads.waited', 'loads.refused', 'database.retries', 'database.hedges'])
      expect(foundAfter(guarded, addTo(id)), id).toContain('database reads for misses');
  });
});
