import { describe, expect, it } from 'vitest';
import { CAUSE, OP, OUTCOME } from '../spans/codes.ts';
import type { Row } from '../spans/columns.ts';
import { checkInvariants } from './invariants.ts';
import { addTo, evidenceOf, findRow, foundAfter, type GoodRun } from './plantMistake.ts';

const traffic = { readers: { rate: '300/s', count: 30, writes: '10%', until: '2500ms' } };

const through: GoodRun = {
  scenario: { traffic, pattern: { read: 'read-through' }, cache: { ttl: '200ms' }, protect: { singleFlight: true } },
};
const pages: GoodRun = {
  scenario: { traffic: { readers: { ...traffic.readers, pageKeys: 4, batch: true } }, cache: { ttl: '200ms' } },
};
const negative: GoodRun = {
  scenario: {
    traffic: { readers: { rate: '300/s', count: 5, missing: '90%', until: '2500ms' } },
    cache: { ttl: '1s' },
    protect: { negative: '1s' },
  },
};
const comparing: GoodRun = {
  scenario: { traffic, cache: { spread: '5ms' }, invalidation: { onWrite: 'compare-and-set' } },
};
const versioned: GoodRun = { scenario: { traffic, invalidation: { onWrite: 'versioned-keys' } } };
const all = { through, pages, negative, comparing, versioned };
const hit = (name: 'cache.get' | 'cache.load' | 'cache.get-many') => (row: Row) =>
  row.op === OP[name] && row.outcome === OUTCOME.hit;

describe('checkTiers', () => {
  it.each(Object.entries(all))('finds nothing wrong with a good run: %s', (_name, run) => {
    expect(checkInvariants(evidenceOf(run))).toEqual([]);
  });

  it('finds a look-up that a cache which loads did not count, and a hit that it could not have', () => {
    expect(foundAfter(through, addTo('cache.gets{tier=redis}'))).toContain('look-ups in redis');
    expect(foundAfter(through, (_run, rows) => (rows.cause[findRow(rows, hit('cache.load'))] = 1))).toContain(
      'cause 1',
    );
    expect(foundAfter(through, (_run, rows) => (rows.version[findRow(rows, hit('cache.load'))] += 50))).toContain(
      'nothing alive',
    );
  });

  it('finds a slot that is held while a cache loads', () => {
    const asked = (row: Row) => row.op === OP['database.read'];
    const later = foundAfter(through, (_run, rows) => (rows.start[findRow(rows, asked)] += 5));
    expect(later).toContain('busy time of redis');
  });

  it('finds a key of a page that was not looked up, or counted as both', () => {
    const found = (row: Row) => row.op === OP['cache.get-many'];
    expect(foundAfter(pages, (_run, rows) => (rows.detail[findRow(rows, found)] += 1))).toContain('look-ups in redis');
    expect(foundAfter(pages, addTo('cache.hits{tier=redis}'))).toContain('hits and misses in redis');
    const none = foundAfter(pages, ({ session, batch }) => {
      const { metrics } = session.world;
      const hits = metrics.index('cache.hits{tier=redis}');
      batch.totals[metrics.index('cache.misses{tier=redis,cause=first}')] += batch.totals[hits];
      batch.totals[hits] = 0;
    });
    expect(none).toContain('hits in redis: 0');
  });

  it('finds a hit on a row that does not exist, after its short life', () => {
    expect(foundAfter(negative, ({ scenario }) => (scenario.protect.negative = 10_000))).toContain('nothing alive');
  });

  it('finds a hit on what was not stored, because a newer version was there', () => {
    const stored = (row: Row) => row.op === OP['cache.update'] && row.outcome === OUTCOME.ok;
    const refused = foundAfter(comparing, (_run, rows) => {
      for (let which = 0; which < 20; which++) rows.outcome[findRow(rows, stored)] = OUTCOME.absent;
    });
    expect(refused).toContain('nothing alive');
  });

  it('finds a pointer that was followed to nothing', () => {
    const followed = (row: Row) => hit('cache.get')(row) && row.detail > 0;
    expect(foundAfter(versioned, (_run, rows) => (rows.version[findRow(rows, followed)] += 50))).toContain('alive');
    const missed = (row: Row) => row.op === OP['cache.get'] && row.outcome === OUTCOME.miss;
    expect(foundAfter(versioned, (_run, rows) => (rows.cause[findRow(rows, missed)] = CAUSE.none))).toContain(
      'cause 0',
    );
  });
});
