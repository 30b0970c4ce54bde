/** One figure of a benchmark, and what it has to be. */
export interface Figure {
  id: string;
  title: string;
  value: number;
  unit: 'events/s' | 'requests/s' | 'times' | 's' | 'µs/request';
  /** What the value is held against; absent where the figure only informs. */
  budget?: { atLeast: number } | { atMost: number };
  /** True without a budget. */
  ok: boolean;
}

/** A figure, judged by its budget if it has one. */
export function figure(
  id: string,
  title: string,
  value: number,
  unit: Figure['unit'],
  budget?: Figure['budget'],
): Figure {
  const ok = budget === undefined || ('atLeast' in budget ? value >= budget.atLeast : value <= budget.atMost);
  return budget === undefined ? { id, title, value, unit, ok } : { id, title, value, unit, budget, ok };
}
