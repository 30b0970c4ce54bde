import { describe, expect, it } from 'vitest';
import { OP, OUTCOME } from '../spans/codes.ts';
import type { Row } from '../spans/columns.ts';
import { checkInvariants } from './invariants.ts';
import { addTo, evidenceOf, findRow, foundAfter, type GoodRun } from './plantMistake.ts';

const traffic = { readers: { rate: '300/s', count: 5, writes: '20%', until: '2500ms' } };
const local = { enabled: true, ttl: '1s' } as const;

const pubsub: GoodRun = { scenario: { traffic, local, invalidation: { broadcast: 'pubsub', busLoss: '20%' } } };
const stream: GoodRun = {
  scenario: { traffic, local, invalidation: { broadcast: 'stream' } },
  acts: [{ at: '500ms', do: 'deafen', node: 'app1', for: '500ms' }],
};
const queue: GoodRun = {
  scenario: { traffic, invalidation: { onWrite: 'none', feed: 'queue' } },
  acts: [{ at: '500ms', do: 'lose', message: 'queue.publish', count: 5 }],
};
const cdc: GoodRun = { scenario: { traffic, invalidation: { onWrite: 'none', feed: 'cdc', feedDelay: '30ms' } } };
const comparing: GoodRun = {
  scenario: { traffic, cache: { ttl: '10s', spread: '5ms' }, invalidation: { onWrite: 'compare-and-set' } },
};
const all = { pubsub, stream, queue, cdc, comparing };

describe('checkInvalidation', () => {
  it.each(Object.entries(all))('finds nothing wrong with a good run: %s', (_name, run) => {
    expect(checkInvariants(evidenceOf(run))).toEqual([]);
  });

  it('finds a message that is nowhere, and one that is counted twice', () => {
    for (const id of ['bus.published', 'bus.delivered', 'bus.lost']) {
      expect(foundAfter(pubsub, addTo(id)), id).toContain('messages');
      expect(foundAfter(stream, addTo(id)), id).toContain('messages');
    }
    const gone = (row: Row) => row.op === OP['bus.deliver'];
    expect(foundAfter(pubsub, (_given, rows) => (rows.op[findRow(rows, gone)] = OP['local.delete']))).toContain(
      'under way',
    );
  });

  it('finds a stream that loses, or hands over in another order', () => {
    const given = (row: Row) => row.op === OP['bus.deliver'];
    expect(foundAfter(stream, (_run, rows) => (rows.outcome[findRow(rows, given)] = OUTCOME.lost))).toContain('lost');
    const swapped = foundAfter(stream, (_run, rows) => {
      const first = findRow(rows, given);
      const to = rows.node[first];
      const later = findRow(rows, (row) => given(row) && row.node === to, 10);
      [rows.parent[first], rows.parent[later]] = [rows.parent[later], rows.parent[first]];
    });
    expect(swapped).toContain('out of order');
  });

  it('finds a worker who does two things at once, too early, or what nobody sent', () => {
    expect(foundAfter(queue, addTo('feed.events'))).toContain('changes taken');
    expect(foundAfter(queue, addTo('feed.lost'))).toContain('events that never arrived');
    const work = (row: Row) => row.op === OP['queue.work'];
    expect(foundAfter(queue, (_run, rows) => (rows.leave[findRow(rows, work)] = 2e6))).toContain('two changes at once');
    const publish = (row: Row) => row.op === OP['queue.publish'] && row.outcome === OUTCOME.ok;
    const unsent = foundAfter(queue, (_run, rows) => (rows.op[findRow(rows, publish)] = OP['cache.delete']));
    expect(unsent).not.toBe('');
    expect(foundAfter(cdc, ({ scenario }) => (scenario.invalidation.feedDelay = 60_000))).toContain('before its time');
    const read = (row: Row) => row.op === OP['log.read'];
    expect(foundAfter(cdc, (_run, rows) => (rows.version[findRow(rows, read, 30)] = 1))).toContain('a change twice');
  });

  it('finds an entry that went back to an older version', () => {
    const late = (row: Row) => row.op === OP['cache.get'] && row.outcome === OUTCOME.hit && row.version > 3;
    expect(foundAfter(comparing, (_run, rows) => (rows.version[findRow(rows, late, 10)] -= 2))).toContain('went back');
    expect(
      foundAfter(comparing, ({ batch, session }) => {
        batch.totals[session.world.metrics.index('cache.superseded')] += 1e6;
      }),
    ).toContain('superseded');
  });
});
