import type { Drill } from '../../../src/drills.ts';

/** The seed of the next try: the next variant of the drill, or where it has none, another number. */
export function nextSeed({ variants }: Pick<Drill, 'variants'>, seed: number): number {
  if (variants.length > 1) return variants[(variants.indexOf(seed) + 1) % variants.length];
  return (seed * 48271 + 11) % 2147483647;
}
