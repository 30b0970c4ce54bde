import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { simulate } from '../host/Session.ts';
import { type ActionInput, actionSchema, type ScenarioInput, scenarioSchema } from '../scenario/schema.ts';
import { FLAG, OP, OUTCOME } from '../spans/codes.ts';
import { type Row, rowAt } from '../spans/columns.ts';

/** One counter, written and read by a metronome; nothing takes time but what a test switches on. */
const base: ScenarioInput = {
  scenario: 1,
  id: 'write-behind',
  title: 'Write-behind',
  duration: '2s',
  pattern: { write: 'write-behind' },
  traffic: { writers: { arrivals: 'constant', rate: '10/s', count: 1, writes: '100%', until: '150ms' } },
  clients: { link: '0s', timeout: 'none' },
  balancer: { link: '0s' },
  app: { servers: 1, workers: 1000, cpu: '0s' },
  cache: { link: '0s', command: '0s', ttl: 'none', timeout: '1s', capacity: 1_000_000 },
  database: { link: '0s', read: '1ms', write: '0s', shape: 'constant', pool: 20, slots: 20, timeout: '1s' },
  writeBehind: { every: '100ms', count: 1_000_000, row: '0s' },
};

function run(changes: Partial<ScenarioInput>, acts: ActionInput[] = []) {
  const scenario = scenarioSchema.parse({ ...base, ...changes });
  const { session, batch } = simulate(
    scenario,
    acts.map((act) => actionSchema.parse(act)),
  );
  // Only the rows that somebody asks for are made: a run has a hundred thousand of them.
  const rowsOf = (wanted: (op: number) => boolean): Row[] => {
    const rows: Row[] = [];
    for (const table of [batch.closed, batch.open])
      for (let index = 0; index < table.length; index++) if (wanted(table.op[index])) rows.push(rowAt(table, index));
    return rows.sort((a, b) => a.id - b.id);
  };
  const of = (op: number): Row[] => rowsOf((code) => code === op);
  const total = (id: string) => batch.totals[session.world.metrics.index(id)];
  return {
    rows: () => rowsOf(() => true),
    of,
    total,
    world: session.world,
    buffer: session.world.redis.services!.writes.buffer,
  };
}

const writers = (changes: ScenarioInput['traffic'][string]): ScenarioInput['traffic'] => ({
  writers: { rate: '200/s', keys: 'uniform', count: 1000, writes: '100%', ...changes },
});

/** Versions of all keys that the database lacks. */
function behind({ truth }: ReturnType<typeof run>['world'], keys: number): number {
  let missing = 0;
  for (let key = 0; key < keys; key++) missing += truth.version(key) - truth.storedVersion(key);
  return missing;
}

/** Within five standard deviations of the mean of independent samples. */
function expectMean(samples: number[], theory: number, precision: number): void {
  const mean = samples.reduce((sum, value) => sum + value, 0) / samples.length;
  const variance = samples.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (samples.length - 1);
  const five = 5 * Math.sqrt(variance / samples.length);
  expect(five).toBeLessThan(precision * theory);
  expect(Math.abs(mean - theory)).toBeLessThan(five);
}

describe('write-behind', () => {
  it('answers when the cache has it, and tells the database when the buffer is due', () => {
    const { rows: all, of, total } = run({ cache: { ...base.cache, link: '200us', command: '10us' } });
    const rows = all();
    expect(rows.map((row) => row.op)).toEqual([OP['request.write'], OP['cache.write'], OP['database.batch']]);
    const [request, write, batch] = rows;
    expect([write.version, write.end - write.start, request.end - request.start]).toEqual([2, 410, 410]);
    expect([batch.start, batch.detail]).toEqual([write.leave + 100_000, 1]);
    expect([of(OP['database.write']), total('database.writes'), total('writes.flushed')]).toEqual([[], 1, 1]);
  });

  it('sends a batch when so many keys wait, never more at once, and none later than it may', () => {
    const { of } = run({
      traffic: writers({ rate: '1000/s', until: '1700ms' }),
      writeBehind: { every: '100ms', count: 40, row: '10us' },
      database: { ...base.database, write: '5ms' },
    });
    const batches = of(OP['database.batch']);
    expect(Math.max(...batches.map((row) => row.detail))).toBe(40);
    expect(batches.length).toBeGreaterThan(35);
    for (const write of of(OP['cache.write'])) {
      const due = batches.some((row) => row.start >= write.leave && row.start <= write.leave + 100_000);
      expect(due).toBe(true);
    }
    for (const batch of batches) expect(batch.leave - batch.service).toBe(5000 + 10 * batch.detail);
    for (const [index, batch] of batches.entries())
      expect(index === 0 || batch.start >= batches[index - 1].end).toBe(true);
  });

  it('makes of many writes of a key one row: K(1 − e^(−x/K)) rows of x writes', () => {
    const [keys, perInterval] = [200, 200];
    const { of, total, buffer } = run({
      duration: '30s',
      traffic: writers({ rate: `${10 * perInterval}/s`, count: keys }),
    });
    const sizes = of(OP['database.batch']).map((row) => row.detail);
    // The first write of an interval is certain; the other keys are met by chance while it lasts.
    const theory = 1 + (keys - 1) * (1 - Math.exp(-perInterval / keys));
    expect(theory).toBeCloseTo(keys * (1 - Math.exp(-perInterval / keys)), -1);
    expectMean(sizes, theory, 0.03);
    expect(total('writes.accepted')).toBe(total('writes.flushed') + total('writes.coalesced') + buffer.keys);
  });

  it('makes light work of 10,000 writes a second to counters, under which the database alone breaks down', () => {
    const counters = { rate: '10000/s', count: 1000, keys: 'zipf', writes: '100%' } as const;
    const changes: Partial<ScenarioInput> = {
      duration: '3s',
      traffic: { counters },
      database: { link: '250us', slots: 8, write: '12ms', shape: 'exponential' },
      writeBehind: {},
    };
    const batched = run(changes);
    expect(batched.total('writes.completed')).toBeGreaterThan(0.98 * batched.total('requests.arrived'));
    expect(batched.total('database.writes')).toBeLessThan(40);
    expect(batched.total('node.busy{node=database}')).toBeLessThan(0.5);
    const direct = run({ ...changes, pattern: {} });
    expect(direct.total('writes.completed')).toBeLessThan(0.1 * direct.total('requests.arrived'));
    expect(direct.total('node.busy{node=database}')).toBeGreaterThan(7);
  });
});

describe('a crash of the cache', () => {
  // After a crash the buffer begins anew: the times between crashes differ by up to a whole interval, evenly.
  let atMs = 0;
  const crashes = Array.from({ length: 55 }, (_, index) => ({
    at: `${(atMs += 1000 + ((index * 65) % 106))}ms`,
    do: 'kill' as const,
    node: 'redis',
    for: '1ms',
  }));

  it('loses about w·F/2 of what it had promised', () => {
    const x = 200 * 0.1;
    const samples = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((seed) => {
      const { total, of } = run({ seed, duration: '60s', traffic: writers({}) }, crashes);
      const lost = of(OP['lose-writes']).reduce((sum, row) => sum + row.detail, 0);
      expect(total('writes.lost')).toBe(lost);
      return lost / crashes.length;
    });
    // The buffer is empty for 1/w on average, then fills at w for F: in the mean over time x(x + 2)/(2(x + 1)).
    const theory = (x * (x + 2)) / (2 * (x + 1));
    expect(theory / (x / 2)).toBeLessThan(1.05);
    expectMean(samples, theory, 0.15);
  });

  it('loses at most w·F', () => {
    const { of } = run({ duration: '60s', traffic: writers({ arrivals: 'constant' }) }, crashes);
    const lost = of(OP['lose-writes']).map((row) => row.detail);
    expect(lost.length).toBeGreaterThan(45);
    expect(Math.max(...lost)).toBeLessThanOrEqual(200 * 0.1);
  });

  it('loses nothing with the log, which every write pays for', () => {
    const { of, total, world, buffer } = run(
      { duration: '60s', traffic: writers({ until: '59s' }), writeBehind: { ...base.writeBehind, log: true } },
      crashes,
    );
    expect([total('writes.lost'), of(OP['lose-writes']).length]).toEqual([0, 0]);
    expect([behind(world, 1000), buffer.isEmpty]).toEqual([0, true]);
    const answered = of(OP['cache.write']).filter((row) => row.outcome === OUTCOME.ok);
    expect(answered.every((row) => row.end - row.start === 1000)).toBe(true);
    const replays = of(OP['log.append']).filter((row) => row.key < 0);
    expect(replays.length).toBeGreaterThan(45);
  });

  it('brings the old value back, and the oracle says so until the next write', () => {
    const traffic = {
      ...base.traffic,
      readers: { arrivals: 'constant', rate: '20/s', count: 1 } as const,
    };
    const { of, total } = run({ traffic }, [
      { at: '120ms', do: 'kill', node: 'redis', for: '1ms' },
      { at: '1020ms', do: 'ask', key: 0, write: true, traffic: 'writers' },
    ]);
    expect(total('writes.lost')).toBe(1);
    const reads = of(OP['request.read']).map((row) => [row.version, row.flags & FLAG.stale]);
    const [first, second, ...others] = reads;
    expect([first, second]).toEqual([
      [1, 0],
      [2, 0],
    ]);
    expect(others.slice(0, 18).every(([version, stale]) => version === 1 && stale === FLAG.stale)).toBe(true);
    expect(others.slice(18).every(([version, stale]) => version === 3 && stale === 0)).toBe(true);
  });

  it('does not lose the batch that is at the database already', () => {
    const slow = { ...base.database, write: '50ms' };
    const { total, world, buffer } = run({ database: slow }, [{ at: '220ms', do: 'kill', node: 'redis', for: '1ms' }]);
    expect([total('writes.lost'), behind(world, 1), buffer.stored, buffer.waitingWrites]).toEqual([0, 0, 1, 0]);
    const both = run({ database: slow }, [
      { at: '220ms', do: 'kill', node: 'redis', for: '1ms' },
      { at: '230ms', do: 'kill', node: 'database', for: '1ms' },
    ]);
    expect([both.total('writes.lost'), behind(both.world, 1), both.buffer.lost]).toEqual([1, 1, 1]);
  });

  it('fails writers while it lasts', () => {
    const { of } = run({}, [{ at: '0s', do: 'kill', node: 'redis' }]);
    expect(of(OP['request.write'])[0].outcome).toBe(OUTCOME.error);
    expect(of(OP['database.write'])).toHaveLength(0);
  });
});

describe('the buffer', () => {
  it('is looked in where the entry has been pushed out, and nothing older goes over it', () => {
    const traffic = {
      writers: { arrivals: 'constant', rate: '100/s', count: 3, keys: 'scan', writes: '100%', until: '45ms' },
    } as const;
    const { of } = run({ traffic, cache: { ...base.cache, capacity: 1 } }, [
      { at: '50ms', do: 'ask', key: 0, traffic: 'writers' },
      { at: '55ms', do: 'expire', key: 0 },
      { at: '60ms', do: 'flush' },
      { at: '70ms', do: 'ask', key: 0, traffic: 'writers' },
      { at: '71ms', do: 'ask', key: 1, traffic: 'writers' },
    ]);
    expect(of(OP['request.read']).map((row) => [row.outcome, row.version > 1])).toEqual([
      [OUTCOME.hit, true],
      [OUTCOME.hit, true],
      [OUTCOME.hit, true],
    ]);
  });

  it('keeps a batch that failed and tries again after a pause; a newer write wins', () => {
    const traffic = {
      writers: { arrivals: 'constant', rate: '10/s', count: 1, writes: '100%', until: '250ms' },
    } as const;
    const { of, total, world } = run({ traffic, writeBehind: { ...base.writeBehind, every: '70ms' } }, [
      { at: '0s', do: 'kill', node: 'database', for: '220ms' },
    ]);
    expect(of(OP['database.batch']).map((row) => [row.start, row.outcome])).toEqual([
      [170_000, OUTCOME.refused],
      [240_000, OUTCOME.ok],
    ]);
    expect([total('writes.coalesced'), total('writes.lost'), behind(world, 1)]).toEqual([1, 0, 0]);
  });

  it('is emptied when writes go another way from now on', () => {
    const { of, world } = run({ writeBehind: { ...base.writeBehind, every: '1h' } }, [
      { at: '500ms', do: 'set', path: 'pattern.write', value: 'cache-aside' },
    ]);
    expect(of(OP['database.batch']).map((row) => row.start)).toEqual([500_000]);
    expect(behind(world, 1)).toBe(0);
  });

  it('accounts for every acknowledged write, whatever happens', () => {
    const at = fc.integer({ min: 0, max: 1900 }).map((ms) => `${ms}ms`);
    const act = fc.oneof(
      fc.record({
        at,
        do: fc.constant('kill' as const),
        node: fc.constantFrom('redis', 'redis', 'database', 'app1'),
        for: fc.constantFrom('1ms', '50ms', '500ms'),
      }),
      fc.record({
        at,
        do: fc.constant('lose' as const),
        message: fc.constantFrom('database.batch' as const, 'cache.write' as const),
        count: fc.constant(3),
      }),
      fc.record({ at, do: fc.constant('set' as const), path: fc.constant('writeBehind.log'), value: fc.boolean() }),
      fc.record({
        at,
        do: fc.constant('set' as const),
        path: fc.constant('pattern.write'),
        value: fc.constantFrom('write-behind', 'cache-aside', 'write-through'),
      }),
      fc.record({
        at,
        do: fc.constant('set' as const),
        path: fc.constant('writeBehind.every'),
        value: fc.constantFrom(1000, 300_000),
      }),
    );
    fc.assert(
      fc.property(
        fc.array(act, { maxLength: 8 }),
        fc.boolean(),
        fc.integer({ min: 1, max: 1000 }),
        (acts, log, seed) => {
          const { of, total, world, buffer } = run(
            {
              seed,
              traffic: { all: { rate: '300/s', count: 20, writes: '50%' } },
              cache: { ...base.cache, link: '300us', capacity: 5, ttl: '50ms' },
              database: {
                ...base.database,
                link: '500us',
                write: '20ms',
                shape: 'exponential',
                slots: 2,
                timeout: '50ms',
              },
              writeBehind: { every: '60ms', count: 8, log },
            },
            acts,
          );
          const taken = of(OP['cache.write']).filter((row) => row.version > 0).length;
          expect([buffer.accepted, total('writes.accepted')]).toEqual([taken, taken]);
          expect(buffer.stored + buffer.waitingWrites + buffer.lost).toBe(taken);
          expect(total('writes.lost')).toBe(buffer.lost);
          expect(Math.max(0, ...of(OP['database.batch']).map((row) => row.detail))).toBeLessThanOrEqual(8);
          if (buffer.lost === 0 && buffer.isEmpty) expect(behind(world, 20)).toBe(0);
        },
      ),
      { numRuns: 40 },
    );
  });
});
