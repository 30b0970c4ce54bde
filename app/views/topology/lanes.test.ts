import { describe, expect, it } from 'vitest';
import type { NodeMeta } from '../../../src/index.ts';
import { runOfRows, scenarioOf } from '../testRun.ts';
import { type Box, type Layout, layoutStage } from './layout.ts';
import { balancerLabel } from './placeTiers.ts';

/** Half of the largest mark at rest, CSS pixels. */
const markPx = 3.2;
const sizes = [
  [684, 500],
  [684, 318],
  [1100, 380],
  [1600, 800],
  [390, 480],
  [390, 430],
  [320, 400],
] as const;
/** In the order of the engine. */
const extras: NodeMeta[] = [
  { id: 'replica1', kind: 'replica', title: 'Replica 1' },
  { id: 'bus', kind: 'bus', title: 'Pub/sub' },
  { id: 'feed', kind: 'feed', title: 'Change feed' },
];

/** Stages of one size with few and many servers, with their own memory or without, with a band below or without. */
function* stages(width: number, height: number): Generator<[NodeMeta[], Layout]> {
  for (const servers of [1, 2, 3, 5, 6, 8, 13, 20])
    for (const memory of [false, true])
      for (const band of [[], extras]) {
        const nodes = [...runOfRows([], [], scenarioOf({ app: { servers } })).meta.nodes, ...band];
        yield [nodes, layoutStage(nodes, width, height, memory)];
      }
}

/** Points of a lane that lie inside a box by more than `byPx` (outside it, where that is negative). */
function inside(lane: Float32Array, { x, y, width, height }: Box, byPx: number): number {
  let count = 0;
  for (let at = 0; at < lane.length; at += 2) {
    const [px, py] = [lane[at], lane[at + 1]];
    if (px > x + byPx && px < x + width - byPx && py > y + byPx && py < y + height - byPx) count++;
  }
  return count;
}

describe.each(sizes)('on a stage of %d × %d', (width, height) => {
  it('no mark crosses the name of the balancer', () => {
    for (const [nodes, layout] of stages(width, height)) {
      const bar = layout.boxes[nodes.findIndex(({ kind }) => kind === 'balancer')];
      if (bar === null) throw new Error('no balancer');
      const label = balancerLabel(bar, layout.vertical);
      expect(label.x).toBeGreaterThanOrEqual(0);
      expect(label.x + label.width).toBeLessThanOrEqual(width);
      // The line box has room above and below the letters.
      const letters = { ...label, y: label.y + 2, height: label.height - 4 };
      for (const lane of layout.lanes.values()) expect(inside(lane, letters, -markPx)).toBe(0);
      layout.boxes.forEach((box, index) => {
        if (box === null || nodes[index].kind === 'balancer' || nodes[index].kind === 'clients') return;
        const clear =
          box.x >= label.x + label.width || box.y >= label.y + label.height || label.y >= box.y + box.height;
        expect(clear || box.x + box.width <= label.x).toBe(true);
      });
    }
  });

  it('no way leads through a card that it neither comes from nor goes to', () => {
    for (const [nodes, layout] of stages(width, height)) {
      const tiers = layout.boxes.flatMap((box, index) =>
        box !== null && nodes[index].kind !== 'clients' && nodes[index].kind !== 'balancer' ? [index] : [],
      );
      const crossed: string[] = [];
      for (const [key, lane] of layout.lanes) {
        const ends = [Math.floor(key / 64), key % 64];
        for (const index of tiers) {
          if (ends.includes(index)) continue;
          if (inside(lane, layout.boxes[index] as Box, 1) > 0)
            crossed.push(`${nodes[ends[0]].id} to ${nodes[ends[1]].id} over ${nodes[index].id}`);
        }
      }
      expect(crossed).toEqual([]);
    }
  });
});
