/**
 * The simulation against closed forms that know nothing of it. Every row runs several seeds; the standard deviation of
 * their mean is estimated from the seeds themselves (independent replications: Law, "Simulation Modeling and Analysis",
 * §9.5), and theory may lie five of them away. A row whose five standard deviations exceed its stated precision fails
 * too: such a row could not tell right from wrong.
 */
import { describe, expect, it } from 'vitest';
import type { Scenario, ScenarioInput } from '../scenario/schema.ts';
import { scenarioSchema } from '../scenario/schema.ts';
import { OP, OUTCOME } from '../spans/codes.ts';
import type { Columns } from '../spans/columns.ts';
import {
  closedSystem,
  fifoExactHitRatio,
  fifoHitRatio,
  groupPopulation,
  jitteredTtlHitRatio,
  lossQueue,
  lruExactHitRatio,
  lruHitRatio,
  md1,
  mm1,
  mmc,
  populationHitRatio,
  staleHitShare,
  stampedeFetches,
  ttlHitRatio,
  uncoalescedShares,
  zipfShares,
  zipfTopShare,
} from '../theory/index.ts';
import { type Session, simulate } from './Session.ts';

/** A world in which nothing takes time but what a row switches on, and nothing is too small. */
function openWorld(seed: number, changes: Partial<ScenarioInput>): Scenario {
  const input: ScenarioInput = {
    scenario: 1,
    id: 'theory',
    title: 'Theory',
    seed,
    duration: '60s',
    window: '1h',
    traffic: { readers: {} },
    ...changes,
    clients: { link: '0s', timeout: 'none' },
    balancer: { link: '0s' },
    app: { servers: 1, workers: 5000, queue: 1_000_000, cpu: '0s' },
    cache: { link: '0s', command: '0s', timeout: 'none', ttl: 'none', capacity: 5_000_000, ...changes.cache },
    database: {
      link: '0s',
      pool: 5000,
      slots: 5000,
      queue: 1_000_000,
      read: '0s',
      write: '0s',
      timeout: 'none',
      ...changes.database,
    },
  };
  return scenarioSchema.parse(input);
}

interface Run {
  session: Session;
  rows: Columns;
  total: (id: string) => number;
}

/** What is measured of each of several seeds, 1 and up. */
function replicate<T>(seeds: number, changes: Partial<ScenarioInput>, measure: (run: Run) => T): T[] {
  return Array.from({ length: seeds }, (_, index) => {
    const { session, batch } = simulate(openWorld(index + 1, changes));
    return measure({ session, rows: batch.closed, total: (id) => batch.totals[session.world.metrics.index(id)] });
  });
}

/** Theory within five standard deviations of the mean over the seeds, these being at most `precision` of the theory. */
function expectTheory(samples: readonly number[], theory: number, precision: number): void {
  const count = samples.length;
  const mean = samples.reduce((sum, value) => sum + value, 0) / count;
  const squares = samples.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
  const deviation = Math.sqrt(squares / (count - 1) / count);
  expect(5 * deviation, 'precision of the row').toBeLessThanOrEqual(precision * theory);
  expect(Math.abs(mean - theory), `mean ${mean}, theory ${theory}`).toBeLessThanOrEqual(5 * deviation);
}

/** Mean of a difference of times over the rows of one operation that began after `fromUs`, in seconds. */
function meanS({ rows }: Run, op: number, from: 'arrive' | 'start', to: 'service' | 'end', fromUs = 5e6): number {
  let [sum, count] = [0, 0];
  for (let index = 0; index < rows.length; index++) {
    if (rows.op[index] !== op || rows.start[index] < fromUs || rows.service[index] === Number.POSITIVE_INFINITY)
      continue;
    sum += rows[to][index] - rows[from][index];
    count++;
  }
  return sum / count / 1e6;
}

/** Share of hits among look-ups of the shared cache that began after `fromUs`. */
function hitRatio({ rows }: Run, fromUs = 0): number {
  let [hits, gets] = [0, 0];
  for (let index = 0; index < rows.length; index++) {
    if (rows.op[index] !== OP['cache.get'] || rows.start[index] < fromUs) continue;
    gets++;
    if (rows.outcome[index] === OUTCOME.hit) hits++;
  }
  return hits / gets;
}

const wait = (run: Run) => meanS(run, OP['database.read'], 'arrive', 'service');
const uncached: Partial<ScenarioInput> = { pattern: { read: 'none' } };

describe('queues', () => {
  it('M/M/1: the wait at 80 % load', () => {
    const changes = {
      ...uncached,
      traffic: { readers: { rate: '160/s', count: 1 } },
      database: { slots: 1, read: '5ms' },
    };
    expectTheory(replicate(20, changes, wait), mm1(160, 200).meanWaitS, 0.2);
  });

  it('M/M/1: the share of time that the server works, and the 99th percentile', () => {
    const changes = {
      ...uncached,
      duration: '200s',
      traffic: { readers: { rate: '100/s', count: 1 } },
      database: { slots: 1, read: '5ms' },
    };
    const runs = replicate(10, changes, ({ session: { world } }) => ({
      busy: world.database.node.station.busyArea / 200e6,
      p99: world.metrics.readLatency.quantile(99) / 1e6,
    }));
    const theory = mm1(100, 200);
    const busy = runs.map((run) => run.busy);
    expectTheory(busy, theory.utilisation, 0.05);
    const p99 = runs.map((run) => run.p99);
    expectTheory(p99, theory.sojournP99S, 0.1);
  });

  it('M/M/4, Erlang C: the wait and the share that waits', () => {
    const changes = {
      ...uncached,
      duration: '25s',
      traffic: { readers: { rate: '640/s', count: 1 } },
      database: { slots: 4, read: '5ms' },
    };
    const theory = mmc({ arrivalsPerS: 640, servicePerS: 200, servers: 4 });
    const late = ({ rows }: Run) => {
      let [waited, count] = [0, 0];
      for (let index = 0; index < rows.length; index++) {
        if (rows.op[index] !== OP['database.read']) continue;
        count++;
        if (rows.service[index] > rows.arrive[index]) waited++;
      }
      return waited / count;
    };
    const runs = replicate(15, changes, (run) => ({ wait: wait(run), late: late(run) }));
    const waits = runs.map((run) => run.wait);
    expectTheory(waits, theory.meanWaitS, 0.2);
    const shares = runs.map((run) => run.late);
    expectTheory(shares, theory.probabilityOfWaiting, 0.06);
  });

  it('M/D/1: half the wait of M/M/1', () => {
    const changes = {
      ...uncached,
      traffic: { readers: { rate: '160/s', count: 1 } },
      database: { slots: 1, read: '5ms', shape: 'constant' },
    } as const;
    expectTheory(replicate(20, changes, wait), md1(160, 0.005).meanWaitS, 0.1);
  });

  it('M/D/1 at the command thread of the cache', () => {
    const changes = { duration: '12s', traffic: { readers: { rate: '800/s', count: 1 } }, cache: { command: '1ms' } };
    const waitAtCache = (run: Run) => meanS(run, OP['cache.get'], 'arrive', 'service', 1e6);
    // After the first miss every read is one look-up of one constant millisecond.
    expectTheory(replicate(14, changes, waitAtCache), md1(800, 0.001).meanWaitS, 0.15);
  });

  it('M/M/c/K: the share that finds a full line', () => {
    const changes = {
      ...uncached,
      duration: '8s',
      traffic: { readers: { rate: '1000/s', count: 1 } },
      database: { slots: 4, queue: 6, read: '5ms' },
    };
    const rejected = ({ total }: Run) => total('requests.rejected') / total('requests.arrived');
    const theory = lossQueue({ arrivalsPerS: 1000, servicePerS: 200, servers: 4, queueCapacity: 6 });
    expectTheory(replicate(10, changes, rejected), theory.rejectedShare, 0.08);
  });

  it('closed users: throughput and response when the slots are the bottleneck', () => {
    const changes = {
      ...uncached,
      duration: '30s',
      traffic: { users: { arrivals: 'closed', users: 30, think: '100ms', count: 1 } },
      database: { slots: 2, read: '10ms' },
    } as const;
    const theory = closedSystem({ users: 30, thinkS: 0.1, serviceS: 0.01, servers: 2 });
    const runs = replicate(12, changes, (run) => ({
      throughput: run.total('reads.completed') / 30,
      response: meanS(run, OP['request.read'], 'start', 'end', 2e6),
    }));
    const throughput = runs.map((run) => run.throughput);
    expectTheory(throughput, theory.throughputPerS, 0.04);
    const response = runs.map((run) => run.response);
    expectTheory(response, theory.meanResponseS, 0.08);
  });

  it('a pool of connections is a queue of its own', () => {
    const changes = {
      ...uncached,
      traffic: { readers: { rate: '160/s', count: 1 } },
      database: { pool: 1, read: '5ms' },
    };
    const waitForConnection = ({ session }: Run) => session.world.servers[0].pool.waitingArea / 1e6 / (160 * 60);
    expectTheory(replicate(20, changes, waitForConnection), mm1(160, 200).meanWaitS, 0.25);
  });
});

describe('time to live', () => {
  it('λT/(1+λT) for each key of a small population', () => {
    const changes = {
      traffic: { readers: { rate: '100/s', count: 20, exponent: 1 } },
      cache: { ttl: '1s' },
    };
    const theory = populationHitRatio(groupPopulation(zipfShares(20, 1)), 100, (rate) => ttlHitRatio(rate, 1));
    expectTheory(
      replicate(10, changes, (run) => hitRatio(run)),
      theory,
      0.02,
    );
  });

  it('counts with its mean when it is jittered', () => {
    const changes = {
      traffic: { readers: { rate: '40/s', count: 20, keys: 'uniform' } },
      cache: { ttl: '500ms', jitter: '1s' },
    } as const;
    expectTheory(
      replicate(10, changes, (run) => hitRatio(run)),
      jitteredTtlHitRatio(2, 0.5, 1.5),
      0.02,
    );
  });

  it('begins when the value is stored: misses while it is rebuilt, and what they do to its end', () => {
    const changes = {
      traffic: { readers: { rate: '20/s', count: 1 } },
      cache: { ttl: '1s' },
      database: { read: '200ms', shape: 'constant' },
    } as const;
    const fetches = ({ total }: Run) => total('database.reads') / total('reads.completed');
    expectTheory(replicate(30, changes, fetches), uncoalescedShares(20, 1, 0.2).originShare, 0.07);
  });

  it('lets 1+λD reads through when a hot key expires', () => {
    const changes = {
      duration: '2s',
      traffic: { readers: { rate: '1000/s', count: 1 } },
      database: { read: '200ms', shape: 'constant' },
      faults: [{ at: '1s', do: 'expire', key: 0 }],
    } as Partial<ScenarioInput>;
    const fetches = ({ rows }: Run) => {
      let count = 0;
      for (let index = 0; index < rows.length; index++) {
        if (rows.op[index] === OP['database.read'] && rows.start[index] >= 1e6) count++;
      }
      return count;
    };
    expectTheory(replicate(40, changes, fetches), stampedeFetches(1000, 0.2), 0.1);
  });

  it('serves stale what was written since the fill: 1−(1−e^{−uT})/(uT) of the hits', () => {
    const changes = {
      traffic: { readers: { rate: '40/s', count: 1 }, writers: { rate: '1/s', count: 1, writes: '100%' } },
      pattern: { write: 'write-around' },
      cache: { ttl: '1s' },
    } as const;
    const staleShare = ({ total }: Run) => total('reads.stale') / total('cache.hits{tier=redis}');
    expectTheory(replicate(25, changes, staleShare), staleHitShare(1, 1), 0.15);
  });

  it('serves nothing stale when the writer deletes and nothing takes time', () => {
    const changes = {
      traffic: { readers: { rate: '100/s', count: 1 }, writers: { rate: '5/s', count: 1, writes: '100%' } },
    };
    const [invalidated] = replicate(1, changes, ({ total }) => {
      expect(total('reads.stale')).toBe(0);
      return total('cache.misses{tier=redis,cause=invalidated}');
    });
    expect(invalidated).toBeGreaterThan(200);
  });
});

describe('eviction', () => {
  const tiny = (eviction: 'lru' | 'fifo' | 'random', capacity: number) =>
    replicate(
      10,
      {
        duration: '5s',
        traffic: { readers: { rate: '1000/s', count: 5, exponent: 1 } },
        cache: { capacity, eviction },
      },
      (run) => hitRatio(run, 100_000),
    );
  const shares = zipfShares(5, 1);

  it('LRU on five keys is what King says, for every capacity', () => {
    for (const capacity of [1, 2, 3, 4]) expectTheory(tiny('lru', capacity), lruExactHitRatio(shares, capacity), 0.06);
  });

  it('FIFO on five keys is what its product form says, and RANDOM is the same', () => {
    for (const capacity of [2, 3, 4]) {
      const theory = fifoExactHitRatio(shares, capacity);
      expectTheory(tiny('fifo', capacity), theory, 0.06);
      expectTheory(tiny('random', capacity), theory, 0.06);
    }
  });

  const thousand = (eviction: 'lru' | 'fifo' | 'random' | 'lfu', seeds: number) =>
    replicate(
      seeds,
      {
        duration: '20s',
        traffic: { readers: { rate: '1000/s', count: 1000, exponent: 0.8 } },
        cache: { capacity: 100, eviction },
      },
      (run) => hitRatio(run, 2e6),
    );
  const population = groupPopulation(zipfShares(1000, 0.8));

  it('LRU on a thousand keys is what Che says', () => {
    expectTheory(thousand('lru', 12), lruHitRatio(population, 100), 0.03);
  });

  it('FIFO and RANDOM on a thousand keys agree with the FIFO approximation and with each other', () => {
    const theory = fifoHitRatio(population, 100);
    expectTheory(thousand('fifo', 8), theory, 0.03);
    expectTheory(thousand('random', 8), theory, 0.03);
  });

  it('LFU beats LRU under independent references and stays under the ideal', () => {
    const lfu = thousand('lfu', 3);
    const ideal = zipfTopShare(100, 1000, 0.8);
    for (const ratio of lfu) {
      expect(ratio).toBeGreaterThan(lruHitRatio(population, 100) * 1.1);
      expect(ratio).toBeLessThan(ideal + 5 * Math.sqrt((ideal * (1 - ideal)) / 18_000));
    }
  });

  it('the most popular keys get the reads that Zipf gives them', () => {
    const changes = {
      ...uncached,
      duration: '20s',
      traffic: { readers: { rate: '1000/s', count: 1000, exponent: 0.99 } },
    };
    const top = ({ rows }: Run) => {
      let [inside, count] = [0, 0];
      for (let index = 0; index < rows.length; index++) {
        if (rows.op[index] !== OP['request.read']) continue;
        count++;
        if (rows.key[index] < 100) inside++;
      }
      return inside / count;
    };
    expectTheory(replicate(8, changes, top), zipfTopShare(100, 1000, 0.99), 0.02);
  });
});
