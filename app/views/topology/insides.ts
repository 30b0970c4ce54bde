import type { CardFacts } from './model.ts';
import type { ContentsState } from '../contents/ContentsState.ts';
import { type Box, type Layout, leastTitled } from './layout.ts';

/** The colours that the insides of cards are drawn with. */
export interface InsideColours {
  empty: string;
  worker: string;
  query: string;
  hit: string;
  stale: string;
  miss: string;
  missText: string;
  error: string;
  write: string;
  rule: string;
  ink2: string;
}

/** Reads those colours from the page's tokens. */
export function insideColours(element: Element): InsideColours {
  const style = getComputedStyle(element);
  const token = (name: string) => style.getPropertyValue(name).trim();
  return {
    // Where the system's colours are forced there is no wash: what is free would not be seen.
    empty: matchMedia('(forced-colors: active)').matches ? '#8886' : token('--wash'),
    worker: token('--ink2'),
    query: token('--miss'),
    hit: token('--hit'),
    stale: token('--stale'),
    miss: token('--miss'),
    missText: token('--miss-text'),
    error: token('--error'),
    write: token('--write'),
    rule: token('--rule'),
    ink2: token('--ink2'),
  };
}

/** A cell read within this time carries a dot. */
const recentlyUs = 200_000;
const head = 28;
const foot = 24;

/**
 * Draws what is inside the cards that every run has: slots at work, things waiting in line, cells of the shared cache. CSS pixels.
 */
export function drawInsides(
  context: CanvasRenderingContext2D,
  layout: Layout,
  cards: readonly CardFacts[],
  cells: ContentsState | null,
  capacity: number,
  colours: InsideColours,
): void {
  context.clearRect(0, 0, layout.width, layout.height);
  cards.forEach((card, index) => {
    const box = layout.boxes[index];
    if (box === null || card.down) return;
    const inner: Box = { x: box.x + 11, y: box.y + head, width: box.width - 22, height: box.height - head - foot };
    if (card.node.kind === 'app') drawServer(context, layout.servers[index]?.slots ?? barOf(inner), card, colours);
    else if (card.node.kind === 'database') drawDatabase(context, inner, card, colours);
    else if (card.node.kind === 'redis') drawCells(context, inner, cells, capacity, colours, cellGrid(inner, capacity));
  });
}

/** The place of a server's workers, in a card that has nothing else to show. */
function barOf(box: Box): Box {
  // Where there is no room between title and words, the bar stands at the foot; where there is no title, in the middle.
  const full = box.height + head + foot;
  const top = box.y - head;
  const isFlat = box.height < 0;
  const height = isFlat ? Math.min(4, full / 2) : Math.min(13, Math.max(5, box.height - 4));
  const y = isFlat
    ? full < leastTitled
      ? top + (full - height) / 2
      : top + full - height - 4
    : box.y + Math.max(0, (box.height - height) / 2);
  return { x: box.x, y, width: box.width, height };
}

function drawServer(context: CanvasRenderingContext2D, box: Box, card: CardFacts, colours: InsideColours): void {
  const { y, height } = box;
  if (card.slots <= 12) {
    const width = (box.width + 3) / card.slots - 3;
    for (let slot = 0; slot < card.slots; slot++) {
      rounded(
        context,
        box.x + slot * (width + 3),
        y,
        width,
        height,
        2.5,
        slot < card.busy ? colours.worker : colours.empty,
      );
    }
    return;
  }
  rounded(context, box.x, y, box.width, height, 3, colours.empty);
  const share = Math.min(1, card.busy / card.slots);
  if (share > 0)
    rounded(
      context,
      box.x,
      y,
      Math.max(2, box.width * share),
      height,
      3,
      card.waiting > 0 ? colours.error : colours.worker,
    );
}

function drawDatabase(context: CanvasRenderingContext2D, box: Box, card: CardFacts, colours: InsideColours): void {
  const lineRoom = box.height > 74 ? 30 : 14;
  const { columns, size, shown } = slotGrid(box.width, box.height - lineRoom, card.slots);
  const filled = Math.ceil((card.busy / card.slots) * shown);
  for (let slot = 0; slot < shown; slot++) {
    const x = box.x + (slot % columns) * (size + 4);
    const y = box.y + Math.floor(slot / columns) * (size + 4);
    rounded(context, x, y, size, size, Math.min(4, size / 4), slot < filled ? colours.query : colours.empty);
  }
  drawLine(context, box, card.waiting, box.y + Math.ceil(shown / columns) * (size + 4) + 5, colours);
}

/** The largest squares that show all slots; where even small ones do not fit, each stands for several. */
export function slotGrid(
  width: number,
  height: number,
  slots: number,
): { columns: number; size: number; shown: number } {
  for (let size = 20; size >= 6; size--) {
    const most = Math.max(1, Math.floor((width + 4) / (size + 4)));
    const columns = slots <= 8 && height > 2 * (size + 4) ? Math.min(4, most) : Math.min(slots, most);
    if (Math.ceil(slots / columns) * (size + 4) - 4 <= Math.max(6, height)) return { columns, size, shown: slots };
  }
  const columns = Math.max(1, Math.floor((width + 4) / 10));
  return { columns, size: 6, shown: columns * Math.max(1, Math.floor((height + 4) / 10)) };
}

/** Things waiting in line: one diamond each up to what fits, then the line is packed ever closer. */
function drawLine(
  context: CanvasRenderingContext2D,
  box: Box,
  waiting: number,
  y: number,
  colours: InsideColours,
): void {
  const lines = Math.max(0, Math.min(3, Math.floor((box.y + box.height - y + 6) / 10)));
  const across = Math.floor(box.width / 9);
  const shown = Math.min(waiting, lines * across);
  context.fillStyle = colours.miss;
  context.strokeStyle = colours.missText;
  context.lineWidth = 0.8;
  for (let place = 0; place < shown; place++) {
    const cx = box.x + 4 + (place % across) * 9;
    const cy = y + Math.floor(place / across) * 10;
    context.beginPath();
    context.moveTo(cx, cy - 4);
    context.lineTo(cx + 4, cy);
    context.lineTo(cx, cy + 4);
    context.lineTo(cx - 4, cy);
    context.closePath();
    context.fill();
    context.stroke();
  }
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
  for (let slot = 0; slot < cells.slotCount; slot++) {
    const place = Math.floor(slot / each);
    if (cells.key[slot] < 0 || place >= total) continue;
    left[place] = Math.max(left[place], 0) + shareLeft(cells, slot);
    if (cells.reads[slot] > 0 && cells.atUs - cells.lastReadUs[slot] < recentlyUs) recent[place] = 1;
    if (cells.isStale(slot) || cells.isOverdue(slot)) stale[place] = 1;
    if (cells.version[slot] > 0) values[place] = 1;
    count[place]++;
    reads[place] = Math.max(reads[place], cells.reads[slot]);
  }
  const places = Math.min(total, Math.ceil(capacity / each));
  for (let place = 0; place < places; place++) {
    const x = box.x + (place % columns) * (size + gap);
    const y = box.y + Math.floor(place / columns) * (size + gap);
    rounded(context, x, y, size, size, Math.min(3, size / 4), colours.empty);
    if (count[place] === 0) continue;
    context.globalAlpha = 0.22 + 0.78 * Math.min(1, left[place] / each);
    const colour = stale[place] === 1 ? colours.stale : colours.hit;
    // Hollow: it is known that there is nothing.
    if (values[place] === 0) hollow(context, x, y, size, colour);
    else rounded(context, x, y, size, size, Math.min(3, size / 4), colour);
    context.globalAlpha = 1;
    if (recent[place] === 0 || size < 6) continue;
    const dot = Math.min(size - 4, 2 + Math.log2(1 + reads[place]) / 2);
    rounded(context, x + (size - dot) / 2, y + (size - dot) / 2, dot, dot, dot / 2, colours.empty);
  }
}

function hollow(context: CanvasRenderingContext2D, x: number, y: number, size: number, colour: string): void {
  context.strokeStyle = colour;
  context.lineWidth = 1.5;
  context.beginPath();
  context.roundRect(x + 1, y + 1, size - 2, size - 2, Math.min(3, size / 4));
  context.stroke();
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

function rounded(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  width: number,
  height: number,
  radius: number,
  colour: string,
): void {
  context.fillStyle = colour;
  context.beginPath();
  context.roundRect(x, y, width, height, radius);
  context.fill();
}
