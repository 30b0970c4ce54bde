import { sources, terms } from 'virtual:glossary';

/** A term of the glossary. */
export interface GlossaryEntry {
  id: string;
  /** As it is written in a sentence. */
  term: string;
  /** Other names for it. */
  also: readonly string[];
  /** What it means, in 200 characters at most. */
  text: string;
  /** The lesson that explains it, by its slug, where that is written. */
  see?: string;
}

/** One of the documents that the course was checked against. */
export interface SourceEntry {
  /** Three digits. */
  id: string;
  /** A title of our own. */
  title: string;
  /** What it covers, in a sentence. */
  covers: string;
}

/** Every term, in the order of the alphabet. */
export const glossary: readonly GlossaryEntry[] = terms;

/** The documents, in the order of their numbers. */
export const sourceIndex: readonly SourceEntry[] = sources;

/** A term by its id; undefined where there is none. */
export function findTerm(id: string): GlossaryEntry | undefined {
  return glossary.find((entry) => entry.id === id);
}
