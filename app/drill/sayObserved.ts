import { sayQuantity } from '../../src/checking.ts';
import type { CheckOutcome } from '../../src/drills.ts';
import { sayTime } from './words.ts';

/** What a check saw, when, and on which seed: `Seen: 948 a second, at 11:00:01.000, seed 1107`. */
export function sayObserved({ observed, unit, atUs, windowUs, seed }: CheckOutcome, clock: string | undefined): string {
  if (observed === null) return '';
  const value = sayQuantity(observed, (unit ?? 'number') as Parameters<typeof sayQuantity>[1]);
  const time = (us: number) => sayTime(us, clock);
  const when =
    atUs !== null ? `, at ${time(atUs)}` : windowUs !== null ? `, ${time(windowUs[0])} to ${time(windowUs[1])}` : '';
  return `Seen: ${value}${when}, seed ${seed}`;
}
