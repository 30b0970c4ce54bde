import type { NodeMeta } from '../../../src/index.ts';
import { type Box, type Layout, leastTitled } from './layout.ts';

/** How the card of a server that keeps entries in its own memory is divided. Boxes on the stage, tops within the card; CSS pixels. */
export interface ServerCard {
  slots: Box;
  cells: Box;
  /** Where requests are shown that this memory answers: marks stand on its middle line. */
  answers: Box;
  /** What the workers do, in words; −1 where there is no room. */
  workersTop: number;
  /** What the memory holds, in words; −1 where there is no room. */
  memoryTop: number;
  /** Words below the cells; −1 where there is no room. */
  footTop: number;
}

const pad = 11;
/** From these heights on: a line for the workers and one below the cells; a line for the memory; cells below the workers. */
const [whole, worded, stacked] = [118, 76, 52];

/** Divides such a card by its height: the lower it is the fewer words there are, until workers and cells stand side by side. */
export function serverCard({ x, y, width, height }: Box): ServerCard {
  const inner = width - 2 * pad;
  const part = (top: number, bottom: number, from = 0, to = 1): Box => ({
    x: x + pad + inner * from,
    y: y + top,
    width: inner * (to - from),
    height: bottom - top,
  });
  const none = { workersTop: -1, memoryTop: -1, footTop: -1 };
  if (height >= whole) {
    const footTop = height - 22;
    return {
      slots: part(26, 34),
      cells: part(80, footTop - 2),
      answers: part(footTop, height - 6, 0.58),
      workersTop: 36,
      memoryTop: 56,
      footTop,
    };
  }
  const below = (top: number) => ({ cells: part(top, height - 12), answers: part(height - 10, height - 3) });
  if (height >= worded) return { ...none, ...below(57), slots: part(26, 31), memoryTop: 34 };
  if (height >= stacked) return { ...none, ...below(33), slots: part(25, 29) };
  const high = height < leastTitled ? Math.min(9, height - 4) : Math.min(12, Math.max(4, height - 27));
  const top = height < leastTitled ? (height - high) / 2 : height - high - 4;
  const flat = (from: number, to: number) => part(top, top + high, from, to);
  return { ...none, slots: flat(0, 0.34), answers: flat(0.4, 0.54), cells: flat(0.6, 1) };
}

/** Divides the cards of all servers of a layout; one that is divided stays as it is. */
export function divideServers(layout: Layout, nodes: readonly NodeMeta[]): void {
  nodes.forEach(({ kind }, index) => {
    const box = layout.boxes[index];
    if (kind === 'app' && box !== null) layout.servers[index] ??= serverCard(box);
  });
}
