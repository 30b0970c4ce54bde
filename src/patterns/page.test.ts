import { describe, expect, it } from 'vitest';
import { simulate } from '../host/Session.ts';
import { type ActionInput, actionSchema, type ScenarioInput, scenarioSchema } from '../scenario/schema.ts';
import { FLAG, OP, OUTCOME } from '../spans/codes.ts';
import { type Row, rowAt } from '../spans/columns.ts';

/** Two requests for the fifty keys from 0 on, half a second apart; the first fills what the second finds. */
const base: ScenarioInput = {
  scenario: 1,
  id: 'page',
  title: 'Page',
  duration: '1900ms',
  traffic: {
    readers: { arrivals: 'constant', rate: '2/s', count: 60, keys: 'scan', until: '400ms', pageKeys: 50 },
  },
  clients: { link: '0s', timeout: '10s' },
  balancer: { link: '0s' },
  app: { servers: 1, cpu: '0s' },
  cache: { link: '250us', command: '10us', ttl: 'none' },
  database: { link: '250us', read: '2ms', shape: 'constant' },
};
const asks: ActionInput[] = [
  { at: '500ms', do: 'ask', key: 0 },
  { at: '1500ms', do: 'ask', key: 0 },
];

function run(changes: Partial<ScenarioInput>, traffic: ScenarioInput['traffic'][string] = {}, acts = asks) {
  const scenario = scenarioSchema.parse({
    ...base,
    ...changes,
    traffic: { readers: { ...base.traffic.readers, ...traffic } },
  });
  const { session, batch } = simulate(
    scenario,
    acts.map((act) => actionSchema.parse(act)),
  );
  const rows = Array.from({ length: batch.closed.length }, (_, index) => rowAt(batch.closed, index));
  rows.sort((a, b) => a.id - b.id);
  const of = (op: number): Row[] => rows.filter((row) => row.op === op);
  const total = (id: string) => batch.totals[session.world.metrics.index(id)];
  const lasted = of(OP['request.read']).map((row) => row.end - row.start);
  return { rows, of, total, lasted };
}

describe('a request for several keys', () => {
  it('asks for one after another: fifty products, fifty round trips', () => {
    const { of, total, lasted } = run({});
    expect(of(OP['cache.get']).map((row) => row.key)).toEqual([...Array(50).keys(), ...Array(50).keys()]);
    expect(lasted).toEqual([50 * (510 + 2500 + 510), 50 * 510]);
    expect([total('database.reads'), total('cache.hits{tier=redis}')]).toEqual([50, 50]);
    expect(of(OP['request.read']).map((row) => row.outcome)).toEqual([OUTCOME.miss, OUTCOME.hit]);
  });

  it('asks once for all with a batch: one round trip, and one query for what is missing', () => {
    const { of, total, lasted } = run({}, { batch: true });
    const [first, second] = of(OP['cache.get-many']);
    expect([first.detail, first.outcome, second.detail, second.outcome]).toEqual([50, OUTCOME.miss, 50, OUTCOME.hit]);
    const [read] = of(OP['database.read']);
    expect([read.detail, read.leave - read.service]).toEqual([50, 2000 + 0.05 * 2000 * 49]);
    expect(lasted[1]).toBe(500 + 10 + 50);
    expect([total('database.reads'), total('cache.gets{tier=redis}'), total('cache.hits{tier=redis}')]).toEqual([
      1, 100, 50,
    ]);
    expect(of(OP['cache.set'])).toHaveLength(50);
  });

  it('queries only for what it has not found', () => {
    const { of } = run({}, { batch: true }, [asks[0], { at: '1s', do: 'expire', key: 7 }, asks[1]]);
    const [, second] = of(OP['database.read']);
    expect([second.key, second.detail]).toEqual([7, 1]);
    expect(of(OP['request.read'])[1].outcome).toBe(OUTCOME.miss);
  });

  it('goes round the end of the keys, and never asks for one twice', () => {
    const late: ActionInput[] = [{ at: '500ms', do: 'ask', key: 58 }];
    const { of } = run({}, { pageKeys: 5 }, late);
    expect(of(OP['cache.get']).map((row) => row.key)).toEqual([58, 59, 0, 1, 2]);
    expect(
      new Set(
        run({}, { pageKeys: 1000 })
          .of(OP['cache.get'])
          .slice(0, 60)
          .map((row) => row.key),
      ).size,
    ).toBe(60);
    expect(run({}, { pageKeys: 1000, batch: true }).of(OP['cache.get-many'])[0].detail).toBe(60);
  });

  it('writes its keys one after another', () => {
    const { of } = run({}, { pageKeys: 3, batch: true }, [{ at: '500ms', do: 'ask', key: 4, write: true }]);
    expect(of(OP['database.write']).map((row) => row.key)).toEqual([4, 5, 6]);
    expect(of(OP['cache.delete']).map((row) => row.key)).toEqual([4, 5, 6]);
  });

  it('is stale where its first key is, by what the cache and the query saw', () => {
    const { of } = run({ pattern: { write: 'write-around' } }, { batch: true, pageKeys: 3 }, [
      asks[0],
      { at: '1s', do: 'ask', key: 0, write: true },
      asks[1],
    ]);
    expect(of(OP['request.read']).map((row) => [row.version, row.flags & FLAG.stale])).toEqual([
      [1, 0],
      [1, FLAG.stale],
    ]);
  });

  it('misses every key when the cache is down, and asks the database alone where there is no cache', () => {
    const down = run({}, { batch: true }, [{ at: '0s', do: 'kill', node: 'redis' }, asks[0]]);
    expect(down.total('cache.misses{tier=redis,cause=cache-down}')).toBe(50);
    expect(down.of(OP['request.read'])[0].outcome).toBe(OUTCOME.miss);
    const without = run({ pattern: { read: 'none' } }, { batch: true });
    expect(without.rows.filter((row) => row.node === down.of(OP['cache.get-many'])[0].node)).toEqual([]);
    expect(without.of(OP['database.read']).map((row) => row.detail)).toEqual([50, 50]);
  });

  it.each([
    ['read-through', { pattern: { read: 'read-through' } }, OP['cache.load']],
    ['a cache in the server', { local: { enabled: true } }, OP['local.get']],
  ] as const)('goes one after another with %s, which knows no batches', (_name, changes, op) => {
    const { of } = run(changes, { batch: true });
    expect(of(OP['cache.get-many'])).toEqual([]);
    expect(of(op)).toHaveLength(100);
  });

  it('counts the pages of a buffer pool that a query of several rows needs', () => {
    const { of, total } = run(
      { database: { ...base.database, bufferPages: 10, pageRows: 20, disk: '5ms' } },
      { batch: true },
    );
    const [read] = of(OP['database.read']);
    expect(total('buffer.misses')).toBe(3);
    expect(read.leave - read.service).toBe(2000 + 4900 + 3 * 5000);
  });
});
