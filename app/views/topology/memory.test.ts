import { describe, expect, it } from 'vitest';
import { OP, OUTCOME, type Row } from '../../../src/index.ts';
import type { RunView } from '../../stage/RunView.ts';
import { ContentsReader } from '../contents/ContentsReader.ts';
import { contentsRules } from '../contents/contentsRules.ts';
import type { ContentsState } from '../contents/ContentsState.ts';
import { featureBase, featureWorlds } from '../testFeatures.ts';
import { runOfRows, scenarioOf, simulatedRun } from '../testRun.ts';
import { memoryGrid } from './asideInsides.ts';
import { hasMemory } from './asideKinds.ts';
import { type Layout, layoutStage } from './layout.ts';
import { markKinds } from './markKinds.ts';
import { createMarks, MarkReader } from './marks.ts';
import { Memories } from './Memories.ts';
import { MemoryReader } from './MemoryReader.ts';
import { memoryLines } from './memoryWords.ts';
import { divideServers } from './serverCard.ts';

const worlds = Object.entries(featureWorlds).filter(([, { local }]) => local?.enabled === true);
const crashing = {
  app: { servers: 3 },
  local: { enabled: true, capacity: 15, ttl: '400ms' },
  faults: [{ at: '700ms', do: 'kill' as const, node: 'app2', for: '200ms' }],
};
const cases: [string, object][] = [...worlds, ['a server that crashes', crashing]];
const memoriesOf = (run: RunView) => run.meta.nodes.flatMap(({ kind }, index) => (kind === 'local' ? [index] : []));
const plain = ({ key, version, storedUs, expiresUs, reads, slotCount, entries, atUs }: ContentsState) =>
  [
    entries,
    atUs,
    ...[key, version, storedUs, expiresUs, reads].map((column) => Array.from(column.slice(0, slotCount))),
  ] as const;

describe('what servers keep in their own memory', () => {
  it.each(cases)('is what the reader of one cache says of each: %s', async (_, world) => {
    const run = await simulatedRun(scenarioOf({ ...featureBase, ...world }), [], undefined, 4);
    const memories = new Memories(run);
    const nodes = memoriesOf(run);
    const readers = nodes.map((node) => new ContentsReader(run.spans, node, contentsRules(run, node)));
    let held = 0;
    let stale = 0;
    // Forwards, by leaps, and back.
    for (const atUs of [90_000, 100_000, 431_000, 1_400_000, 600_000, 702_000, 650_000, 1_499_999, 0]) {
      const states = memories.seek(atUs, run.horizonUs);
      expect(states).toHaveLength(nodes.length);
      states.forEach((state, place) => {
        const expected = readers[place].seek(atUs, run.horizonUs);
        expect(plain(state)).toEqual(plain(expected));
        for (let slot = 0; slot < state.slotCount; slot++) {
          expect(state.isStale(slot)).toBe(expected.isStale(slot));
          if (state.key[slot] >= 0 && state.isStale(slot)) stale++;
        }
        held += state.entries;
      });
    }
    expect(held).toBeGreaterThan(20);
    expect(stale).toBeGreaterThan(0);
  });

  it('is as much as the engine counted, and is asked and answers as often', async () => {
    const run = await simulatedRun(scenarioOf({ ...featureBase, ...crashing, duration: '4s' }));
    const reader = new MemoryReader(run);
    const { windows } = run;
    const servers = run.meta.nodes.flatMap(({ kind }, index) => (kind === 'app' ? [index] : []));
    let entries = 0;
    for (let window = 9; window < windows.count - 1; window += 5) {
      const atUs = (window + 1) * windows.widthUs - 1;
      const facts = servers.map((index) => reader.facts(index, atUs));
      const sum = (of: 'entries' | 'gets' | 'hits') => facts.reduce((total, one) => total + (one?.[of] ?? 0), 0);
      expect(sum('entries')).toBe(windows.at(window, windows.column('cache.entries{tier=local}')));
      for (const of of ['gets', 'hits'] as const) {
        const counted = windows.over(windows.column(`cache.${of}{tier=local}`), atUs + 1 - 1_000_000, atUs + 1);
        // A look-up on the edge of a window may be on either side of it.
        expect(Math.abs(sum(of) - counted)).toBeLessThanOrEqual(2);
      }
      entries += sum('entries');
    }
    expect(entries).toBeGreaterThan(100);
  });

  it('is said in one sentence, of each server or of all of them', async () => {
    const small = await simulatedRun(scenarioOf({ ...featureBase, ...crashing }));
    const words = new MemoryReader(small).sentence(1_400_000);
    expect(words).toMatch(/^Own memory: App 1 \d+ of 15, [\d.]+\D?% hits; App 2 .*; App 3 .*\.$/);
    const many = await simulatedRun(scenarioOf({ ...featureBase, ...crashing, faults: [], app: { servers: 6 } }));
    expect(new MemoryReader(many).sentence(1_400_000)).toMatch(/^Own memory of 6 servers: \d+ of 90, /);
  });

  it('is nothing where servers keep nothing, and is said to be off while it is switched off', async () => {
    const none = await simulatedRun(scenarioOf({ ...featureBase, duration: '300ms' }));
    expect([hasMemory(none), new MemoryReader(none).sentence(200_000)]).toEqual([false, '']);
    expect(new MemoryReader(none).facts(2, 200_000)).toBeUndefined();
    const turned = await simulatedRun(scenarioOf({ ...featureBase, duration: '1s' }), [
      { at: 400_000, do: 'set', path: 'local.enabled', value: true },
    ]);
    const reader = new MemoryReader(turned);
    expect(hasMemory(turned)).toBe(true);
    expect([reader.facts(2, 300_000)?.on, reader.facts(2, 500_000)?.on]).toEqual([false, true]);
    expect(reader.sentence(300_000)).toContain('off');
    expect(reader.facts(2, 900_000)?.entries).toBeGreaterThan(0);
  });
});

function divided(nodes: RunView['meta']['nodes'], width: number, height: number): Layout {
  const layout = layoutStage(nodes, width, height, true);
  divideServers(layout, nodes);
  return layout;
}

describe('the cards of servers with a memory', () => {
  const within = (inner: { x: number; y: number; width: number; height: number }, outer: typeof inner) => {
    expect(inner.width).toBeGreaterThan(0);
    expect(inner.height).toBeGreaterThan(0);
    expect(inner.x).toBeGreaterThanOrEqual(outer.x);
    expect(inner.y).toBeGreaterThanOrEqual(outer.y);
    expect(inner.x + inner.width).toBeLessThanOrEqual(outer.x + outer.width + 0.01);
    expect(inner.y + inner.height).toBeLessThanOrEqual(outer.y + outer.height + 0.01);
  };

  it.each([
    [684, 500],
    [684, 318],
    [1100, 380],
    [920, 440],
    [390, 480],
    [320, 400],
  ])('keep workers, cells and answers inside, apart from each other, at %d × %d', (width, height) => {
    for (const servers of [1, 2, 3, 4, 8, 20]) {
      const { nodes } = runOfRows([], [], scenarioOf({ app: { servers } })).meta;
      const layout = divided(nodes, width, height);
      expect(layout.servers.filter((card) => card !== undefined)).toHaveLength(servers);
      layout.boxes.forEach((box, index) => {
        const card = layout.servers[index];
        if (box === null || card === undefined) return;
        for (const part of [card.slots, card.cells, card.answers]) within(part, box);
        const apart =
          card.cells.y >= card.slots.y + card.slots.height || card.cells.x >= card.slots.x + card.slots.width;
        expect(apart).toBe(true);
        for (const other of layout.boxes) {
          if (other === null || other === box) continue;
          const clear =
            other.x >= box.x + box.width ||
            box.x >= other.x + other.width ||
            other.y >= box.y + box.height ||
            box.y >= other.y + other.height;
          expect(clear).toBe(true);
        }
      });
    }
  });

  it('say less the lower they are, and who waits where there is one line', () => {
    const held = { on: true, entries: 12, capacity: 50, gets: 80, hits: 32 };
    const words = (height: number, width: number, waiting: number, on = true) => {
      const { nodes } = runOfRows([]).meta;
      const layout = {
        ...layoutStage(nodes, 684, 500),
        servers: [],
        boxes: nodes.map(() => ({ x: 0, y: 0, width, height })),
      };
      divideServers(layout, nodes);
      const parts = layout.servers[2];
      const node = nodes[2];
      if (parts === undefined) throw new Error('not divided');
      const card = { node, headline: '', detail: '3 of 32 workers', slots: 32, busy: 3, waiting, down: false };
      return memoryLines({ ...held, on }, parts, width, card).map(({ left, right }) => `${left}|${right}`);
    };
    expect(words(128, 132, 0)).toEqual(['3 of 32 workers|', 'Memory|40\u2009% hits', '12 of 50|']);
    expect(words(128, 118, 0)).toEqual(['3 of 32 workers|', 'Memory|', '12 of 50|']);
    expect(words(90, 132, 0)).toEqual(['Memory|12 of 50']);
    // Without the name, the words say themselves what the figure is.
    expect(words(90, 132, 7)).toEqual(['keeps 12|7 in line']);
    expect(words(90, 87, 7)).toEqual(['keeps 12|']);
    expect(words(90, 87, 0)).toEqual(['keeps 12|']);
    expect(words(90, 87, 0, false)).toEqual(['Memory|off']);
    expect(words(60, 132, 0)).toEqual([]);
  });

  it('find room for every entry, one cell each where that can be', () => {
    for (const capacity of [1, 10, 15, 50, 100, 5000])
      for (const [width, height] of [
        [110, 24],
        [65, 15],
        [40, 9],
        [16, 8],
      ]) {
        const { columns, rows, each, size, gap } = memoryGrid({ x: 0, y: 0, width, height }, capacity);
        expect(columns * rows * each).toBeGreaterThanOrEqual(capacity);
        expect(columns * (size + gap) - gap).toBeLessThanOrEqual(width);
        expect(rows * (size + gap) - gap).toBeLessThanOrEqual(height);
      }
    expect(memoryGrid({ x: 0, y: 0, width: 110, height: 24 }, 15).each).toBe(1);
  });

  it('hold the mark of a request that the memory answers before it goes back, of its own kind', () => {
    const [app, memory] = [2, 5];
    const at = (start: number, leave: number, end: number) => ({
      start,
      sent: start,
      arrive: start,
      service: start,
      leave,
      end,
    });
    const root: Partial<Row> = {
      ...at(0, 20, 30),
      request: 1,
      id: 1,
      op: OP['request.read'],
      node: app,
      outcome: OUTCOME.hit,
      arrive: 10,
      service: 10,
    };
    const get = { request: 1, id: 2, parent: 1, op: OP['local.get'], from: app, node: memory, version: 1 };
    const drawn = (outcome: number, hasIt: boolean) => {
      const run = runOfRows([{ ...get, outcome, ...at(12, 14, 14) }, root]);
      const { nodes } = run.meta;
      const layout = hasIt ? divided(nodes, 684, 500) : layoutStage(nodes, 684, 500);
      const marks = createMarks();
      // The way there takes 1.4 hops at least; at 150 the request has come, and at 250 it has gone.
      new MarkReader(run.spans, layout, marks).read(190, 100, 1);
      const { answers } = layout.servers[app] ?? {};
      return { kinds: [...marks.kind.subarray(0, marks.length)].map((kind) => markKinds[kind]), marks, answers };
    };
    const { kinds, marks, answers } = drawn(OUTCOME.hit, true);
    expect(kinds).toEqual(['hit']);
    if (answers === undefined) throw new Error('the card has no place for answers');
    expect(marks.x[0]).toBeGreaterThanOrEqual(answers.x);
    expect(marks.x[0]).toBeLessThanOrEqual(answers.x + answers.width);
    expect(marks.y[0]).toBeCloseTo(answers.y + answers.height / 2, 3);
    // Without a memory that is drawn it is on its way back by then.
    const other = drawn(OUTCOME.hit, false);
    expect(other.kinds).toEqual(['hit']);
    expect(other.marks.x[0]).toBeLessThan(answers.x);
  });
});
