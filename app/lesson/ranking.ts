/** How an order that was bet on compares with the order of the measured values. */
export interface Ranking {
  /** The places of the question's items in the true order, from 0; equal values share the better place. */
  places: number[];
  /** The items of the question in the true order. */
  sorted: number[];
  /** Whether the item in each place of the bet has the value of that place. */
  fits: boolean[];
  /** How many items of the bet stand in a place of their value. */
  right: number;
}

/**
 * Ranks the measured values and counts what the bet has right. Items of equal value may change places.
 * @param values of the question's items. @param order the bet: items by their place in the question, first place first.
 * @param direction whether the first place is the largest or the smallest value.
 */
export function rank(values: readonly number[], order: readonly number[], direction: 'most' | 'least'): Ranking {
  const sign = direction === 'most' ? -1 : 1;
  const sorted = values.map((_, item) => item).sort((a, b) => sign * (values[a] - values[b]) || a - b);
  const ordered = sorted.map((item) => values[item]);
  const fits = order.map((item, place) => values[item] === ordered[place]);
  return { places: values.map((value) => ordered.indexOf(value)), sorted, fits, right: fits.filter(Boolean).length };
}

/** The order with the item at a place moved by one; the same order where there is no room. */
export function moved(order: readonly number[], place: number, by: -1 | 1): number[] {
  const other = place + by;
  const next = [...order];
  if (place < 0 || place >= order.length || other < 0 || other >= order.length) return next;
  [next[place], next[other]] = [next[other], next[place]];
  return next;
}
