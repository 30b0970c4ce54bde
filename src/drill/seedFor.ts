import { murmur3Text } from '../random/murmur3.ts';
import type { Drill } from './Drill.ts';

/** The seed of a learner: of the variants always the same one for the same id, else the drill's own. */
export function seedFor({ variants, seed, id }: Drill, learner: string | undefined): number {
  if (variants.length === 0) return seed;
  return variants[murmur3Text(`${id}/${learner ?? ''}`, 0) % variants.length];
}
