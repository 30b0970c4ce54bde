import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Scenario } from '../../../src/index.ts';
import { readScenarioFile } from '../../content/scenariosPlugin.ts';
import type { RunView } from '../../stage/RunView.ts';
import { ContentsReader } from '../contents/ContentsReader.ts';
import { contentsRules } from '../contents/contentsRules.ts';
import { settingAt } from '../settingsAt.ts';
import { featureBase, featureWorlds } from '../testFeatures.ts';
import { scenarioOf, simulatedRun } from '../testRun.ts';
import { AsideReader } from './AsideReader.ts';
import { drawAside, memoryGrid } from './asideInsides.ts';
import { sharedCells } from './cacheCells.ts';
import { drawInsides, type InsideColours } from './insides.ts';
import { type Box, layoutStage } from './layout.ts';
import { type CardFacts, readStage } from './model.ts';
import { divideServers, type ServerCard } from './serverCard.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const names = [
  'cache-aside-basics',
  'database-overload',
  'offline-server',
  'redis-at-its-limit',
  'write-behind-counters',
];
const colours = Object.fromEntries(
  [
    'empty',
    'edge',
    'worker',
    'query',
    'hit',
    'hitLine',
    'stale',
    'staleLine',
    'miss',
    'missText',
    'error',
    'write',
  ].map((name) => [name, name]),
) as unknown as InsideColours;

/** A canvas that notes where each thing is filled or outlined, by colour: its middle, once for each. */
function notingContext() {
  const found: { colour: string; x: number; y: number; width: number }[] = [];
  let box = [0, 0, 0, 0];
  let diamonds = 0;
  const nothing = () => undefined;
  const note = (colour: string) => found.push({ colour, x: box[0], y: box[1], width: box[2] });
  const context = {
    fillStyle: '',
    strokeStyle: '',
    lineWidth: 1,
    globalAlpha: 1,
    clearRect: nothing,
    beginPath: () => {
      diamonds = 0;
      box = [0, 0, 0, 0];
    },
    closePath: () => diamonds++,
    moveTo: nothing,
    lineTo: nothing,
    roundRect: (...numbers: number[]) => {
      box = numbers;
    },
    fill: () => {
      if (diamonds === 0) note(context.fillStyle);
      for (let one = 0; one < diamonds; one++) note('diamond');
    },
    stroke: () => note(`${context.strokeStyle} line`),
  };
  return { found, context: context as unknown as CanvasRenderingContext2D };
}

/** Everything that a paused stage says and draws at a moment, on a stage so large that each thing stands for itself. */
function paused(run: RunView, atUs: number) {
  const { nodes } = run.meta;
  const redis = nodes.findIndex(({ kind }) => kind === 'redis');
  const contents = new ContentsReader(run.spans, redis, contentsRules(run, redis));
  const cells = contents.seek(atUs, run.horizonUs);
  const aside = new AsideReader(run);
  const layout = layoutStage(nodes, 1600, 1400, true);
  const facts = readStage(run, atUs, aside, cells);
  if (facts.cards.some(({ memory }) => memory !== undefined)) divideServers(layout, nodes);
  const drawnIn = (index: number) => {
    const { found, context } = notingContext();
    const only = facts.cards.map((card, at) => (at === index ? card : { ...card, down: true }));
    drawInsides(context, layout, only, cells, settingAt(run, 'cache.capacity', atUs), colours);
    drawAside(context, layout, only, aside, colours);
    return (...names: string[]) => found.filter(({ colour }) => names.includes(colour)).length;
  };
  return { facts, cells, layout, drawnIn, redis };
}

/** By brute force over every row: how many are served, and how many stand in line, at a node. */
function counted(run: RunView, node: number, atUs: number) {
  let [busy, waiting] = [0, 0];
  for (const table of [run.spans.closed, run.spans.open])
    for (let row = 0; row < table.length; row++) {
      if (table.node[row] !== node || table.from[row] === node || table.sent[row] > atUs) continue;
      const gone = Math.min(table.leave[row], Number.isFinite(table.leave[row]) ? Infinity : table.end[row]);
      if (table.arrive[row] > atUs || gone <= atUs) continue;
      if (table.service[row] <= atUs) busy++;
      else waiting++;
    }
  return { busy, waiting };
}

const figures = (text: string) =>
  [...text.matchAll(/\d[\d\u202f]*/g)].map(([one]) => Number(one.replaceAll('\u202f', '')));

function checkCard(run: RunView, atUs: number, card: CardFacts, index: number, stage: ReturnType<typeof paused>) {
  const draws = stage.drawnIn(index);
  const [first, second] = figures(card.detail);
  const where = `${card.node.title} at ${atUs}: ${card.detail}`;
  if (card.node.kind === 'app') {
    expect([where, card.busy]).toEqual([where, counted(run, index, atUs).busy]);
    if (card.detail.endsWith('workers')) expect([where, first, second]).toEqual([where, card.busy, card.slots]);
    if (card.detail.endsWith('in line')) expect([where, first]).toEqual([where, counted(run, index, atUs).waiting]);
    if (card.slots <= 12) expect([where, draws('worker')]).toEqual([where, card.busy]);
    else expect([where, draws('worker', 'error') > 0]).toEqual([where, card.busy > 0]);
  }
  if (card.node.kind === 'database') {
    const { busy, waiting } = counted(run, index, atUs);
    expect([where, first, draws('query'), draws('diamond')]).toEqual([where, waiting, busy, waiting]);
    expect([where, draws('empty')]).toEqual([where, card.slots - busy]);
  }
  if (card.headline.endsWith('%') && card.node.kind !== 'redis') {
    const percent = figures(card.headline)[0];
    expect([where, percent === 0, percent === 100]).toEqual([where, card.busy === 0, card.busy >= card.slots]);
  }
}

const worlds: [string, () => Promise<Scenario>][] = [
  ...names.map((name): [string, () => Promise<Scenario>] => [
    name,
    async () => (await readScenarioFile(`${root}content/scenarios/${name}.yaml`, root)).scenario,
  ]),
  ...Object.entries(featureWorlds).map(([name, world]): [string, () => Promise<Scenario>] => [
    name,
    async () => scenarioOf({ ...featureBase, ...world }),
  ]),
];

/** A server with a memory: its words, and its free cells beside its free workers. */
function checkMemory(card: CardFacts, parts: ServerCard | undefined, draws: (...names: string[]) => number) {
  if (card.memory === undefined || parts === undefined) throw new Error('no memory, or not divided');
  const { entries, capacity, lines } = card.memory;
  const words = lines(parts, 132, card).find(({ left }) => /^\d.* of .*\d$/.test(left));
  expect(figures(words?.left ?? '')).toEqual([entries, capacity]);
  const { each } = memoryGrid(parts.cells, capacity);
  const workers = card.slots <= 12 ? card.slots - card.busy : 1;
  if (each === 1) expect(draws('edge', 'edge line') - workers).toBe(capacity - entries);
}

describe.each(worlds)('the cards of a paused stage: %s', (_, scenario) => {
  it('say what they draw, and both what there is', async () => {
    const read = await scenario();
    const untilUs = Math.min(read.duration, 4_000_000);
    const run = await simulatedRun(read, [], untilUs, 3);
    const { windows } = run;
    let seen = 0;
    for (const share of [0.011, 0.2345, 0.4, 0.60007, 0.77777, 0.93, 0.5]) {
      const atUs = Math.floor(untilUs * share);
      const stage = paused(run, atUs);
      const { facts, cells, layout, redis } = stage;
      facts.cards.forEach((card, index) => {
        if (card.down) return;
        checkCard(run, atUs, card, index, stage);
        if (card.memory?.on === true) checkMemory(card, layout.servers[index], stage.drawnIn(index));
        seen += card.busy;
      });
      const card = facts.cards[redis];
      if (card.down) continue;
      const capacity = settingAt(run, 'cache.capacity', atUs);
      const there = cells.key.subarray(0, cells.slotCount).filter((key) => key >= 0).length;
      expect(figures(card.detail)).toEqual([there, capacity]);
      expect(facts.sentence).toContain(card.detail);
      const { each } = sharedCells(layout.boxes[redis] as Box, capacity).grid;
      if (each === 1) expect(stage.drawnIn(redis)('edge', 'edge line')).toBe(capacity - there);
      else expect(stage.drawnIn(redis)('hitLine line', 'staleLine line') > 0).toBe(there > 0);
      seen += there;
    }
    expect(seen).toBeGreaterThan(0);
    // And as the engine itself counted, at the ends of windows.
    const column = windows.column('cache.entries{tier=redis}');
    for (let window = 0; window < windows.count - 1; window += 3) {
      const { facts, redis } = paused(run, (window + 1) * windows.widthUs - 1);
      expect(figures(facts.cards[redis].detail)[0]).toBe(windows.at(window, column));
    }
  });
});
