/** Something to be timed; returns what it came to, so that no work can be optimised away. */
export type Timed<T> = () => T;

/** Milliseconds of each repetition of each candidate, and what the last one came to. */
export interface Timing<T> {
  ms: number[];
  result: T;
}

/** Milliseconds of the wall clock. */
function wallMs(): number {
  return performance.now();
}

/** Milliseconds that this process has computed: what others do meanwhile does not count, but its own compiler does. */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/**
 * Times candidates by turns in one process: first `warmUps` rounds that do not count, then `rounds` that do. Taking turns
 * spreads whatever else the machine does over all of them alike. `clockMs` is the wall's where nothing is said.
 */
export function takeTurns<T>(
  candidates: readonly Timed<T>[],
  rounds: number,
  warmUps: number,
  clockMs: () => number = wallMs,
): Timing<T>[] {
  const timings = candidates.map((candidate): Timing<T> => ({ ms: [], result: candidate() }));
  for (let round = 1; round < warmUps + rounds; round++) {
    candidates.forEach((candidate, index) => {
      const from = clockMs();
      timings[index].result = candidate();
      if (round >= warmUps) timings[index].ms.push(clockMs() - from);
    });
  }
  return timings;
}

/** The middle value; the mean of the two middle ones where there are two. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Median over the rounds of how many times longer `slow` took than `fast`. */
export function medianRatio(slow: readonly number[], fast: readonly number[]): number {
  return median(slow.map((ms, round) => ms / fast[round]));
}
