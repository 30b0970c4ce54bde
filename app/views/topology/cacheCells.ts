import type { ContentsState } from '../contents/ContentsState.ts';
import type { InsideColours } from './insides.ts';
import type { Box } from './layout.ts';
import { drawFree, outline, rounded } from './shapes.ts';

/** A cell read within this time carries a dot. */
const recentlyUs = 200_000;
/** What stands above the cells of the shared cache, below them, and below them where there are two lines. CSS pixels. */
const [head, foot, highFoot] = [28, 24, 41];
/** Cells smaller than this have room for a thin line and a small dot only: lest what is hollow looks like what was just read. */
const small = 9;
/** In a card narrower than this, what a cell stands for is said in a line of its own. */
const wide = 200;

/** Where the cells of the shared cache stand in its card, and how. */
export function sharedCells({ x, y, width, height }: Box, capacity: number): { inner: Box; grid: CellGrid } {
  const innerOf = (below: number) => ({ x: x + 11, y: y + head, width: width - 22, height: height - head - below });
  const inner = innerOf(foot);
  const grid = cellGrid(inner, capacity);
  if (grid.each === 1 || width >= wide) return { inner, grid };
  const lower = innerOf(highFoot);
  return { inner: lower, grid: cellGrid(lower, capacity) };
}

/** Draws the entries of the shared cache into its card. */
export function drawShared(
  context: CanvasRenderingContext2D,
  box: Box,
  cells: ContentsState | null,
  capacity: number,
  colours: InsideColours,
): void {
  const { inner, grid } = sharedCells(box, capacity);
  drawCells(context, inner, cells, capacity, colours, grid);
}

/** Draws the entries of a cache as cells; `grid` says how they are laid out from the box's corner on. */
export function drawCells(
  context: CanvasRenderingContext2D,
  box: Pick<Box, 'x' | 'y'>,
  cells: ContentsState | null,
  capacity: number,
  colours: InsideColours,
  { columns, rows, size, gap, each }: CellGrid,
): void {
  const total = columns * rows;
  const left = new Float32Array(total).fill(-1);
  const recent = new Uint8Array(total);
  const stale = new Uint8Array(total);
  const values = new Uint8Array(total);
  const count = new Int32Array(total);
  const reads = new Int32Array(total);
  if (cells === null) return;
  // Entries lie in the lowest free slots; where the cache was larger once they may lie beyond what is drawn, and close up.
  const closeUp = Math.floor(lastHeld(cells) / each) >= total;
  let rank = 0;
  for (let slot = 0; slot < cells.slotCount; slot++) {
    if (!isHeld(cells, slot)) continue;
    const place = Math.floor((closeUp ? rank++ : slot) / each);
    if (place >= total) break;
    left[place] = Math.max(left[place], 0) + shareLeft(cells, slot);
    if (cells.reads[slot] > 0 && cells.atUs - cells.lastReadUs[slot] < recentlyUs) recent[place] = 1;
    if (cells.isStale(slot) || cells.isOverdue(slot)) stale[place] = 1;
    if (cells.version[slot] > 0) values[place] = 1;
    count[place]++;
    reads[place] = Math.max(reads[place], cells.reads[slot]);
  }
  const places = Math.min(total, Math.ceil(capacity / each));
  const radius = Math.min(3, size / 4);
  for (let place = 0; place < total; place++) {
    const x = box.x + (place % columns) * (size + gap);
    const y = box.y + Math.floor(place / columns) * (size + gap);
    if (count[place] === 0) {
      if (place < places) drawFree(context, x, y, size, size, radius, colours);
      continue;
    }
    const alpha = 0.22 + 0.78 * Math.min(1, left[place] / each);
    const [fill, line] = stale[place] === 1 ? [colours.stale, colours.staleLine] : [colours.hit, colours.hitLine];
    drawEntry(context, x, y, size, alpha, values[place] === 1 ? fill : null, line, colours.empty);
    if (recent[place] === 0 || size < 6) continue;
    const dot = Math.min(size - (size < small ? 5 : 4), 2 + Math.log2(1 + reads[place]) / 2);
    rounded(context, x + (size - dot) / 2, y + (size - dot) / 2, dot, dot, dot / 2, colours.empty);
  }
}

/** An entry whose time is over by all that is known is not there, where rows are missing. */
function isHeld(cells: ContentsState, slot: number): boolean {
  return cells.key[slot] >= 0 && (cells.exact || cells.goneUs[slot] > cells.atUs);
}

function lastHeld(cells: ContentsState): number {
  let last = cells.slotCount - 1;
  while (last >= 0 && !isHeld(cells, last)) last--;
  return last;
}

/**
 * A cell with an entry: as full as `alpha` says, within a line that is always seen. Hollow with a line as strong as that where
 * `fill` is null: it is known that there is nothing.
 */
function drawEntry(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  size: number,
  alpha: number,
  fill: string | null,
  line: string,
  empty: string,
): void {
  const radius = Math.min(3, size / 4);
  rounded(context, x, y, size, size, radius, empty);
  if (fill === null) {
    context.globalAlpha = alpha;
    outline(context, x, y, size, size, radius, size < small ? 1.25 : 2.5, line);
  } else {
    context.globalAlpha = size < 4.5 ? Math.max(0.6, alpha) : alpha;
    rounded(context, x, y, size, size, radius, fill);
  }
  context.globalAlpha = 1;
  if (size >= 4.5) outline(context, x, y, size, size, radius, 1, line);
}

/** How much of an entry's life is left, 0 … 1; of one past its time, how much of the time that it is kept beyond. */
function shareLeft(cells: ContentsState, slot: number): number {
  if (cells.isOverdue(slot)) {
    const keptUs = cells.goneUs[slot] - cells.expiresUs[slot];
    return Math.max(0, Math.min(1, (cells.goneUs[slot] - cells.atUs) / keptUs));
  }
  const life = cells.expiresUs[slot] - cells.storedUs[slot];
  if (life === Number.POSITIVE_INFINITY) return 1;
  return Math.max(0, Math.min(1, (cells.expiresUs[slot] - cells.atUs) / life));
}

/** How cells are laid out; each stands for so many entries. */
export interface CellGrid {
  columns: number;
  rows: number;
  size: number;
  gap: number;
  each: number;
}

/** How many entries a drawn cell stands for, and how the cells are laid out. */
export function cellGrid(box: Box, capacity: number): CellGrid {
  const gap = 4;
  const most = 16;
  const least = 7;
  const mostCells = Math.floor((box.width + gap) / (least + gap)) * Math.floor((box.height + gap) / (least + gap));
  const each = Math.max(1, Math.ceil(capacity / Math.max(1, mostCells)));
  const wanted = Math.ceil(capacity / each);
  for (let size = most; size > least; size--) {
    const columns = Math.floor((box.width + gap) / (size + gap));
    const rows = Math.floor((box.height + gap) / (size + gap));
    if (columns * rows >= wanted) return { columns, rows, size, gap, each };
  }
  return {
    columns: Math.max(1, Math.floor((box.width + gap) / (least + gap))),
    rows: Math.max(1, Math.floor((box.height + gap) / (least + gap))),
    size: least,
    gap,
    each,
  };
}
