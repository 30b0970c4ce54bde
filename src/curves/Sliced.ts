/**
 * Work in short slices: a generator that yields how much of it is done (0..1) every few milliseconds, and returns the
 * result. Whoever drives it may show progress, pause or stop between two slices; the result does not depend on that.
 */
export type Sliced<Result> = Generator<number, Result, void>;

/** Requests in a slice of a pass that costs up to a quarter of a microsecond each: a few milliseconds. */
export const sliceRequests = 16_384;

/** Drives sliced work to its end at once. */
export function finish<Result>(work: Generator<unknown, Result, void>): Result {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

/** Drives one part of a larger work: its progress counts from `from` to `to` (0..1) of the whole. */
export function* partOf<Result>(work: Sliced<Result>, from: number, to: number): Sliced<Result> {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    yield from + (to - from) * step.value;
  }
}
