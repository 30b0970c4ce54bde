/** How a bet compares with what was measured. */
export interface Verdict {
  /** right: nobody could have chosen better; near: within the tolerance; off: neither. */
  kind: 'right' | 'near' | 'off';
  /** measured ÷ bet; undefined where one of them is 0. */
  times: number | undefined;
}

/** Within this factor a number counts as near: order of magnitude is what a bet teaches. */
export const nearFactor = 2;

/**
 * Compares a bet with the measured value, by ratio: 10 against 20 is as far off as 1 000 against 2 000.
 * @param options the values that could be chosen; then the nearest of them is right, by difference where no ratio tells. Without them,
 * within 10 % is right.
 */
export function judge(bet: number, measured: number, options?: readonly number[]): Verdict {
  const times = bet === 0 || measured === 0 ? undefined : measured / bet;
  const off = distance(bet, measured);
  const isRight = options ? options.every((other) => !isNearer(other, bet, measured)) : off <= 1.1;
  if (isRight) return { kind: 'right', times };
  return { kind: off <= nearFactor ? 'near' : 'off', times };
}

function isNearer(other: number, bet: number, measured: number): boolean {
  const [its, own] = [distance(other, measured), distance(bet, measured)];
  return own === Number.POSITIVE_INFINITY ? Math.abs(other - measured) < Math.abs(bet - measured) : its < own;
}

/** How many times the larger is the smaller; 1 is equal, and nothing is near to 0 but 0. */
function distance(a: number, b: number): number {
  if (a === b) return 1;
  const small = Math.min(Math.abs(a), Math.abs(b));
  return small === 0 || a < 0 !== b < 0 ? Number.POSITIVE_INFINITY : Math.max(Math.abs(a), Math.abs(b)) / small;
}
