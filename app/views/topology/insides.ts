import type { CardFacts } from './model.ts';
import type { ContentsState } from '../contents/ContentsState.ts';
import { type Box, type Layout, leastTitled } from './layout.ts';
import { pack } from './markPaths.ts';
import { drawFree, rounded } from './shapes.ts';
import { drawShared } from './cacheCells.ts';

/** The colours that the insides of cards are drawn with. */
export interface InsideColours {
  empty: string;
  /** Around what is free: seen on the card at 3:1 at least. */
  edge: string;
  worker: string;
  query: string;
  hit: string;
  hitLine: string;
  stale: string;
  staleLine: string;
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
    empty: token('--wash'),
    edge: token('--edge'),
    worker: token('--ink2'),
    query: token('--miss'),
    hit: token('--hit'),
    hitLine: token('--hit-line'),
    stale: token('--stale'),
    staleLine: token('--stale-line'),
    miss: token('--miss'),
    missText: token('--miss-text'),
    error: token('--error'),
    write: token('--write'),
    rule: token('--rule'),
    ink2: token('--ink2'),
  };
}

/** What stands above and below the drawing in a card, CSS pixels. */
const [head, foot] = [28, 24];
/** Diamonds of a line stand at least so far apart. */
const leastDiamond = 3;

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
    else if (card.node.kind === 'redis') drawShared(context, box, cells, capacity, colours);
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
      const x = box.x + slot * (width + 3);
      if (slot < card.busy) rounded(context, x, y, width, height, 2.5, colours.worker);
      else drawFree(context, x, y, width, height, 2.5, colours);
    }
    return;
  }
  drawFree(context, box.x, y, box.width, height, 3, colours);
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
    if (slot < filled) rounded(context, x, y, size, size, Math.min(4, size / 4), colours.query);
    else drawFree(context, x, y, size, size, Math.min(4, size / 4), colours);
  }
  drawLine(context, box, card.waiting, box.y + Math.ceil(shown / columns) * (size + 4), colours);
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

/** Things waiting in line from `top` on: one diamond each, ever smaller so that all fit; what does not fit even then is not drawn. */
function drawLine(
  context: CanvasRenderingContext2D,
  box: Box,
  waiting: number,
  top: number,
  colours: InsideColours,
): void {
  const room = box.y + box.height - top;
  if (waiting === 0 || room < leastDiamond) return;
  const { pitch, across, shown } = pack(waiting, box.width, room, Math.min(10, Math.floor(room)), leastDiamond);
  const r = pitch * 0.44;
  // Small ones have no room for a line of their own, and take its colour.
  const isSmall = pitch < 6;
  context.fillStyle = isSmall ? colours.missText : colours.miss;
  context.strokeStyle = colours.missText;
  context.lineWidth = 0.8;
  context.beginPath();
  for (let place = 0; place < shown; place++) {
    const cx = box.x + ((place % across) + 0.5) * pitch;
    const cy = top + (Math.floor(place / across) + 0.5) * pitch;
    context.moveTo(cx, cy - r);
    context.lineTo(cx + r, cy);
    context.lineTo(cx, cy + r);
    context.lineTo(cx - r, cy);
    context.closePath();
  }
  context.fill();
  if (!isSmall) context.stroke();
}
