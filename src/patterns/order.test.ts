import { describe, expect, it } from 'vitest';
import { simulate } from '../host/Session.ts';
import { type ScenarioInput, scenarioSchema } from '../scenario/schema.ts';
import { OP, OUTCOME } from '../spans/codes.ts';
import { rowAt } from '../spans/columns.ts';

function run(changes: Partial<ScenarioInput>) {
  const scenario = scenarioSchema.parse({
    scenario: 1,
    id: 'orders',
    title: 'Orders',
    duration: '20s',
    traffic: { buyers: { rate: '50/s', count: 1, writes: '100%', stock: 5, until: '19s' } },
    ...changes,
  } satisfies ScenarioInput);
  const { session, batch } = simulate(scenario);
  const rows = [batch.closed, batch.open].flatMap((table) =>
    Array.from({ length: table.length }, (_, index) => rowAt(table, index)),
  );
  const total = (id: string) => batch.totals[session.world.metrics.index(id)];
  const answers = rows.filter((row) => row.op === OP['request.write'] && row.end < Number.POSITIVE_INFINITY);
  return { total, answers, truth: session.world.truth };
}

/** Nobody waits for anybody, and every time is constant. */
const open: Partial<ScenarioInput> = {
  duration: '7s',
  pattern: { read: 'none', write: 'write-around' },
  traffic: { buyers: { rate: '8000/s', keys: 'uniform', count: 2000, writes: '100%', stock: 5 } },
  clients: { link: '0s' },
  app: { servers: 1, workers: 5000, queue: 100000, cpu: '0s' },
  database: { shape: 'constant', link: '1ms', read: '100ms', write: '100ms', slots: 5000, pool: 5000, queue: 100000 },
};

describe('order', () => {
  it('oversells as many units as orders come between a look and its write: λg for each key', () => {
    const { total } = run(open);
    // From the snapshot of the look to the commit of the write: the query, two ways, the write.
    const expected = 2000 * (8000 / 2000) * (0.1 + 2 * 0.001 + 0.1);
    expect(total('orders.accepted')).toBe(2000 * 5 + total('orders.oversold'));
    expect(Math.abs(total('orders.oversold') - expected)).toBeLessThan(5 * Math.sqrt(expected));
  });

  it('sells exactly the stock where the database checks it within the write', () => {
    const { total, truth, answers } = run({ ...open, database: { ...open.database, guard: true } });
    expect(total('orders.accepted')).toBe(2000 * 5);
    expect(total('orders.oversold')).toBe(0);
    expect(total('orders.refused')).toBeGreaterThan(0);
    for (let key = 0; key < 2000; key++) expect(truth.version(key)).toBe(6);
    expect(answers.filter((row) => row.outcome === OUTCOME.ok).length).toBe(2000 * 5);
    const turnedAway = answers.filter((row) => row.outcome === OUTCOME.absent).length;
    expect(turnedAway).toBe(total('orders.refused') + total('orders.sold-out'));
  });

  it('goes on selling for ever while a cache that nobody tells shows the first copy', () => {
    const stale = { pattern: { write: 'write-around' }, cache: { ttl: 'none' } } satisfies Partial<ScenarioInput>;
    const blind = run(stale);
    expect(blind.total('orders.sold-out')).toBe(0);
    expect(blind.total('orders.oversold')).toBe(blind.total('orders.accepted') - 5);
    expect(blind.total('orders.oversold')).toBeGreaterThan(900);
    const guarded = run({ ...stale, database: { guard: true } });
    expect(guarded.total('orders.accepted')).toBe(5);
    expect(guarded.total('orders.refused')).toBe(
      guarded.answers.filter(({ outcome }) => outcome === OUTCOME.absent).length,
    );
  });

  it('turns everybody away without a stock to sell, and lets plain writes be', () => {
    const empty = run({ traffic: { buyers: { rate: '50/s', count: 3, writes: '100%', stock: 0, until: '19s' } } });
    expect(empty.total('database.writes')).toBe(0);
    expect(empty.total('orders.sold-out')).toBe(empty.answers.length);
    const plain = run({ traffic: { buyers: { rate: '50/s', count: 3, writes: '100%' } }, database: { guard: true } });
    expect(plain.total('orders.accepted')).toBe(0);
    expect(plain.answers.every((row) => row.outcome === OUTCOME.ok)).toBe(true);
  });
});
