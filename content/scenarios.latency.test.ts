/**
 * What the scenarios about time, load and limits promise, each on its own seed; and that the times which every scenario starts
 * with stand in the one table of them.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { Session } from '../src/host/Session.ts';
import { ladder } from '../src/nodes/ladder.ts';
import { parseScenario } from '../src/scenario/parseScenario.ts';
import { applyPatch, type Patch } from '../src/scenario/patch.ts';
import { formatProblem } from '../src/scenario/problems.ts';
import { readScenario } from '../src/scenario/readScenario.ts';
import type { Scenario } from '../src/scenario/schema.ts';
import { closedSystem, md1 } from '../src/theory/index.ts';

const lost = ['requests.timed-out', 'requests.rejected', 'requests.failed'];

function load(id: string, patch?: Patch): Scenario {
  const file = fileURLToPath(new URL(`scenarios/${id}.yaml`, import.meta.url));
  const parsed = parseScenario(readFileSync(file, 'utf8'), { file: `content/scenarios/${id}.yaml` });
  if ('problems' in parsed) throw new Error(parsed.problems.map(formatProblem).join('\n'));
  if (patch === undefined) return parsed.scenario;
  const read = readScenario(applyPatch(parsed.input, patch));
  if ('problems' in read) throw new Error(read.problems.map(formatProblem).join('\n'));
  return read.scenario;
}

/** One lane of a scenario, run up to a second; its figures by half-open ranges of seconds. */
class Lane {
  readonly scenario: Scenario;
  private readonly columns: readonly { id: string }[];
  private readonly values: Float64Array;

  constructor(id: string, untilS: number, patch?: Patch) {
    this.scenario = load(id, patch);
    const session = new Session(this.scenario, []);
    session.advance(untilS * 1e6);
    this.columns = session.world.metrics.columns;
    this.values = session.take().windows.values;
  }

  /** Lane B, as the scenario compares. */
  static other(id: string, untilS: number): Lane {
    return new Lane(id, untilS, load(id).view.compare);
  }

  /** The values of a column in the windows of a range. */
  windows(column: string, fromS: number, toS: number): number[] {
    const at = this.columns.findIndex(({ id }) => id === column);
    if (at < 0) throw new Error(`no column ${column}`);
    const { window } = this.scenario;
    const [first, last] = [fromS, toS].map((s) => (s * 1e6) / window);
    return Array.from({ length: last - first }, (_, k) => this.values[(first + k) * this.columns.length + at]);
  }

  /** Events a second, of one column or several. */
  rate(columns: string | string[], fromS: number, toS: number): number {
    const sum = (column: string): number => this.windows(column, fromS, toS).reduce((a, b) => a + b, 0);
    return [columns].flat().reduce((total, column) => total + sum(column), 0) / (toS - fromS);
  }

  /** One sum over another. */
  share(part: string, whole: string, fromS: number, toS: number): number {
    return this.rate(part, fromS, toS) / this.rate(whole, fromS, toS);
  }

  mean(column: string, fromS: number, toS: number): number {
    const values = this.windows(column, fromS, toS);
    return values.reduce((a, b) => a + b, 0) / values.length;
  }

  /** Mean time of reads, ms. */
  readMs(fromS: number, toS: number): number {
    return this.share('read.latency', 'reads.completed', fromS, toS) / 1000;
  }
}

describe('the times that every scenario starts with', () => {
  it('are those of the ladder', () => {
    const read = readScenario({ scenario: 1, id: 'plain', title: 'Plain', traffic: { readers: {} } });
    if ('problems' in read) throw new Error(read.problems.map(formatProblem).join('\n'));
    const { local, cache, database } = read.scenario;
    expect(local.lookup).toBe(ladder.inProcess.typicalUs);
    expect(2 * cache.link + cache.command).toBe(ladder.redis.typicalUs);
    expect(database.read).toBe(ladder.indexedQuery.typicalUs);
  });

  it('lie within their rungs, and the rungs rise', () => {
    const rungs = [
      ladder.cpuCache,
      ladder.memory,
      ladder.inProcess,
      ladder.ssd,
      ladder.redis,
      ladder.indexedQuery,
      ladder.diskSeek,
      ladder.coldQuery,
    ];
    for (const { title, lowUs, typicalUs, highUs } of [...rungs, ladder.crossRegion]) {
      expect(typicalUs, title).toBeGreaterThanOrEqual(lowUs);
      expect(typicalUs, title).toBeLessThanOrEqual(highUs);
    }
    const typical = rungs.map(({ typicalUs }) => typicalUs);
    expect(typical).toEqual([...typical].sort((a, b) => a - b));
  });
});

describe('what the scenarios promise', () => {
  it('food-delivery-rescue: nine seconds in line for a quick query, and a fifth of a second behind a cache', () => {
    const lane = new Lane('food-delivery-rescue', 150);
    const { traffic, database, clients, balancer, app, cache } = lane.scenario;
    const { users, think, count } = traffic.people;
    const pageUs = 2 * clients.link + 2 * balancer.link + app.cpu;
    const { throughputPerS } = closedSystem({
      users,
      thinkS: (think + pageUs + 2 * database.link) / 1e6,
      serviceS: database.read / 1e6,
      servers: database.slots,
    });
    expect(throughputPerS).toBeCloseTo(100, 1);
    // 1,500 exponential queries within 15 s have a standard error of 2.6 %; four of those.
    const slowMs = 1000 * (users / throughputPerS) - think / 1000;
    expect(slowMs).toBeCloseTo(9000, -2);
    expect(Math.abs(lane.readMs(15, 30) / slowMs - 1)).toBeLessThan(0.11);
    expect(lane.mean('node.queue{node=database}', 15, 30)).toBeGreaterThan(800);
    // The tail of those who stood in line, then one life of what was loaded at once.
    expect(lane.readMs(90, 150)).toBeCloseTo(200, -2);
    expect(lane.mean('node.busy{node=database}', 90, 150) / database.slots).toBeLessThan(0.2);
    // At most each page once a mean life, and a fifth on top for those who miss the same page together.
    const lifeS = (cache.ttl + cache.jitter / 2) / 1e6;
    expect(lane.rate('database.reads', 90, 150)).toBeLessThan((1.2 * count) / lifeS);
    expect(lane.rate(lost, 0, 150)).toBe(0);
  });

  it('redis-at-its-limit: no wait, some turns, and then an end that outlives the rush', () => {
    const alone = new Lane('redis-at-its-limit', 90);
    const { cache } = alone.scenario;
    const waitMs = (fromS: number, toS: number) =>
      (1000 * alone.mean('node.queue{node=redis}', fromS, toS)) / alone.rate('node.arrivals{node=redis}', fromS, toS);
    // 7,500 waits of M/D/1 have a standard error of 3 %; at 90 % they hang together for a hundred turns, and it is 8 %.
    const expectedMs = (readsPerS: number) => 1000 * md1(readsPerS, cache.command / 1e6).meanWaitS;
    expect(Math.abs(waitMs(5, 20) / expectedMs(500) - 1)).toBeLessThan(0.15);
    expect(Math.abs(waitMs(20, 40) / expectedMs(900) - 1)).toBeLessThan(0.35);
    expect(alone.rate('cache.hits{tier=redis}', 5, 40)).toBe(alone.rate('cache.gets{tier=redis}', 5, 40));
    expect(alone.rate(lost, 0, 40)).toBe(0);
    expect(alone.rate('cache.misses{tier=redis,cause=cache-down}', 43, 60)).toBeGreaterThan(200);
    expect(alone.rate('database.reads', 43, 60)).toBeGreaterThan(350);
    expect(alone.rate('requests.completed', 50, 60)).toBeLessThan(100);
    expect(alone.rate('requests.completed', 62, 90), 'half a minute after the rush').toBe(0);

    const both = Lane.other('redis-at-its-limit', 90);
    expect(both.rate(lost, 0, 90)).toBe(0);
    expect(both.rate('node.arrivals{node=redis}', 43, 60)).toBeLessThan(0.8 * 1000);
  });

  it('cache-makes-it-worse: reads and writes pay for a second trip, and one read in twenty has something of it', () => {
    const withCache = new Lane('cache-makes-it-worse', 90);
    const without = Lane.other('cache-makes-it-worse', 90);
    const { cache, database } = withCache.scenario;
    const tripMs = (2 * cache.link + cache.command) / 1000;
    const queryMs = (2 * database.link + database.read) / 1000;
    // 2,400 reads: 0.45 points of hit ratio, and 0.03 ms between two means of exponential queries.
    const hits = withCache.share('cache.hits{tier=redis}', 'cache.gets{tier=redis}', 10, 90);
    expect(Math.abs(hits - 0.05)).toBeLessThan(0.02);
    const lossMs = tripMs + 0.95 * (queryMs + tripMs) - queryMs;
    expect(Math.abs(withCache.readMs(10, 90) - without.readMs(10, 90) - lossMs)).toBeLessThan(0.25);
    const writeMs = (lane: Lane) => lane.share('write.latency', 'writes.completed', 10, 90) / 1000;
    expect(Math.abs(writeMs(withCache) - writeMs(without) - tripMs)).toBeLessThan(0.1);
    expect(without.rate('reads.stale', 0, 90)).toBe(0);
  });
});
