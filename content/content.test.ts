/**
 * Every scenario is valid, and what its title, summary and lanes promise really happens, on its own seed. Every number that
 * the first lesson states is computed from the run it speaks of and looked for in its text.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { Session } from '../src/host/Session.ts';
import { ladder } from '../src/nodes/ladder.ts';
import { expectedOf } from '../src/scenario/expected.ts';
import { parseScenario } from '../src/scenario/parseScenario.ts';
import { applyPatch, type Patch } from '../src/scenario/patch.ts';
import { formatProblem } from '../src/scenario/problems.ts';
import { readActions } from '../src/scenario/readActions.ts';
import { readScenario } from '../src/scenario/readScenario.ts';
import type { Scenario, ScenarioInput } from '../src/scenario/schema.ts';
import { settingInfo } from '../src/scenario/settings.ts';
import { FLAG, OP, OUTCOME } from '../src/spans/codes.ts';
import { type Row, rowAt } from '../src/spans/columns.ts';
import { stampedeFetches } from '../src/theory/stampede.ts';

const folder = fileURLToPath(new URL('scenarios/', import.meta.url));
const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
const lost = ['requests.timed-out', 'requests.rejected', 'requests.failed'];

function load(id: string): { scenario: Scenario; input: ScenarioInput } {
  const file = `content/scenarios/${id}.yaml`;
  const parsed = parseScenario(readFileSync(`${folder}${id}.yaml`, 'utf8'), { file });
  if ('problems' in parsed) throw new Error(parsed.problems.map(formatProblem).join('\n'));
  return parsed;
}

/** One lane of a scenario, run up to a second; its figures by half-open ranges of seconds. */
class Lane {
  readonly scenario: Scenario;
  private readonly session: Session;
  private readonly batch: ReturnType<Session['take']>;

  constructor(id: string, untilS: number, patch: Patch = {}, acts: unknown[] = []) {
    const read = readScenario(applyPatch(load(id).input, patch));
    if ('problems' in read) throw new Error(read.problems.map(formatProblem).join('\n'));
    const actions = readActions(acts, read.scenario);
    if ('problems' in actions) throw new Error(actions.problems.map(formatProblem).join('\n'));
    this.scenario = read.scenario;
    this.session = new Session(read.scenario, actions.actions);
    this.session.advance(untilS * 1e6);
    this.batch = this.session.take();
  }

  /** Lanes A and B as the scenario compares them. */
  static both(id: string, untilS: number): [Lane, Lane] {
    return [new Lane(id, untilS), new Lane(id, untilS, load(id).scenario.view.compare)];
  }

  /** The values of a column in the windows of a range. */
  windows(column: string, fromS: number, toS: number): number[] {
    const { metrics } = this.session.world;
    const { values, count } = this.batch.windows;
    const { window } = this.scenario;
    const first = (fromS * 1e6) / window;
    const last = Math.min(count, (toS * 1e6) / window);
    const at = metrics.index(column);
    return Array.from({ length: last - first }, (_, k) => values[(first + k) * metrics.columns.length + at]);
  }

  sum(columns: string | string[], fromS: number, toS: number): number {
    return [columns].flat().reduce((sum, id) => sum + this.windows(id, fromS, toS).reduce((a, b) => a + b, 0), 0);
  }

  /** Events a second. */
  rate(columns: string | string[], fromS: number, toS: number): number {
    return this.sum(columns, fromS, toS) / (toS - fromS);
  }

  max(column: string, fromS: number, toS: number): number {
    return Math.max(...this.windows(column, fromS, toS));
  }

  mean(column: string, fromS: number, toS: number): number {
    const values = this.windows(column, fromS, toS);
    return values.reduce((a, b) => a + b, 0) / values.length;
  }

  /** One sum over another. */
  share(part: string, whole: string, fromS: number, toS: number): number {
    return this.sum(part, fromS, toS) / this.sum(whole, fromS, toS);
  }

  hitRatio(fromS: number, toS: number): number {
    return this.share('cache.hits{tier=redis}', 'cache.gets{tier=redis}', fromS, toS);
  }

  staleShare(fromS: number, toS: number): number {
    return this.share('reads.stale', 'reads.completed', fromS, toS);
  }

  /** Mean time of reads, ms. */
  readMs(fromS: number, toS: number): number {
    return this.share('read.latency', 'reads.completed', fromS, toS) / 1000;
  }

  /** Every finished row. */
  rows(): Row[] {
    const { closed } = this.batch;
    return Array.from({ length: closed.length }, (_, index) => rowAt(closed, index));
  }
}

describe('the library', () => {
  const all = files.map((name) => load(name.replace('.yaml', '')));

  it('has files named for their scenarios, and no title twice', () => {
    expect(all.map(({ scenario }) => `${scenario.id}.yaml`)).toEqual(files);
    // A figure that belongs to a lesson may be called what a system of the gallery is.
    const listed = all.filter(({ scenario }) => scenario.listed);
    expect(new Set(listed.map(({ scenario }) => scenario.title)).size).toBe(listed.length);
    expect(files.length).toBeGreaterThanOrEqual(14);
  });

  it.each(all.map((one) => [one.scenario.id, one] as const))('%s can be watched', (id, { scenario, input }) => {
    const { view, traffic } = scenario;
    for (const knob of view.knobs) {
      expect(settingInfo(knob), knob).toBeDefined();
      if (knob.startsWith('traffic.')) expect(Object.keys(traffic)).toContain(knob.split('.')[1]);
    }
    expect(view.knobs.length).toBeGreaterThanOrEqual(3);
    expect(view.knobs.length).toBeLessThanOrEqual(7);
    expect(view.charts).toHaveLength(4);
    expect(input.view?.try ?? '', 'a sentence that says what to try').not.toBe('');
    expect(view.at).toBeLessThan(scenario.duration);
    expect(view.compareTitles === undefined).toBe(view.compare === undefined);
    // A lesson's figure may be slow, so that single requests can be followed, and begins where it is shown.
    const fromS = scenario.listed ? 0 : Math.floor(view.at / 1e6);
    const lanes = view.compare === undefined ? [new Lane(id, fromS + 5)] : Lane.both(id, fromS + 5);
    for (const lane of lanes)
      expect(lane.sum('requests.completed', fromS, fromS + 5)).toBeGreaterThan(scenario.listed ? 20 : 0);
  });
});

describe('what the scenarios promise', () => {
  it('home: the database answers a tenth, could not answer half, and falls over without the cache', () => {
    const acts = [{ at: '22s', do: 'set', path: 'pattern.read', value: 'none' }];
    const lane = new Lane('home', 30, {}, acts);
    const { database, traffic } = lane.scenario;
    expect((database.slots * 1e6) / database.read / traffic.readers.rate).toBeLessThan(0.5);
    expect(lane.rate('database.reads', 18, 22)).toBeLessThan(0.15 * traffic.readers.rate);
    expect(lane.sum(lost, 0, 22)).toBe(0);
    expect(lane.rate(lost, 28, 30)).toBeGreaterThan(300);
  });

  it('cache-aside-basics: a hit is one call, a miss three, a write two; and misses of every cause but a full cache', () => {
    const rows = new Lane('cache-aside-basics', 120).rows();
    const calls = new Map<number, string[]>();
    const names = Object.entries(OP);
    for (const row of rows) {
      if (row.parent === 0) continue;
      const name = names.find(([, code]) => code === row.op)?.[0] ?? '';
      calls.set(row.request, [...(calls.get(row.request) ?? []), name]);
    }
    const kinds = (op: number, outcome: number) =>
      new Set(
        rows.filter((row) => row.op === op && row.outcome === outcome).map((row) => calls.get(row.request)?.join(' ')),
      );
    expect([...kinds(OP['request.read'], OUTCOME.hit)]).toEqual(['cache.get']);
    expect([...kinds(OP['request.read'], OUTCOME.miss)]).toEqual(['cache.get database.read cache.set']);
    expect([...kinds(OP['request.write'], OUTCOME.ok)]).toEqual(['database.write cache.delete']);
    expect(
      new Set(rows.filter((row) => row.op === OP['cache.get'] && row.cause > 0).map((row) => row.cause)).size,
    ).toBe(3);
  });

  it('ttl-sweep: the long life has more hits and more old answers, each no older than its life', () => {
    const [a, b] = Lane.both('ttl-sweep', 120);
    // Writes leave entries alone here, so the closed form of TTL caches holds; 1 % is six standard errors at 36,000 look-ups.
    expect(Math.abs(a.hitRatio(60, 120) - (expectedOf(a.scenario).hitRatio?.value ?? 0))).toBeLessThan(0.02);
    expect(b.hitRatio(60, 120)).toBeGreaterThan(a.hitRatio(60, 120) + 0.2);
    expect(b.staleShare(60, 120)).toBeGreaterThan(2 * a.staleShare(60, 120));
    expect(a.staleShare(60, 120)).toBeGreaterThan(0.01);
    // The age counts from the write, the life from the store after it: a trip of some ms may lie between.
    expect(a.max('stale.age.max', 0, 120)).toBeLessThan(5.2e6);
    expect(b.max('stale.age.max', 0, 120)).toBeLessThan(60.2e6);
  });

  it('jitter-off-on: the wave of expired keys is at least three times as high without jitter', () => {
    const expired = 'cache.misses{tier=redis,cause=expired}';
    const [a, b] = Lane.both('jitter-off-on', 48);
    const peak = (lane: Lane) => Math.max(...Array.from({ length: 19 }, (_, k) => lane.sum(expired, 29 + k, 30 + k)));
    // 900 keys within 2 s against 900 within 15 s would be 7.5; readers of the tail come late, so less is left.
    expect(peak(a)).toBeGreaterThan(3 * peak(b));
    expect(a.max('node.queue.max{node=database}', 29, 48)).toBeGreaterThan(
      3 * b.max('node.queue.max{node=database}', 29, 48),
    );
    expect(a.max('read.latency.p99', 29, 48)).toBeGreaterThan(3 * b.max('read.latency.p99', 29, 48));
  });

  it('hot-key: a stampede of 1 + λD queries in both lanes', () => {
    for (const lane of Lane.both('hot-key', 13)) {
      const { cache, database, traffic } = lane.scenario;
      const rebuildS = (2 * cache.link + cache.command + 2 * database.link + database.read) / 1e6;
      const fetches = stampedeFetches(1200 * traffic.readers.hotShare, rebuildS);
      // Readers in a fixed time are Poisson: four standard deviations. Nobody else is there to expire.
      expect(Math.abs(lane.sum('cache.misses{tier=redis,cause=expired}', 0, 13) - fetches)).toBeLessThan(
        4 * Math.sqrt(fetches),
      );
    }
  });

  it('database-overload: line, then connections, then readers, and errors long after the rush', () => {
    const lane = new Lane('database-overload', 95);
    const allConnections = lane.scenario.database.pool;
    expect(lane.sum(lost, 0, 30)).toBe(0);
    expect(lane.mean('node.queue{node=database}', 2, 10)).toBeLessThan(5);
    expect(lane.mean('node.queue{node=database}', 20, 30)).toBeGreaterThan(40);
    expect(lane.mean('pool.busy{node=app1}', 42, 50)).toBeGreaterThan(0.99 * allConnections);
    expect(lane.rate(lost, 44, 50)).toBeGreaterThan(100);
    // 160 a second arrive again, of 200 that could be done; the work for those who left goes first.
    expect(lane.rate(lost, 55, 65)).toBeGreaterThan(100);
    expect(lane.sum(lost, 85, 95)).toBe(0);
  });

  it('cache-flushed-at-peak: the same command is a disaster at noon and nothing at night', () => {
    const [noon, night] = Lane.both('cache-flushed-at-peak', 56);
    expect(noon.hitRatio(26, 30)).toBeGreaterThan(0.9);
    expect(noon.sum(lost, 26, 30)).toBe(0);
    expect(noon.sum(lost, 30, 50)).toBeGreaterThan(1000);
    expect(noon.rate('database.reads', 26, 30)).toBeLessThan(0.1 * 1000);
    expect(night.hitRatio(30, 34)).toBeLessThan(night.hitRatio(26, 30) - 0.1);
    expect(night.sum(lost, 0, 56)).toBe(0);
    expect(noon.sum(lost, 52, 56), 'it comes back by itself').toBe(0);
  });

  it('two-servers-going-stale: only the other server is behind, and no longer than a copy lives', () => {
    const [a, b] = Lane.both('two-servers-going-stale', 120);
    expect(a.staleShare(10, 120)).toBeGreaterThan(0.05);
    expect(b.staleShare(10, 120)).toBeLessThan(a.staleShare(10, 120) / 3);
    expect(a.max('stale.age.max', 0, 120)).toBeLessThan(8.1e6);
    expect(b.max('stale.age.max', 0, 120)).toBeLessThan(1.1e6);
    const rows = a.rows();
    const writers = new Map<string, number>();
    for (const row of rows) if (row.op === OP['request.write']) writers.set(`${row.key}/${row.version}`, row.node);
    const stale = rows.filter((row) => row.op === OP['request.read'] && (row.flags & FLAG.stale) !== 0);
    const byWriter = stale.filter((row) => writers.get(`${row.key}/${row.version + 1}`) === row.node);
    expect(stale.length).toBeGreaterThan(500);
    expect(byWriter.length / stale.length).toBeLessThan(0.05);
  });

  it('scan-against-lru: LRU loses its readers’ hits to the export, LFU keeps them', () => {
    const [lru, lfu] = Lane.both('scan-against-lru', 46);
    const drop = (lane: Lane) => lane.hitRatio(22, 30) - lane.hitRatio(38, 39);
    expect(drop(lru)).toBeGreaterThan(0.15);
    expect(drop(lfu)).toBeLessThan(drop(lru) / 4);
    expect(lru.hitRatio(43, 46), 'LRU recovers when the job is over').toBeGreaterThan(lru.hitRatio(22, 30) - 0.03);
  });

  it('missing-ids: what does not exist always reaches the database, and it falls over', () => {
    const [exist, missing] = Lane.both('missing-ids', 40);
    const rows = missing.rows().filter((row) => row.op === OP['request.read'] && (row.flags & FLAG.missingKey) !== 0);
    expect(rows.length).toBeGreaterThan(1000);
    expect(rows.filter((row) => row.outcome === OUTCOME.hit)).toEqual([]);
    expect(exist.rate('database.reads', 30, 40)).toBeLessThan(60);
    expect(exist.sum(lost, 0, 40)).toBe(0);
    expect(missing.mean('node.busy{node=database}', 20, 40)).toBeGreaterThan(7.9);
    expect(missing.rate(lost, 30, 40)).toBeGreaterThan(100);
  });

  it('shifting-favourites: LFU is ahead until the favourites change, and behind from then on', () => {
    const [lfu, lru] = Lane.both('shifting-favourites', 60);
    expect(lfu.hitRatio(10, 20)).toBeGreaterThan(lru.hitRatio(10, 20) + 0.03);
    expect(lru.hitRatio(40, 60)).toBeGreaterThan(lfu.hitRatio(40, 60) + 0.15);
  });

  it('forgotten-invalidation: the time to live is all that ends an old price', () => {
    const [told, deleted] = Lane.both('forgotten-invalidation', 120);
    expect(told.staleShare(30, 120)).toBeGreaterThan(0.3);
    expect(told.max('stale.age.max', 0, 120)).toBeGreaterThan(25e6);
    expect(told.max('stale.age.max', 0, 120)).toBeLessThan(30.2e6);
    // Not quite none: a reader may store the row that it fetched just before the change.
    expect(deleted.staleShare(30, 120)).toBeLessThan(told.staleShare(30, 120) / 40);
  });

  it('redis-down: one database carries the load alone, the other does not', () => {
    const [able, unable] = Lane.both('redis-down', 60);
    for (const lane of [able, unable]) expect(lane.hitRatio(20, 35)).toBe(0);
    expect(able.sum(lost, 0, 60)).toBe(0);
    expect(able.max('read.latency.p99', 20, 35)).toBeLessThan(300_000);
    expect(unable.rate(lost, 25, 35)).toBeGreaterThan(200);
    expect(unable.sum(lost, 0, 20)).toBe(0);
    expect(unable.sum(lost, 50, 60)).toBe(0);
  });

  it('least-connections-vs-round-robin: counting passes the slow server by, taking turns does not', () => {
    const [turns, fewest] = Lane.both('least-connections-vs-round-robin', 50);
    const toSlow = (lane: Lane) => lane.share('node.arrivals{node=app2}', 'requests.arrived', 25, 50);
    expect(toSlow(turns)).toBeCloseTo(1 / 3, 2);
    expect(toSlow(fewest)).toBeLessThan(0.2);
    expect(turns.sum(lost, 20, 50)).toBeGreaterThan(1000);
    expect(fewest.sum(lost, 20, 50)).toBe(0);
    expect(fewest.max('read.latency.p99', 20, 50)).toBeLessThan(200_000);
  });
});

describe('Why a cache', () => {
  const mdx = readFileSync(
    fileURLToPath(new URL('lessons/01-why-cache/01-why-a-cache/index.mdx', import.meta.url)),
    'utf8',
  );
  const prose = mdx.replaceAll('&nbsp;', ' ').replaceAll(/\s+/g, ' ');
  const says = (text: string) => expect(prose).toContain(text);
  const grouped = (count: number) => String(count).replace(/\B(?=(\d{3})+$)/, ',');

  it('counts the morning right', () => {
    const calm = new Lane('lesson-why-calm', 60);
    const queries = calm.rows().filter((row) => row.op === OP['database.read'] && row.leave <= 60e6);
    const favourite = queries.filter((row) => row.key === 0).length;
    says(`answers ${grouped(queries.length)} queries`);
    says(`only ${new Set(queries.map((row) => row.key)).size} different menus`);
    says(`favourite alone is fetched ${favourite} times`);
    says(`A page takes ${calm.readMs(0, 60).toFixed(0)} ms`);
    expect(calm.mean('node.busy{node=database}', 0, 60).toFixed(0)).toBe('6');
    expect(calm.mean('node.queue{node=database}', 0, 60)).toBeLessThan(0.1);
    const { slots, read } = calm.scenario.database;
    says(
      `With twelve places and ${read / 1000} ms a query, this database can finish ${(slots * 1e6) / read} queries a second`,
    );
  });

  it('finds the seconds of noon in the line', () => {
    const rush = new Lane('lesson-why-rush', 42);
    expect((rush.readMs(40, 41) / 1000).toFixed(0)).toBe('8');
    const longer = new Lane('lesson-why-rush', 72, { duration: '80s' });
    expect(longer.readMs(70, 71) / rush.readMs(40, 41), 'a minute into the rush').toBeCloseTo(2, 0);
    says(`After half a minute ${rush.mean('node.queue{node=database}', 40, 41).toFixed(0)} queries stand there`);
    expect(rush.mean('node.queue{node=database}', 40, 41) / 80).toBeGreaterThan(10);
    expect(rush.rate('requests.arrived', 10, 42)).toBeCloseTo(110, -1);
    expect(rush.rate('database.reads', 10, 42)).toBeCloseTo(80, -1);
    // The query itself is as quick as before: exponential, so its mean over thousands has an error of 2 %.
    const served = rush.rows().filter((row) => row.op === OP['database.read'] && row.service > 12e6);
    const mean = served.reduce((sum, row) => sum + row.leave - row.service, 0) / served.length;
    expect(Math.abs(mean / 150_000 - 1)).toBeLessThan(0.06);
  });

  it('tells what the cache takes away', () => {
    const lane = new Lane('lesson-why-cache', 180);
    const firstS = (column: string, is: (value: number) => boolean) =>
      42 + lane.windows(column, 42, 180).findIndex(is) / 4;
    expect((firstS('cache.hits{tier=redis}', (hits) => hits > 0) - 42).toFixed(0)).toBe('12');
    expect(firstS('node.queue{node=database}', (line) => line < 1).toFixed(0), '12:01:09').toBe('79');
    expect(lane.rate('database.reads', 80, 100), 'the bet: between 1 and 20').toBeCloseTo(6, 0);
    expect(lane.rate('database.reads', 114, 180), '11 or 12').toBeCloseTo(11.5, 0);
    says(`In the last minute of the run ${(100 * lane.hitRatio(120, 180)).toFixed(0)} % of all look-ups hit`);
    const reaches = lane.rate('database.reads', 120, 180).toFixed(0);
    says(`Of ${lane.rate('requests.arrived', 120, 180).toFixed(0)} readers a second, ${reaches} are left`);
    const reads = lane.rows().filter((row) => row.op === OP['request.read'] && row.start >= 120e6);
    const meanMs = (outcome: number) => {
      const those = reads.filter((row) => row.outcome === outcome);
      return (those.reduce((sum, row) => sum + row.end - row.start, 0) / those.length / 1000).toFixed(0);
    };
    says(`a hit takes ${meanMs(OUTCOME.hit)} ms`);
    says(`A miss takes ${meanMs(OUTCOME.miss)} ms`);
    says(`11 wait 163 ms: ${lane.readMs(120, 180).toFixed(0)} ms in all`);
    const { link, command } = lane.scenario.cache;
    expect((2 * (2 * link + command)) / 1000, 'the look and the copy').toBeCloseTo(1, 1);
  });

  it('tells what age costs', () => {
    const old = new Lane('lesson-why-old', 180);
    const short = new Lane('lesson-why-old', 180, { 'cache.ttl': '5s' });
    const deleting = new Lane('lesson-why-old', 180, { 'pattern.write': 'cache-aside' });
    expect((100 * old.staleShare(40, 180)).toFixed(0), 'Nineteen per cent').toBe('19');
    expect(old.staleShare(10, 45), 'the bet').toBeCloseTo(0.2, 1);
    says(`the oldest has been wrong for ${(old.max('stale.age.max', 0, 180) / 1e6).toFixed(0)} s`);
    expect(old.rate('database.writes', 40, 180)).toBeCloseTo(1 / 3, 1);
    says(`Now ${(100 * short.staleShare(40, 180)).toFixed(0)} % are old`);
    const queries = (lane: Lane) => lane.rate('database.reads', 40, 180).toFixed(1);
    says(`${queries(short)} a second in place of ${queries(old)}`);
    expect(deleting.staleShare(40, 180)).toBe(0);
    says(`the database has ${queries(deleting)} queries a second`);
  });

  it('shows the ladder that the model starts from', () => {
    const us = (value: number) =>
      value < 1 ? `${value * 1000} ns` : value < 1000 ? `${value} µs` : `${value / 1000} ms`;
    const steps = [
      ladder.memory,
      ladder.inProcess,
      ladder.ssd,
      ladder.redis,
      ladder.indexedQuery,
      ladder.crossRegion,
      ladder.coldQuery,
    ];
    for (const { title, lowUs, typicalUs, highUs } of steps) {
      const [low, high] = [us(lowUs), us(highUs)];
      const unit = high.split(' ')[1];
      const range = low === high ? low : low.endsWith(` ${unit}`) ? `${low.split(' ')[0]}–${high}` : `${low}–${high}`;
      says(`| ${title} | ${us(typicalUs)} | ${range} |`);
    }
  });
});
