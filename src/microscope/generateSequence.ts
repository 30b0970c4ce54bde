import { Stream } from '../random/Stream.ts';
import { AliasTable, zipfWeights } from '../random/Zipf.ts';

/** Kinds of accesses that can be generated, in the order in which they are offered. */
export const generatorKinds = [
  { id: 'zipf', title: 'Popular and rare', text: 'A few keys get most accesses (Zipf 1).' },
  { id: 'uniform', title: 'All alike', text: 'Every key is as likely as the others.' },
  { id: 'scans', title: 'Hot keys and scans', text: 'A few hot keys; now and then a run of keys seen once.' },
  { id: 'shift', title: 'Tastes change', text: 'What is popular changes twice.' },
  { id: 'loop', title: 'A loop with noise', text: 'Round and round, with a stray key here and there.' },
] as const;

/** One of the kinds. */
export type GeneratorKind = (typeof generatorKinds)[number]['id'];

/** What a generated sequence is made of. */
export interface GeneratorSettings {
  kind: GeneratorKind;
  /** Whole number from 0; the same seed gives the same sequence. */
  seed: number;
  /** Accesses, 1 to 400. */
  count: number;
  /** Different keys, 2 to 26; a scan brings more of its own. */
  keys: number;
}

const letter = (index: number): string => String.fromCharCode(65 + index);

/** Keys, one an access: letters, and numbers for keys that a scan touches once. */
export function generateSequence({ kind, seed, count, keys }: GeneratorSettings): string[] {
  const stream = new Stream(seed, `microscope ${kind}`);
  const popular = new AliasTable(zipfWeights(keys, 1));
  const hot = Math.max(2, Math.floor(keys / 3));
  const made: string[] = [];
  let scanned = 0;
  while (made.length < count) {
    if (kind === 'zipf') made.push(letter(popular.sample(stream)));
    else if (kind === 'uniform') made.push(letter(stream.below(keys)));
    else if (kind === 'shift') {
      // Three ages: in each of them, the ranks begin at another letter.
      const age = Math.floor((made.length * 3) / count);
      made.push(letter((popular.sample(stream) + age * hot) % keys));
    } else if (kind === 'loop')
      made.push(stream.below(8) === 0 ? letter(stream.below(keys)) : letter(made.length % keys));
    else if (made.length > hot && stream.below(6) === 0) {
      for (let left = keys - hot; left > 0; left--) made.push(String(++scanned));
    } else made.push(letter(stream.below(hot)));
  }
  return made.slice(0, count);
}
