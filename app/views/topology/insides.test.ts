import { describe, expect, it } from 'vitest';
import { ContentsState } from '../contents/ContentsState.ts';
import { runOfRows } from '../testRun.ts';
import { drawInsides, type InsideColours } from './insides.ts';
import { layoutStage } from './layout.ts';
import type { CardFacts } from './model.ts';

const colours: InsideColours = {
  empty: 'empty',
  worker: 'worker',
  query: 'query',
  hit: 'hit',
  stale: 'stale',
  miss: 'miss',
  missText: 'missText',
  error: 'error',
  ink2: 'ink2',
};

/** What a canvas was told to fill and to stroke, cells of the cache only. */
function painted(cells: ContentsState): string[] {
  const { nodes } = runOfRows([]).meta;
  const layout = layoutStage(nodes, 684, 500);
  const cards = nodes.map((node): CardFacts => {
    return { node, headline: '', detail: '', slots: 1, busy: 0, waiting: 0, down: node.kind !== 'redis' };
  });
  const log: string[] = [];
  const context = {
    fillStyle: '',
    strokeStyle: '',
    lineWidth: 1,
    globalAlpha: 1,
    clearRect: () => undefined,
    beginPath: () => undefined,
    roundRect: () => undefined,
    fill: () => log.push(`fill ${context.fillStyle}`),
    stroke: () => log.push(`stroke ${context.strokeStyle}`),
  };
  drawInsides(context as unknown as CanvasRenderingContext2D, layout, cards, cells, 12, colours);
  return log.filter((entry) => !entry.endsWith('empty'));
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
    expect(painted(cells)).toEqual(['fill hit', 'stroke hit', 'fill stale', 'fill stale']);
    cells.atUs = 200;
    expect(painted(cells)).toEqual(['fill hit', 'stroke hit', 'fill hit', 'fill stale']);
  });
});
