/**
 * Throws a RangeError naming `what` unless `value` is a finite number of at least `least` (0 unless told).
 */
export function checkAtLeast(what: string, value: number, least = 0): void {
  if (!(value >= least && value < Infinity))
    throw new RangeError(`${what} must be a number from ${least}, not ${value}`);
}

/** Throws a RangeError naming `what` unless `value` is finite and above 0. */
export function checkPositive(what: string, value: number): void {
  if (!(value > 0 && value < Infinity)) throw new RangeError(`${what} must be a number above 0, not ${value}`);
}

/** Throws a RangeError naming `what` unless `value` is in 0..1. */
export function checkShare(what: string, value: number): void {
  if (!(value >= 0 && value <= 1)) throw new RangeError(`${what} must be a share from 0 to 1, not ${value}`);
}

/** Throws a RangeError naming `what` unless `value` is a whole number of at least `least`, up to 2^53. */
export function checkWhole(what: string, value: number, least: number): void {
  if (!(Number.isSafeInteger(value) && value >= least))
    throw new RangeError(`${what} must be a whole number from ${least}, not ${value}`);
}
