import { describe, expect, it } from 'vitest';
import { FLAG, OP, OUTCOME } from '../../../src/index.ts';
import type { RunView } from '../../stage/RunView.ts';
import { columnsOf, runOfRows, scenarioOf, simulatedRun } from '../testRun.ts';
import { cellGrid } from './cacheCells.ts';
import { slotGrid } from './insides.ts';
import { type Layout, laneKey, layoutStage, pointOn } from './layout.ts';
import { markKinds } from './markKinds.ts';
import { createMarks, MarkReader } from './marks.ts';
import { readStage } from './model.ts';
import { nodesDown } from './nodesDown.ts';
import { readOccupancy } from './occupancy.ts';

const busy = scenarioOf({
  seed: 5,
  duration: '6s',
  traffic: { readers: { rate: '300/s', count: 400, writes: '4%' } },
  cache: { capacity: 100 },
  database: { read: '30ms', slots: 4, pool: 5 },
});
const sizes = [
  [684, 500],
  [1100, 380],
  [390, 480],
  [320, 400],
] as const;

function nodesOfRun(run: RunView) {
  return run.meta.nodes;
}

function reader(run: RunView, layout: Layout) {
  const marks = createMarks();
  return { marks, reader: new MarkReader(run.spans, layout, marks) };
}

describe('the layout', () => {
  it.each(sizes)(
    'keeps every card and every lane on a stage of %d × %d, for any number of servers',
    (width, height) => {
      for (const servers of [1, 2, 3, 5, 8]) {
        const { nodes } = runOfRows([], [], scenarioOf({ app: { servers } })).meta;
        const layout = layoutStage(nodes, width, height);
        for (const box of layout.boxes) {
          if (box === null) continue;
          expect(box.x).toBeGreaterThanOrEqual(0);
          expect(box.x + box.width).toBeLessThanOrEqual(width + 0.01);
          expect(box.y).toBeGreaterThanOrEqual(0);
          expect(box.y + box.height).toBeLessThanOrEqual(height + 0.01);
        }
        // Client to balancer, cache to database; and from every server to the clients, to Redis and to the database.
        expect(layout.lanes.size).toBe(2 + 3 * servers);
        for (const lane of layout.lanes.values()) {
          for (let index = 0; index < lane.length; index += 2) {
            expect(lane[index]).toBeGreaterThanOrEqual(-1);
            expect(lane[index]).toBeLessThanOrEqual(width + 1);
            expect(lane[index + 1]).toBeGreaterThanOrEqual(-1);
            expect(lane[index + 1]).toBeLessThanOrEqual(height + 1);
          }
        }
      }
    },
  );

  it('moves evenly along a lane and ends where the cards stand', () => {
    const { nodes } = runOfRows([]).meta;
    const layout = layoutStage(nodes, 684, 500);
    const lane = layout.lanes.get(laneKey(2, nodes.length - 1));
    if (lane === undefined) throw new Error('no lane from App 1 to the database');
    const at = { x: 0, y: 0 };
    const steps: number[] = [];
    let last = { x: lane[0], y: lane[1] };
    for (let step = 1; step <= 50; step++) {
      pointOn(lane, step / 50, at);
      steps.push(Math.hypot(at.x - last.x, at.y - last.y));
      last = { ...at };
    }
    expect(Math.max(...steps) / Math.min(...steps)).toBeLessThan(1.6);
    expect(last.x).toBeCloseTo(layout.boxes[nodes.length - 1]?.x ?? 0, 3);
  });
});

describe('what is counted at a moment', () => {
  it('agrees with the slots and the windows of the engine', async () => {
    const run = await simulatedRun(busy);
    const { windows } = run;
    const database = nodesOfRun(run).findIndex((node) => node.kind === 'database');
    const mean = windows.column('node.busy{node=database}');
    let counted = 0;
    let measured = 0;
    for (let window = 4; window < 20; window++) {
      for (let sample = 0; sample < 50; sample++) {
        const occupancy = readOccupancy(run.spans, (window + sample / 50) * windows.widthUs, nodesOfRun(run).length);
        expect(occupancy.busy[database]).toBeLessThanOrEqual(4);
        counted += occupancy.busy[database] / 50;
      }
      measured += windows.at(window, mean);
    }
    // Fifty samples of each of sixteen windows against the exact integrals.
    expect(Math.abs(counted - measured) / measured).toBeLessThan(0.05);
  });

  it('counts as under way exactly the requests that arrived and are not settled', async () => {
    const run = await simulatedRun(busy);
    const atUs = 3_000_000;
    let expected = 0;
    for (const table of [run.spans.closed, run.spans.open]) {
      for (let index = 0; index < table.length; index++) {
        if (table.op[index] <= OP['request.write'] && table.start[index] <= atUs && table.end[index] > atUs) expected++;
      }
    }
    expect(readOccupancy(run.spans, atUs, 20).inFlight).toBe(expected);
    expect(expected).toBeGreaterThan(0);
  });
});

describe('the marks', () => {
  it('are where the wire has them when hops may be as short as they are', () => {
    const row = {
      request: 1,
      op: OP['request.read'],
      node: 2,
      from: 0,
      start: 0,
      sent: 0,
      arrive: 1000,
      service: 1000,
    };
    const run = runOfRows([], [row]);
    const layout = layoutStage(run.meta.nodes, 684, 500);
    const { marks, reader: read } = reader(run, layout);
    read.read(500, 0, 1);
    const at = { x: 0, y: 0 };
    pointOn(layout.lanes.get(laneKey(0, 2)) as Float32Array, 0.5, at);
    expect(marks.length).toBe(1);
    expect(marks.x[0]).toBeCloseTo(at.x, 3);
    expect(marks.y[0]).toBeCloseTo(at.y, 3);
    expect(markKinds[marks.kind[0]]).toBe('plain');
  });

  it('trail what has happened and never run ahead of it', async () => {
    const run = await simulatedRun(busy);
    const layout = layoutStage(run.meta.nodes, 684, 500);
    const exact = reader(run, layout);
    const trailing = reader(run, layout);
    for (let atUs = 500_000; atUs < 5_000_000; atUs += 333_333) {
      exact.reader.read(atUs, 0, 1);
      trailing.reader.read(atUs, 100_000, 1);
      const started = new Set<number>();
      for (let index = 0; index < run.spans.closed.length; index++) {
        if (run.spans.closed.start[index] <= atUs) started.add(run.spans.closed.request[index]);
      }
      for (let index = 0; index < trailing.marks.length; index++)
        expect(started).toContain(trailing.marks.request[index]);
      expect(trailing.marks.length).toBeGreaterThanOrEqual(exact.marks.length);
      // One mark a request.
      expect(new Set(trailing.marks.request.subarray(0, trailing.marks.length)).size).toBe(trailing.marks.length);
    }
  });

  it('are the same going forwards and coming back', async () => {
    const run = await simulatedRun(busy);
    const { marks, reader: read } = reader(run, layoutStage(run.meta.nodes, 684, 500));
    const shown = (atUs: number) => {
      read.read(atUs, 100_000, 1);
      return [...marks.x.subarray(0, marks.length)];
    };
    const before = shown(2_000_000);
    shown(5_000_000);
    expect(shown(2_000_000)).toEqual(before);
    expect(before.length).toBeGreaterThan(10);
  });

  it('let a cross fall away from the clients when one gives up, though a server goes on', () => {
    const root = { request: 7, id: 1, op: OP['request.read'], node: 2, start: 0, sent: 0, arrive: 10, service: 10 };
    const run = runOfRows([], [{ ...root, outcome: OUTCOME.timeout, flags: FLAG.abandoned, end: 2000 }]);
    const layout = layoutStage(run.meta.nodes, 684, 500);
    const { marks, reader: read } = reader(run, layout);
    const errors = (atUs: number) => {
      read.read(atUs, 100, 1);
      return [...marks.kind.subarray(0, marks.length)].filter((kind) => markKinds[kind] === 'error').length;
    };
    expect([errors(1999), errors(2100), errors(2299), errors(2400)]).toEqual([0, 1, 1, 0]);
  });

  it('show the picked request even while a node holds it', () => {
    const root = {
      request: 7,
      id: 1,
      op: OP['request.read'],
      node: 2,
      start: 0,
      sent: 0,
      arrive: 10,
      service: 10,
      leave: 900,
      end: 1000,
    };
    const run = runOfRows([]);
    run.spans.append(columnsOf([root]), columnsOf([]));
    const { marks, reader: read } = reader(run, layoutStage(run.meta.nodes, 684, 500));
    read.read(500, 0, 1, 7);
    expect(marks.length).toBe(1);
    expect(marks.request[0]).toBe(7);
  });
});

describe('the marks of calls within calls', () => {
  const [app, redis, database] = [2, 8, 9];
  const times = (start: number, arrive: number, leave: number, end: number) => ({
    start,
    sent: start,
    arrive,
    service: arrive,
    leave,
    end,
  });
  const root = (leave: number, end: number) => ({
    request: 1,
    id: 1,
    op: OP['request.read'],
    node: app,
    ...times(0, 10, leave, end),
  });
  const call = (op: keyof typeof OP, id: number, when: ReturnType<typeof times>, more = {}) => ({
    request: 1,
    id,
    parent: 1,
    op: OP[op],
    from: app,
    node: database,
    ...when,
    ...more,
  });
  const drawn = (rows: Parameters<typeof runOfRows>[0], atUs: number) => {
    const run = runOfRows(rows);
    const { marks, reader: read } = reader(run, layoutStage(run.meta.nodes, 684, 500));
    read.read(atUs, 0, 1);
    return [...marks.kind.subarray(0, marks.length)].map((kind, index) => [
      markKinds[kind],
      Math.round(marks.x[index]),
      Math.round(marks.y[index]),
    ]);
  };
  const onLane = (from: number, to: number, share: number) => {
    const layout = layoutStage(runOfRows([]).meta.nodes, 684, 500);
    const at = { x: 0, y: 0 };
    pointOn(layout.lanes.get(laneKey(from, to)) as Float32Array, share, at);
    return [Math.round(at.x), Math.round(at.y)];
  };

  it('follow a load of the cache on to the database and back', () => {
    const rows = [
      call('database.read', 3, times(30, 40, 80, 90), { parent: 2, from: redis }),
      call('cache.load', 2, times(10, 20, 100, 110), { node: redis, outcome: OUTCOME.miss }),
      root(110, 120),
    ];
    expect(drawn(rows, 15)).toEqual([['plain', ...onLane(app, redis, 0.5)]]);
    expect(drawn(rows, 35)).toEqual([['miss', ...onLane(redis, database, 0.5)]]);
    expect(drawn(rows, 60)).toEqual([]);
    expect(drawn(rows, 85)).toEqual([['miss', ...onLane(redis, database, 0.5)]]);
    expect(drawn(rows, 105)).toEqual([['miss', ...onLane(app, redis, 0.5)]]);
  });

  it('go back with the faster of two queries, while the slower goes on by itself', () => {
    const rows = [
      call('database.read', 3, times(40, 50, 60, 70), { flags: FLAG.hedge }),
      root(70, 90),
      call('database.read', 2, times(10, 20, 200, 220)),
    ];
    expect(drawn(rows, 45)).toEqual([['miss', ...onLane(app, database, 0.5)]]);
    expect(drawn(rows, 65)).toEqual([['miss', ...onLane(app, database, 0.5)]]);
    // The answer is on its way to the client although the slower query is not back.
    expect(drawn(rows, 80)).toEqual([['miss', ...onLane(0, app, 0.5)]]);
  });

  it('stand still while a request waits for another’s load, and are never two', async () => {
    const run = await simulatedRun(
      scenarioOf({
        duration: '2s',
        traffic: { readers: { rate: '300/s', count: 40, writes: '10%' } },
        cache: { ttl: '200ms' },
        database: { read: '20ms' },
        protect: { singleFlight: true, lock: true },
        pattern: { read: 'cache-aside' },
      }),
    );
    const { marks, reader: read } = reader(run, layoutStage(run.meta.nodes, 684, 500));
    for (let atUs = 200_000; atUs < 1_900_000; atUs += 41_111) {
      read.read(atUs, 50_000, 1);
      expect(new Set(marks.request.subarray(0, marks.length)).size).toBe(marks.length);
    }
  });

  it('of a write go to the bus once, and from there to every other server', async () => {
    const run = await simulatedRun(
      scenarioOf({
        duration: '1s',
        traffic: { readers: { rate: '60/s', count: 40, writes: '100%' } },
        local: { enabled: true },
        invalidation: { broadcast: 'pubsub', busDelay: '20ms' },
      }),
    );
    const bus = run.meta.nodes.findIndex(({ kind }) => kind === 'bus');
    const { marks, reader: read } = reader(run, layoutStage(run.meta.nodes, 684, 500));
    const servers = run.scenario.app.servers;
    let most = 0;
    expect(bus).toBeGreaterThan(0);
    for (let atUs = 100_000; atUs < 900_000; atUs += 7777) {
      read.read(atUs, 10_000, 1);
      const counts = new Map<number, number>();
      for (const request of marks.request.subarray(0, marks.length))
        counts.set(request, (counts.get(request) ?? 0) + 1);
      for (const count of counts.values()) most = Math.max(most, count);
    }
    // Its own mark, and one for each message under way.
    expect(most).toBe(servers);
  });
});

describe('the cards', () => {
  it('say what is down, from the acts', () => {
    const scenario = scenarioOf({ faults: [{ at: '1s', do: 'kill', node: 'redis', for: '2s' }] });
    const actions = [
      { at: 500_000, do: 'kill' as const, node: 'app1' },
      { at: 4_000_000, do: 'restart' as const, node: 'app1' },
    ];
    expect([...nodesDown({ scenario, actions }, 2_000_000)].sort((a, b) => (a < b ? -1 : 1))).toEqual([
      'app1',
      'redis',
    ]);
    expect([...nodesDown({ scenario, actions }, 3_000_000)]).toEqual(['app1']);
    expect([...nodesDown({ scenario, actions }, 4_000_000)]).toEqual([]);
  });

  it('take their figures from the windows of the last second', async () => {
    const run = await simulatedRun(busy);
    const { windows } = run;
    const facts = readStage(run, 4_000_000);
    const redis = facts.cards.find((card) => card.node.kind === 'redis');
    const over = (id: string) => windows.over(windows.column(id), 3_000_000, 4_000_000);
    const ratio = over('cache.hits{tier=redis}') / over('cache.gets{tier=redis}');
    expect(redis?.headline).toContain(`${Number((ratio * 100).toPrecision(3))}`);
    expect(facts.sentence).toContain('requests arrive');
  });
});

describe('the insides', () => {
  it('find room for every slot, or say with fewer squares how many are taken', () => {
    for (const slots of [1, 4, 8, 12, 64, 500]) {
      for (const [width, height] of [
        [120, 130],
        [210, 34],
        [60, 12],
      ]) {
        const grid = slotGrid(width, height, slots);
        expect(grid.shown).toBeLessThanOrEqual(slots > grid.shown ? grid.shown : slots);
        expect(grid.columns * (grid.size + 4) - 4).toBeLessThanOrEqual(Math.max(width, grid.size));
        expect(grid.size).toBeGreaterThan(0);
      }
    }
  });

  it('put every entry of a cache of any size into a cell', () => {
    for (const capacity of [1, 48, 200, 2000, 100_000]) {
      const { columns, rows, each } = cellGrid({ x: 0, y: 0, width: 118, height: 220 }, capacity);
      expect(columns * rows * each).toBeGreaterThanOrEqual(capacity);
    }
  });
});
