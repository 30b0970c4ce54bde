import { describe, expect, it } from 'vitest';
import { ContentsState } from '../contents/ContentsState.ts';
import { runOfRows } from '../testRun.ts';
import { drawCells } from './cacheCells.ts';
import { drawExtra } from './extraInsides.ts';
import { drawInsides, type InsideColours } from './insides.ts';
import { layoutStage } from './layout.ts';
import type { CardFacts } from './model.ts';
import type { ExtraPicture } from './sideFacts.ts';

const colours: InsideColours = {
  empty: 'empty',
  edge: 'edge',
  worker: 'worker',
  query: 'query',
  hit: 'hit',
  hitLine: 'hitLine',
  stale: 'stale',
  staleLine: 'staleLine',
  miss: 'miss',
  missText: 'missText',
  error: 'error',
  write: 'write',
  rule: 'rule',
  ink2: 'ink2',
};

/** A canvas that notes what it is told to fill and to stroke. */
function notingContext() {
  const log: string[] = [];
  const nothing = () => undefined;
  const context = {
    fillStyle: '',
    strokeStyle: '',
    lineWidth: 1,
    globalAlpha: 1,
    clearRect: nothing,
    beginPath: nothing,
    closePath: nothing,
    moveTo: nothing,
    lineTo: nothing,
    roundRect: nothing,
    fill: () => log.push(`fill ${context.fillStyle}`),
    stroke: () => log.push(`stroke ${context.strokeStyle}`),
  };
  return { log, context: context as unknown as CanvasRenderingContext2D };
}

function cardOf(kind: CardFacts['node']['kind'], more: Partial<CardFacts> = {}): CardFacts {
  const node = { id: kind, kind, title: kind };
  return { node, headline: '', detail: '', slots: 1, busy: 0, waiting: 0, down: false, ...more };
}

/** What was filled and stroked, cells of the cache only. */
function painted(cells: ContentsState): string[] {
  const { nodes } = runOfRows([]).meta;
  const layout = layoutStage(nodes, 684, 500);
  const cards = nodes.map((node) => cardOf(node.kind, { down: node.kind !== 'redis' }));
  const { log, context } = notingContext();
  drawInsides(context, layout, cards, cells, 12, colours);
  return log.filter((entry) => !entry.endsWith('empty') && !entry.endsWith('edge'));
}

describe('the cells of the cache', () => {
  it('are full for values, hollow for what is known not to exist, and of the stale colour past their time', () => {
    const cells = new ContentsState();
    const life = { expiresUs: 900, goneUs: 900, at: -1, pointer: false };
    cells.set(1, 4, 0, life);
    cells.set(2, 0, 0, life);
    cells.set(3, 1, 0, { ...life, expiresUs: 300, goneUs: 900 });
    cells.set(5, 1, 0, life);
    cells.truth.set(5, 2);
    cells.atUs = 400;
    const value = ['fill hit', 'stroke hitLine'];
    // A line that is always seen, within one as strong as what is left of its life.
    const nothing = ['stroke hitLine', 'stroke hitLine'];
    const old = ['fill stale', 'stroke staleLine'];
    expect(painted(cells)).toEqual([...value, ...nothing, ...old, ...old]);
    cells.atUs = 200;
    expect(painted(cells)).toEqual([...value, ...nothing, ...value, ...old]);
  });

  const life = { expiresUs: 900, goneUs: 900, at: -1, pointer: false };
  const grid = { columns: 2, rows: 2, size: 10, gap: 2, each: 1 };
  const drawnIn = (cells: ContentsState, capacity: number) => {
    const { log, context } = notingContext();
    drawCells(context, { x: 0, y: 0 }, cells, capacity, colours, grid);
    return ['fill hit', 'stroke edge'].map((entry) => log.filter((one) => one === entry).length);
  };

  it('are all there, and no more, after a larger cache has become smaller', () => {
    const cells = new ContentsState();
    for (let key = 0; key < 10; key++) cells.set(key, 1, 0, life);
    cells.atUs = 1;
    for (let key = 0; key < 7; key++) cells.remove(key);
    expect(drawnIn(cells, 4)).toEqual([3, 1]);
  });

  it('are those that the words count where rows are missing: without what must be over by now', () => {
    const cells = new ContentsState();
    cells.set(1, 1, 0, life);
    cells.set(2, 1, 0, { ...life, expiresUs: 300, goneUs: 300 });
    cells.atUs = 400;
    cells.exact = false;
    expect([cells.held(), ...drawnIn(cells, 4)]).toEqual([1, 1, 3]);
  });
});

describe('the cards of the band below', () => {
  const drawn = (card: CardFacts) => {
    const { log, context } = notingContext();
    drawExtra(context, { x: 0, y: 0, width: 150, height: 28 }, card, colours);
    const count = (entry: string) => log.filter((one) => one === entry).length;
    return { count, log };
  };
  const picture = (what: ExtraPicture) => drawn(cardOf('bus', { picture: what, slots: 0 }));

  it('draw a square for each message under way, a cross for each that gets lost, and a line for each server', () => {
    const mail = [3, 0, 2].map((onTheWay, server) => ({
      title: `App ${server + 1}`,
      onTheWay,
      lost: server === 0 ? 1 : 0,
    }));
    const { count } = picture({ kind: 'bus', mail });
    expect([count('fill write'), count('stroke error'), count('fill edge')]).toEqual([4, 1, 3]);
  });

  it('draw what a feed has taken hollow, what waits full, and the reader between them', () => {
    const { count } = picture({ kind: 'feed', taken: 3, working: true, waiting: 7 });
    expect([count('stroke write'), count('fill write'), count('fill ink2')]).toEqual([3, 8, 1]);
  });

  it('draw the slots of a replica, who waits for one, and the writes it lacks', () => {
    const card = cardOf('replica', { slots: 8, busy: 5, waiting: 2, picture: { kind: 'replica', behind: 4 } });
    const { count } = drawn(card);
    expect([count('fill query'), count('fill empty'), count('fill miss'), count('stroke write')]).toEqual([5, 3, 2, 4]);
  });
});
