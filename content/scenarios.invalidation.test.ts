/**
 * What the scenarios about old answers promise, each on its own seed and in both lanes: every way to learn of a change, and
 * what becomes of it when a message is lost or somebody is slow.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { Session } from '../src/host/Session.ts';
import { parseScenario } from '../src/scenario/parseScenario.ts';
import { applyPatch, type Patch } from '../src/scenario/patch.ts';
import { formatProblem } from '../src/scenario/problems.ts';
import { readScenario } from '../src/scenario/readScenario.ts';
import type { Scenario, ScenarioInput } from '../src/scenario/schema.ts';
import { FLAG, OP } from '../src/spans/codes.ts';
import { type Row, rowAt } from '../src/spans/columns.ts';
import { staleReplicaReadShareOver } from '../src/theory/index.ts';
import { groupPopulation } from '../src/theory/Population.ts';
import { zipfWeights } from '../src/random/Zipf.ts';

const lost = ['requests.timed-out', 'requests.rejected', 'requests.failed'];

function load(id: string): { scenario: Scenario; input: ScenarioInput } {
  const file = `content/scenarios/${id}.yaml`;
  const parsed = parseScenario(readFileSync(fileURLToPath(new URL(`scenarios/${id}.yaml`, import.meta.url)), 'utf8'), {
    file,
  });
  if ('problems' in parsed) throw new Error(parsed.problems.map(formatProblem).join('\n'));
  return parsed;
}

/** One lane of a scenario, run to its end; its figures by half-open ranges of seconds. */
class Lane {
  readonly scenario: Scenario;
  readonly endS: number;
  private readonly session: Session;
  private readonly batch: ReturnType<Session['take']>;

  constructor(id: string, patch: Patch = {}) {
    const read = readScenario(applyPatch(load(id).input, patch));
    if ('problems' in read) throw new Error(read.problems.map(formatProblem).join('\n'));
    this.scenario = read.scenario;
    this.endS = read.scenario.duration / 1e6;
    this.session = new Session(read.scenario, []);
    this.session.advance(read.scenario.duration);
    this.batch = this.session.take();
  }

  /** Lanes A and B as the scenario compares them. */
  static both(id: string): [Lane, Lane] {
    return [new Lane(id), new Lane(id, load(id).scenario.view.compare)];
  }

  private windows(column: string, fromS: number, toS: number): number[] {
    const { metrics } = this.session.world;
    const { values, count } = this.batch.windows;
    const first = (fromS * 1e6) / this.scenario.window;
    const last = Math.min(count, (toS * 1e6) / this.scenario.window);
    const at = metrics.index(column);
    return Array.from({ length: last - first }, (_, k) => values[(first + k) * metrics.columns.length + at]);
  }

  sum(columns: string | string[], fromS = 0, toS = this.endS): number {
    return [columns].flat().reduce((sum, id) => sum + this.windows(id, fromS, toS).reduce((a, b) => a + b, 0), 0);
  }

  max(column: string, fromS = 0, toS = this.endS): number {
    return Math.max(...this.windows(column, fromS, toS));
  }

  mean(column: string, fromS: number, toS: number): number {
    const values = this.windows(column, fromS, toS);
    return values.reduce((a, b) => a + b, 0) / values.length;
  }

  /** Age of the oldest answer, s. */
  oldestS(fromS = 0, toS = this.endS): number {
    return this.max('stale.age.max', fromS, toS) / 1e6;
  }

  staleShare(fromS = 0, toS = this.endS): number {
    return this.sum('reads.stale', fromS, toS) / this.sum('reads.completed', fromS, toS);
  }

  /** Mean time of reads, ms. */
  readMs(fromS: number, toS: number): number {
    return this.sum('read.latency', fromS, toS) / this.sum('reads.completed', fromS, toS) / 1000;
  }

  /** Every finished row of an operation, in order of start. */
  rows(op: number): Row[] {
    const { closed } = this.batch;
    return Array.from({ length: closed.length }, (_, index) => rowAt(closed, index))
      .filter((row) => row.op === op)
      .sort((a, b) => a.start - b.start);
  }

  /** How many of the first keys lie in the shared cache, at the end, as something older than the database holds. */
  oldEntries(keys: number): number {
    const { redis, truth, simulation } = this.session.world;
    return Array.from({ length: keys }, (_, key) => key).filter((key) => {
      const held = redis.contents.store.peek(key, simulation.nowUs);
      return held >= 0 && held < truth.storedVersion(key);
    }).length;
  }
}

const isStale = (row: Row): boolean => (row.flags & FLAG.stale) !== 0;

describe('stock', () => {
  it('sold-out-seats: full after a quarter of a minute, offered until the count ends; sold in A, refused in B', () => {
    const [taken, checked] = Lane.both('sold-out-seats');
    // All orders of the first 30 s but 60: 60 with a standard deviation of 11.
    expect(taken.sum('orders.oversold')).toBeGreaterThan(20);
    expect(taken.sum('orders.oversold')).toBe(checked.sum('orders.refused'));
    expect(checked.sum('orders.accepted')).toBe(60);
    expect(checked.sum('orders.oversold')).toBe(0);
    for (const lane of [taken, checked]) {
      expect(lane.sum('orders.sold-out', 0, 30)).toBe(0);
      expect(lane.sum('orders.accepted', 31, 80)).toBe(0);
      expect(lane.sum('orders.refused', 31, 80)).toBe(0);
      expect(lane.sum(lost)).toBe(0);
      expect(lane.oldestS()).toBeGreaterThan(28);
      expect(lane.oldestS()).toBeLessThan(30.1);
    }
    expect(taken.sum('orders.accepted', 0, 16)).toBeGreaterThan(50);
    const asking = new Lane('sold-out-seats', { 'database.guard': true, 'traffic.buyers.reader': 'database' });
    expect(asking.sum('orders.refused'), 'only who looked while the last seat was being sold').toBeLessThan(4);
  });
});

describe('races', () => {
  it('stale-set-race: the old menu stays for its whole life in A; in B the late store is refused', () => {
    const [deleting, comparing] = Lane.both('stale-set-race');
    const story = (lane: Lane, op: number) => lane.rows(op).filter((row) => row.key === 50);
    const order = [OP['database.read'], OP['database.write'], OP['cache.delete'], OP['cache.set']];
    const starts = order.map((op) => story(deleting, op)[0].start);
    expect(starts).toEqual([...starts].sort((a, b) => a - b));
    const old = story(deleting, OP['request.read']).filter(isStale);
    expect(old.map((row) => row.start / 1e6)).toEqual([13, 16, 20, 24, 28, 32]);
    expect(story(deleting, OP['request.read']).at(-1)?.version).toBe(2);
    expect(comparing.sum('reads.stale')).toBe(0);
    expect(comparing.sum('cache.superseded')).toBe(1);
  });

  it('double-delete: no old answer outlives the second delete', () => {
    const [once, twice] = Lane.both('double-delete');
    expect(once.oldestS()).toBeGreaterThan(10);
    // The second delete comes one second after the write, and an answer is on its way for some milliseconds.
    expect(twice.oldestS()).toBeLessThan(1.05);
    expect(twice.sum('reads.stale')).toBeGreaterThan(10);
    expect(twice.sum('reads.stale')).toBeLessThan(once.sum('reads.stale') / 2);
  });

  it('crossing-writers: about every second article keeps the older text in A, and none in B', () => {
    const [storing, deleting] = Lane.both('crossing-writers');
    // Twenty pairs, each crossing or not: ten with a standard deviation of 2.2.
    expect(storing.oldEntries(20)).toBeGreaterThanOrEqual(6);
    expect(storing.oldEntries(20)).toBeLessThanOrEqual(14);
    expect(deleting.oldEntries(20)).toBe(0);
    expect(storing.staleShare(60, 90)).toBeGreaterThan(0.1);
    expect(deleting.sum('reads.stale', 60, 90)).toBe(0);
    expect(storing.sum(lost) + deleting.sum(lost)).toBe(0);
  });

  it('versioned-keys: no old price, and the memory of all old versions', () => {
    const [deleting, versioned] = Lane.both('versioned-keys');
    expect(deleting.sum('reads.stale')).toBeGreaterThan(100);
    expect(versioned.sum('reads.stale')).toBe(0);
    expect(deleting.max('cache.entries{tier=redis}')).toBeLessThanOrEqual(50);
    expect(versioned.mean('cache.entries{tier=redis}', 25, 80)).toBeGreaterThan(8 * 50);
  });
});

describe('memories of servers', () => {
  it('twenty-servers: nineteen are behind for as long as a copy lives; a message tells them within a tenth of a second', () => {
    const [silent, told] = Lane.both('twenty-servers');
    expect(silent.oldestS()).toBeGreaterThan(25);
    expect(silent.oldestS()).toBeLessThan(30.1);
    expect(silent.staleShare(10, 60)).toBeGreaterThan(0.2);
    expect(told.staleShare(10, 60)).toBeLessThan(0.002);
    const deliveries = told.rows(OP['bus.deliver']);
    const slowest = new Map<number, number>();
    for (const { parent, start, end } of deliveries)
      slowest.set(parent, Math.max(slowest.get(parent) ?? 0, end - start));
    const within = [...slowest.values()].filter((us) => us < 100_000).length;
    // 98.5 % by the closed form, (1 − e^(−100/14))^19.
    expect(within / slowest.size).toBeGreaterThan(0.9);
    const writer = new Map<string, number>();
    for (const row of silent.rows(OP['request.write'])) writer.set(`${row.key}/${row.version}`, row.node);
    const old = silent.rows(OP['request.read']).filter(isStale);
    const byWriter = old.filter((row) => writer.get(`${row.key}/${row.version + 1}`) === row.node);
    expect(byWriter.length / old.length).toBeLessThan(0.01);
  });

  it('offline-server: pub/sub forgets who was away, a stream does not', () => {
    const [pubsub, stream] = Lane.both('offline-server');
    const third = 'stale.reads{node=app3}';
    expect(pubsub.sum('bus.lost')).toBeGreaterThan(5);
    expect(pubsub.sum(third, 31, 70)).toBeGreaterThan(50);
    expect(pubsub.sum(third, 72, 90), 'until its copies end').toBeLessThan(10);
    expect(pubsub.oldestS()).toBeLessThan(40.1);
    expect(stream.sum('bus.lost')).toBe(0);
    expect(stream.sum(third, 20, 30), 'it is behind while it is away').toBeGreaterThan(20);
    expect(stream.sum(third, 31, 90)).toBeLessThan(pubsub.sum(third, 31, 90) / 10);
    expect(stream.oldestS(31, 90)).toBeLessThan(1);
  });
});

describe('feeds of changes', () => {
  it('event-queue: sixty lost events leave old menus behind, and the log loses none', () => {
    const [queue, log] = Lane.both('event-queue');
    expect(queue.sum('feed.lost')).toBe(60);
    expect(queue.staleShare(27, 60)).toBeGreaterThan(0.05);
    expect(queue.oldEntries(300)).toBeGreaterThan(5);
    expect(log.sum('feed.lost')).toBe(0);
    expect(log.oldestS()).toBeLessThan(0.2);
    expect(log.oldEntries(300)).toBe(0);
  });

  it('forgetful-writer: the changes of one tool stay unseen for up to a minute, and the log records all four', () => {
    const [deleting, log] = Lane.both('forgetful-writer');
    const of = (lane: Lane, name: string) => lane.sum(`stale.reads{writer=${name}}`);
    const others = of(deleting, 'partners') + of(deleting, 'panel') + of(deleting, 'import');
    expect(of(deleting, 'support')).toBeGreaterThan(20 * others);
    expect(deleting.oldestS()).toBeGreaterThan(40);
    expect(deleting.oldestS()).toBeLessThan(60.1);
    expect(of(log, 'support')).toBeLessThan(of(deleting, 'support') / 20);
    expect(log.oldestS()).toBeLessThan(0.2);
    expect(Math.abs(log.sum('feed.events') - log.sum('database.writes'))).toBeLessThanOrEqual(5);
  });
});

describe('copies of the database', () => {
  it('read-your-writes: every author misses the own change, and none does when the primary answers', () => {
    const [free, pinned] = Lane.both('read-your-writes');
    const reads = free.sum('writes.completed') - 15;
    expect(free.sum('reads.own-stale')).toBeGreaterThan(0.95 * reads);
    expect(pinned.sum('reads.own-stale')).toBe(0);
    expect(pinned.sum('reads.stale'), 'the others read as before').toBeGreaterThan(100);
    const patient = new Lane('read-your-writes', { 'traffic.authors.readBack': '3s' });
    expect(patient.sum('reads.own-stale'), 'somebody has put the old one into the cache').toBeGreaterThan(10);
    const again = { 'invalidation.onWrite': 'double-delete', 'invalidation.secondDelete': '2.5s' };
    const cleared = new Lane('read-your-writes', { 'traffic.authors.readBack': '3s', ...again });
    expect(cleared.sum('reads.own-stale'), 'a second delete after the lag').toBe(0);
  });

  it('replicas: one database falls behind, three replicas serve at once, a second late', () => {
    const [one, three] = Lane.both('replicas');
    expect(one.mean('requests.in-flight', 40, 60)).toBeGreaterThan(1.5 * one.mean('requests.in-flight', 10, 20));
    expect(one.readMs(50, 60)).toBeGreaterThan(2000);
    expect(one.sum('reads.stale')).toBe(0);
    expect(three.readMs(10, 60)).toBeLessThan(30);
    expect(three.sum(lost)).toBe(0);
    const { readers, writers } = three.scenario.traffic;
    const population = groupPopulation(zipfWeights(readers.count, readers.exponent));
    const expected = staleReplicaReadShareOver(population, writers.rate, three.scenario.database.replicaLag / 1e6);
    // Some thousand writes, most of few keys: three standard errors of 2 %, and the reader's own way of 6 ms in a second.
    expect(Math.abs(three.staleShare(2, 60) / expected - 1)).toBeLessThan(0.07);
  });

  it('buffer-pool: nine in ten wait for the disk in A, three in ten in B, and only A has a line', () => {
    const [small, large] = Lane.both('buffer-pool');
    const misses = (lane: Lane) =>
      lane.sum('buffer.misses', 15, 60) / lane.sum(['buffer.hits', 'buffer.misses'], 15, 60);
    expect(Math.abs(misses(small) - 0.9)).toBeLessThan(0.01);
    expect(Math.abs(misses(large) - 0.3)).toBeLessThan(0.02);
    expect(small.mean('node.queue{node=database}', 40, 60)).toBeGreaterThan(100);
    expect(large.mean('node.queue{node=database}', 10, 60)).toBeLessThan(2);
    expect(small.readMs(50, 60)).toBeGreaterThan(50 * large.readMs(50, 60));
  });
});
