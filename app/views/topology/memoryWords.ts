import { formatCount, formatShare } from '../../ui/format.ts';
import type { CardFacts } from './model.ts';
import type { ServerCard } from './serverCard.ts';
import type { CardLine, MemoryFacts } from './sideFacts.ts';

/** What is in it, as far as words need it. */
type Held = Omit<MemoryFacts, 'lines'>;

/** About the width of a figure of a card's words, of the word that names the memory with the gap after it, and of the margins, pixels. */
const figurePx = 6.2;
const namePx = 52;
const margins = 22;
/** Characters of `100 % hits`. */
const longestHits = 9;

/** What the workers of a server do and what its memory holds, as far as there is room for it. */
export function memoryLines(memory: Held, parts: ServerCard, width: number, card: CardFacts): CardLine[] {
  const { workersTop, memoryTop, footTop } = parts;
  const whole = footTop >= 0;
  const lines: CardLine[] = [];
  if (workersTop >= 0) lines.push({ top: workersTop, left: card.detail, right: '' });
  if (memoryTop >= 0) {
    const [left, right] = whole
      ? ['Memory', width - margins > namePx + figurePx * longestHits ? hitsOf(memory) : '']
      : shortly(memory, width - margins, card.waiting);
    lines.push({ top: memoryTop, left, right: memory.on ? right : 'off' });
  }
  if (whole && memory.on) lines.push({ top: footTop, left: heldOf(memory), right: '' });
  return lines;
}

/** In one line: who waits for a worker is more urgent than how much there is room for, which the cells show. */
function shortly(memory: Held, width: number, waiting: number): [string, string] {
  if (!memory.on) return ['Memory', ''];
  const keeps = `keeps ${formatCount(memory.entries)}`;
  const line = `${formatCount(waiting)} in line`;
  if (waiting > 0 && figurePx * (keeps.length + line.length) < width) return [keeps, line];
  // The longest that it may become decides, so that the words do not come and go.
  const longest = heldOf({ ...memory, entries: memory.capacity });
  return namePx + figurePx * longest.length < width ? ['Memory', heldOf(memory)] : [keeps, ''];
}

/** `12 of 50, 41 % hits` */
export function memoryWords(memory: Held): string {
  const { gets, hits } = memory;
  return `${heldOf(memory)}${gets === 0 ? '' : `, ${formatShare(hits / gets)} hits`}`;
}

function heldOf({ entries, capacity }: Held): string {
  return `${formatCount(entries)} of ${formatCount(capacity)}`;
}

/** The share of look-ups that found something in the last second, as a whole percentage. */
function hitsOf({ gets, hits }: Held): string {
  return gets > 0 ? `${Math.round((100 * hits) / gets)}\u2009% hits` : '';
}
