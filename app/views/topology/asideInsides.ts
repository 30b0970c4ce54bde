import type { AsideReader } from './AsideReader.ts';
import { drawExtras } from './extraInsides.ts';
import { type CellGrid, drawCells } from './cacheCells.ts';
import type { InsideColours } from './insides.ts';
import type { Box, Layout } from './layout.ts';
import type { CardFacts } from './model.ts';

/** Draws into the cards what only some runs have: the insides of the band below, and the entries in servers' own memory. */
export function drawAside(
  context: CanvasRenderingContext2D,
  layout: Layout,
  cards: readonly CardFacts[],
  { memory }: Pick<AsideReader, 'memory'>,
  colours: InsideColours,
): void {
  drawExtras(context, layout, cards, colours);
  cards.forEach((card, index) => {
    const place = layout.servers[index];
    if (place === undefined || card.down || card.memory?.on !== true) return;
    const { capacity } = card.memory;
    const grid = memoryGrid(place.cells, capacity);
    drawCells(context, place.cells, memory.entries(index), capacity, colours, grid);
  });
}

/** The largest cells, down to 3 pixels, in which all entries find room; where even those do not, each stands for several. */
export function memoryGrid({ width, height }: Box, capacity: number): CellGrid {
  const fit = (size: number) => {
    const gap = size > 6 ? 3 : size > 4 ? 2 : 1;
    const columns = Math.max(1, Math.floor((width + gap) / (size + gap)));
    const rows = Math.max(1, Math.floor((height + gap) / (size + gap)));
    return { columns, rows, size, gap, each: 1 };
  };
  for (let size = Math.min(12, Math.floor(height)); size > 3; size--) {
    const grid = fit(size);
    if (grid.columns * grid.rows >= capacity) return grid;
  }
  const least = fit(3);
  return { ...least, each: Math.max(1, Math.ceil(capacity / (least.columns * least.rows))) };
}
