/** Bounds of what a person may type. A microscope is for a few dozen accesses; what goes beyond is a trace. */
export const sequenceLimits = { textCharacters: 4000, accesses: 400, keyCharacters: 12, nesting: 8 } as const;

/** Accesses to keys: `ids[i]` is the key of access i as an index into `names`. Ids are dense, in order of first appearance. */
export interface Sequence {
  names: readonly string[];
  ids: readonly number[];
}

/** What could not be read in a sequence, and what to do about it. */
export interface SequenceProblem {
  /** Where it begins and how long it is, in UTF-16 units of the text. */
  at: number;
  length: number;
  /** What is wrong, a sentence. */
  text: string;
  /** What helps, a sentence. */
  remedy: string;
}

/** A sequence as far as it could be read. */
export interface SequenceReading extends Sequence {
  /** The first thing that could not be read; null when all was. */
  problem: SequenceProblem | null;
}

/**
 * Reads accesses as people write them: keys between spaces, commas, semicolons, arrows or line ends. Capital letters are read one
 * by one (`ABCA`), everything else between separators is one key (`12`, `user7`); quotes keep a key together (`"ABC"`). Ranges
 * (`A-E`, `9..1`, `user1-user5`) and repeats (`(AB)x3`, `A*2`, `1-5×2`) may be nested. Never throws: what stands before the first
 * problem is kept.
 */
export function readSequence(text: string): SequenceReading {
  const reader = new SequenceReader(text);
  const problem = reader.read();
  const ids: number[] = [];
  const idOf = new Map<string, number>();
  for (const key of reader.keys) {
    const id = idOf.get(key) ?? idOf.size;
    idOf.set(key, id);
    ids.push(id);
  }
  return { names: [...idOf.keys()], ids, problem };
}

/** Carries a problem up through nested groups. */
class Fault extends Error {
  readonly problem: SequenceProblem;
  constructor(at: number, length: number, text: string, remedy: string) {
    super(text);
    this.problem = { at, length, text, remedy };
  }
}

const separator = /[\s,;→]/u;
const wordEnd = /[\s,;→()"]/u;
// Control and formatting characters would be keys that nobody sees.
const unseen = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/u;
const groupRepeat = /^\s*[x×*](\d+)/u;

class SequenceReader {
  /** The keys read so far, in order. */
  keys: string[] = [];
  private place = 0;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  read(): SequenceProblem | null {
    const most = sequenceLimits.textCharacters;
    try {
      if (this.text.length > most)
        throw new Fault(
          most,
          this.text.length - most,
          `The text has ${this.text.length} characters, ${most} is the most.`,
          'Write repeats as (AB)x3, or keep only the part that matters.',
        );
      this.items(this.keys, 0);
      return null;
    } catch (error) {
      if (error instanceof Fault) return error.problem;
      throw error;
    }
  }

  private items(into: string[], depth: number): void {
    while (this.place < this.text.length) {
      const start = this.place;
      const character = this.text[start];
      if (separator.test(character)) this.place++;
      else if (character === ')') {
        if (depth > 0) return;
        throw new Fault(
          start,
          1,
          'This bracket closes nothing.',
          'Delete it, or put a ( where the repeated part begins.',
        );
      } else if (character === '(') this.group(into, depth);
      else if (character === '"') this.quoted(into);
      else this.word(into);
    }
  }

  private group(into: string[], depth: number): void {
    const start = this.place;
    if (depth >= sequenceLimits.nesting)
      throw new Fault(
        start,
        1,
        `Brackets are nested deeper than ${sequenceLimits.nesting}.`,
        'Write the inner part out.',
      );
    this.place++;
    const inner: string[] = [];
    try {
      this.items(inner, depth + 1);
      if (this.place >= this.text.length)
        throw new Fault(
          start,
          1,
          'This bracket is never closed.',
          'Put a ) where the repeated part ends, such as (AB)x3.',
        );
    } catch (error) {
      this.keep(into, inner);
      throw error;
    }
    this.place++;
    const repeat = groupRepeat.exec(this.text.slice(this.place));
    if (repeat) this.place += repeat[0].length;
    this.append(into, inner, repeat ? this.times(repeat[1], start) : 1, start);
  }

  private quoted(into: string[]): void {
    const start = this.place;
    const end = this.text.indexOf('"', start + 1);
    if (end < 0) throw new Fault(start, 1, 'This quote is never closed.', 'Put a second " where the key ends.');
    const key = this.text.slice(start + 1, end);
    if (key.trim() === '')
      throw new Fault(start, end + 1 - start, 'There is no key between these quotes.', 'Write one, such as "ABC".');
    this.place = end + 1;
    this.append(into, [this.checked(key, start)], 1, start);
  }

  private word(into: string[]): void {
    const start = this.place;
    while (this.place < this.text.length && !wordEnd.test(this.text[this.place])) this.place++;
    const word = this.text.slice(start, this.place);
    const repeat = /^(.*?)(?:([×*])|x)(\d+)$/u.exec(word);
    const base = repeat?.[1] ?? '';
    // In `max3` the x belongs to the name; after a capital letter, a number or a range it can only be a repeat.
    const repeats = repeat !== null && (repeat[2] !== undefined || /^(\p{Lu}+|\p{L}|\d+|.+(-|–|\.\.).+)$/u.test(base));
    if (!repeats) return this.append(into, this.keysOf(word, start), 1, start);
    if (base === '')
      throw new Fault(
        start,
        word.length,
        `There is nothing to repeat before “${word}”.`,
        'Write it behind a key or a ).',
      );
    const keys = this.keysOf(base, start);
    if (/^\p{Lu}{2,}$/u.test(base))
      throw new Fault(
        start,
        word.length,
        `“${word}” could repeat all of ${base} or its last key only.`,
        `Write (${base})x${repeat[3]} for all of it.`,
      );
    this.append(into, keys, this.times(repeat[3], start), start);
  }

  private keysOf(word: string, at: number): string[] {
    const range = /^(\D*)(\d{1,9})(?:-|–|\.\.)(\D*)(\d{1,9})$/u.exec(word);
    if (range && (range[3] === '' || range[3] === range[1]))
      return this.counted(Number(range[2]), Number(range[4]), (value) => this.checked(`${range[1]}${value}`, at));
    const letters = /^(?:([A-Z])(?:-|–|\.\.)([A-Z])|([a-z])(?:-|–|\.\.)([a-z]))$/.exec(word);
    if (letters) {
      const [from, to] = [letters[1] ?? letters[3], letters[2] ?? letters[4]].map((letter) => letter.charCodeAt(0));
      return this.counted(from, to, (code) => String.fromCharCode(code));
    }
    if (/^\p{Lu}+$/u.test(word)) return Array.from(word);
    return [this.checked(word, at)];
  }

  /** Stops one past what a sequence may hold: `append` then says so. */
  private counted(from: number, to: number, write: (value: number) => string): string[] {
    const keys: string[] = [];
    const step = from <= to ? 1 : -1;
    for (let value = from; value !== to + step && keys.length <= sequenceLimits.accesses; value += step)
      keys.push(write(value));
    return keys;
  }

  private checked(key: string, at: number): string {
    const most = sequenceLimits.keyCharacters;
    if (unseen.test(key))
      throw new Fault(
        at,
        key.length,
        'There is an invisible character in this key.',
        'Delete the key and type it again.',
      );
    if (Array.from(key).length > most)
      throw new Fault(
        at,
        key.length,
        `This key is longer than ${most} characters.`,
        'Put spaces between keys, or take shorter names.',
      );
    return key;
  }

  private times(digits: string, at: number): number {
    const count = Number(digits);
    if (count < 1)
      throw new Fault(at, this.place - at, 'This is repeated zero times.', 'Repeat it at least once, or delete it.');
    return count;
  }

  private append(into: string[], keys: readonly string[], times: number, at: number): void {
    if (keys.length === 0) return;
    for (let round = 0; round < times; round++) {
      const whole = into.length + keys.length <= sequenceLimits.accesses;
      this.keep(into, keys);
      if (whole) continue;
      throw new Fault(
        at,
        this.place - at,
        `There are more than ${sequenceLimits.accesses} accesses.`,
        'The first ones are kept. Longer traces belong to the curves.',
      );
    }
  }

  private keep(into: string[], keys: readonly string[]): void {
    for (const key of keys) if (into.length < sequenceLimits.accesses) into.push(key);
  }
}
