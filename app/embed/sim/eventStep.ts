import { closingUs, type Columns } from '../../../src/index.ts';
import type { RunView } from '../../stage/RunView.ts';

/** How far a step looks for its event, virtual µs: a little first, because a busy run has thousands of them a second. */
const reachesUs = [10_000, 100_000, 1_000_000, 10_000_000, 60_000_000] as const;

/**
 * The moment of the nth event after `fromUs`, or before it where `n` is negative: an event is any time at which a request or
 * a call of it starts, is sent, arrives, is served, leaves or ends. Several at one moment are one.
 * @param know works the run out up to a time and gives it. @returns null where there are fewer within a minute of the run.
 */
export async function eventStep(
  fromUs: number,
  n: number,
  know: (untilUs: number) => Promise<RunView | null>,
): Promise<number | null> {
  if (n === 0) return fromUs;
  for (const reachUs of reachesUs) {
    const run = await know(n > 0 ? fromUs + reachUs : fromUs);
    if (run === null) return null;
    const moments =
      n > 0 ? momentsIn(run, fromUs, fromUs + reachUs) : momentsIn(run, fromUs - reachUs, Math.ceil(fromUs) - 1);
    const found = n > 0 ? moments[n - 1] : moments.at(n);
    if (found !== undefined) return found;
  }
  return null;
}

/** Every moment with afterUs < moment ≤ untilUs, in order, each once. */
function momentsIn({ spans, horizonUs }: RunView, afterUs: number, untilUs: number): number[] {
  const found = new Set<number>();
  const lastUs = Math.min(untilUs, horizonUs - 1);
  const look = (table: Columns, index: number) => {
    const { start, sent, arrive, service, leave, end } = table;
    for (const column of [start, sent, arrive, service, leave, end]) {
      const atUs = column[index];
      if (atUs > afterUs && atUs <= lastUs && atUs >= 0) found.add(atUs);
    }
  };
  spans.forEachOverlapping(Math.max(0, afterUs), lastUs, look);
  // What takes no time overlaps nothing.
  const { closed } = spans;
  for (let index = spans.firstClosing(afterUs); index < closed.length; index++) {
    if (closingUs(closed, index) > lastUs) break;
    look(closed, index);
  }
  return [...found].sort((a, b) => a - b);
}
