import { type Bounds, holds } from './Bounds.ts';
import { aggregationsOf, type Check } from './Check.ts';
import { runOf } from './CheckScope.ts';
import type { Figure, Figures } from './Figures.ts';
import { resolveRange } from './resolveRange.ts';
import { sayQuantity } from './sayQuantity.ts';
import { Unknowable } from './Unknowable.ts';

/** How a condition fared window by window: the figure that shows it, and what to say of how long it held. */
export interface Lasting {
  holds: boolean;
  left: Figure;
  found: string;
}

/**
 * Follows the left side of a check through the windows that lie in its range, which are those of the first run it names.
 * `for`: it must hold in as many windows in a row as cover that time; `within`: the last of them must end by then.
 * A window without data holds nothing. @throws Unknowable when no window has any, or the run ended too early to tell.
 */
export function evaluateLasting(check: Check, figures: Figures, bounds: Bounds): Lasting {
  const { lasting, within, range } = check;
  const { context } = figures;
  const reader = runOf(context.runs, aggregationsOf(check.left)[0]);
  const { windowUs } = reader;
  const [fromUs, toUs] = resolveRange(range, reader, context.moments);
  const deadlineUs = within === undefined ? toUs : fromUs + within.value;
  const first = Math.ceil(fromUs / windowUs);
  const end = Math.floor(Math.min(toUs, deadlineUs) / windowUs);
  const inWindows = (from: number, to: number): Figure => figures.read(check.left, [from * windowUs, to * windowUs]);
  let latest: Figure | undefined;
  let since = first;
  let longest = 0;
  for (let window = first; window < end; window++) {
    const left = known(() => inWindows(window, window + 1));
    if (left !== undefined) latest = left;
    if (left === undefined || !holds(left.value, bounds)) {
      since = window + 1;
      continue;
    }
    longest = Math.max(longest, window + 1 - since);
    const heldUs = (window + 1 - since) * windowUs;
    if (heldUs < (lasting?.value ?? 0)) continue;
    const stretch: [number, number] = [since * windowUs, (window + 1) * windowUs];
    const shown = lasting === undefined ? left : (known(() => inWindows(since, window + 1)) ?? left);
    const found = lasting === undefined ? 'for the first time' : `for ${sayQuantity(heldUs, 'us')}`;
    return {
      holds: true,
      found,
      left: { ...shown, windowUs: stretch, ...(within === undefined ? {} : { atUs: stretch[1] }) },
    };
  }
  if (deadlineUs > toUs && range?.to === undefined) throw new Unknowable('the run ended before the time was over');
  if (latest === undefined) throw new Unknowable('no window of the range has samples');
  const shown = lasting === undefined ? latest : (known(() => inWindows(first, end)) ?? latest);
  const found =
    longest === 0 ? 'and it never held' : `and it held for ${sayQuantity(longest * windowUs, 'us')} at most`;
  return { holds: false, left: shown, found };
}

function known(read: () => Figure): Figure | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof Unknowable) return undefined;
    throw error;
  }
}
