import { describe, expect, it } from 'vitest';
import { simulate } from '../host/Session.ts';
import { type ActionInput, type ScenarioInput, scenarioSchema } from '../scenario/schema.ts';
import { OP, OUTCOME } from '../spans/codes.ts';
import { type Row, rowAt } from '../spans/columns.ts';

const servers = 20;

/** Readers who find one menu in the memory of each of twenty servers, and a writer who changes it at times. */
function run(changes: Partial<ScenarioInput>, acts: ActionInput[] = []) {
  const scenario = scenarioSchema.parse({
    scenario: 1,
    id: 'memories',
    title: 'Memories',
    duration: '60s',
    window: '1s',
    clients: { link: '0s' },
    balancer: { link: '0s' },
    cache: { link: '50us', ttl: 'none' },
    database: { link: '50us', read: '1ms', write: '1ms', shape: 'constant' },
    ...changes,
    traffic: {
      readers: { rate: '400/s', count: 1 },
      writers: { arrivals: 'constant', rate: '2/s', count: 1, writes: '100%', until: '59s' },
      ...changes.traffic,
    },
    app: { servers, cpu: '0s', ...changes.app },
    local: { enabled: true, ttl: 'none', ...changes.local },
    faults: acts,
  });
  const { session, batch, meta } = simulate(scenario);
  const rows = Array.from({ length: batch.closed.length }, (_, index) => rowAt(batch.closed, index));
  const total = (id: string) => batch.totals[session.world.metrics.index(id)];
  const indexOf = (id: string) => meta.nodes.findIndex((node) => node.id === id);
  const of = (op: number) => rows.filter((row) => row.op === op);
  return { rows, of, total, indexOf };
}

const bus = { broadcast: 'pubsub', busDelay: '20ms' } as const;
const stale = (row: Row) => (row.flags & 1) !== 0;

describe('without a broadcast', () => {
  it('only the server of the writer is fresh', () => {
    const one = [{ at: '10s', do: 'ask', key: 0, write: true, traffic: 'readers' }] as ActionInput[];
    const traffic = { writers: { rate: '0/s' } } as const;
    const { of, total, indexOf } = run({ traffic, duration: '20s' }, one);
    const [write] = of(OP['request.write']);
    const counts = Array.from({ length: servers }, (_, index) => total(`stale.reads{node=app${index + 1}}`));
    counts.forEach((count, index) => {
      if (indexOf(`app${index + 1}`) === write.node) expect(count).toBeLessThanOrEqual(1);
      else expect(count).toBeGreaterThan(150);
    });
    expect(total('stale.reads{writer=readers}')).toBe(total('reads.stale'));
  });
});

describe('a broadcast', () => {
  it('reaches every other server, the last of them after the mean times 1 + 1/2 + … + 1/19', () => {
    const { of, total } = run({ invalidation: bus });
    const published = of(OP['bus.publish']);
    const deliveries = of(OP['bus.deliver']);
    expect(deliveries).toHaveLength(published.length * (servers - 1));
    expect(total('bus.published')).toBe(published.length);
    expect(total('bus.delivered')).toBe(deliveries.length);
    const lasts = published.map((row) => {
      const own = deliveries.filter(({ parent }) => parent === row.id);
      expect(own.every(({ node }) => node !== row.from)).toBe(true);
      return Math.max(...own.map(({ leave }) => leave)) - row.leave;
    });
    let harmonic = 0;
    let squares = 0;
    for (let n = 1; n < servers; n++) {
      harmonic += 1 / n;
      squares += 1 / (n * n);
    }
    const mean = lasts.reduce((sum, last) => sum + last, 0) / lasts.length;
    const deviation = 20_000 * Math.sqrt(squares / lasts.length);
    expect(lasts.length).toBeGreaterThan(110);
    expect(Math.abs(mean - 20_000 * harmonic)).toBeLessThan(5 * deviation);
  });

  it('ends staleness once it has arrived', () => {
    const { total, of } = run({ invalidation: bus });
    const silent = run({ local: { ttl: '5s' } });
    expect(total('reads.stale')).toBeGreaterThan(0);
    expect(total('reads.stale')).toBeLessThan(silent.total('reads.stale') / 5);
    const slowest = Math.max(...of(OP['bus.deliver']).map((row) => row.leave - row.start));
    expect(total('stale.age.max')).toBeLessThan(slowest + 5000);
  });

  it('loses a share of deliveries on pub/sub, and those servers stay stale until their entry expires', () => {
    const { of, total } = run({ invalidation: { ...bus, busLoss: '10%' }, local: { ttl: '3s' } });
    const deliveries = of(OP['bus.deliver']);
    const lost = deliveries.filter((row) => row.outcome === OUTCOME.lost);
    expect(total('bus.lost')).toBe(lost.length);
    expect(Math.abs(lost.length / deliveries.length - 0.1)).toBeLessThan(5 * Math.sqrt(0.09 / deliveries.length));
    expect(lost.every((row) => row.arrive === Number.POSITIVE_INFINITY)).toBe(true);
    expect(total('stale.age.max')).toBeGreaterThan(500_000);
    expect(total('stale.age.max')).toBeLessThanOrEqual(3_000_000);
  });

  it('loses the messages that an act takes', () => {
    const { total } = run({ invalidation: bus }, [{ at: '10s', do: 'lose', message: 'bus.deliver', count: 7 }]);
    expect(total('bus.lost')).toBe(7);
  });
});

describe('a server that does not hear for ten seconds', () => {
  const deaf: ActionInput[] = [{ at: '20s', do: 'deafen', node: 'app3', for: '10s' }];
  const staleOf = ({ of, indexOf }: ReturnType<typeof run>) =>
    of(OP['request.read']).filter((row) => row.node === indexOf('app3') && stale(row) && row.start > 30_300_000);

  it('is forgotten by pub/sub', () => {
    const found = run({ invalidation: bus, traffic: { writers: { rate: '0.1/s', until: '25s' } } }, [
      ...deaf,
      { at: '25s', do: 'ask', key: 0, write: true, traffic: 'readers' },
      { at: '25.5s', do: 'ask', key: 0, write: true, traffic: 'readers' },
    ]);
    expect(found.total('bus.lost')).toBeGreaterThan(0);
    expect(Math.max(...staleOf(found).map((row) => row.start))).toBeGreaterThan(59_000_000);
  });

  it('hears from a stream what it missed, in order, when it is back', () => {
    const found = run({ invalidation: { ...bus, broadcast: 'stream' } }, deaf);
    const { of, total, indexOf } = found;
    expect(total('bus.lost')).toBe(0);
    const mine = of(OP['bus.deliver']).filter((row) => row.node === indexOf('app3'));
    expect(mine.filter((row) => row.leave > 20_000_000 && row.leave < 30_000_000)).toEqual([]);
    const published = of(OP['bus.publish']).filter((row) => row.from !== indexOf('app3'));
    expect(mine.map((row) => row.parent)).toEqual(published.map((row) => row.id));
    expect(staleOf(found).every((row) => row.version >= 60)).toBe(true);
    const laterThan = Math.max(...mine.filter((row) => row.leave < 31_000_000).map((row) => row.leave));
    expect(laterThan).toBeLessThan(30_700_000);
  });

  it('that was down hears a stream again when it is up', () => {
    const { of, total, indexOf } = run({ invalidation: { ...bus, broadcast: 'stream' } }, [
      { at: '20s', do: 'kill', node: 'app3', for: '10s' },
    ]);
    const mine = of(OP['bus.deliver']).filter((row) => row.node === indexOf('app3'));
    const published = of(OP['bus.publish']).filter((row) => row.from !== indexOf('app3'));
    expect(mine).toHaveLength(published.length);
    expect(total('bus.lost')).toBe(0);
  });
});
