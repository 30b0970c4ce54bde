import MiniSearch from 'minisearch';
import { json } from 'virtual:search-index';
import { type SearchEntry, searchKinds, type SearchKind, searchOptions } from './SearchEntry.ts';

/** One thing found. */
export type Found = Pick<SearchEntry, 'id' | 'kind' | 'title' | 'text' | 'to'>;

/** What was found of one kind, the best first. */
export interface FoundGroup {
  kind: SearchKind;
  found: Found[];
}

const mostOfAKind = 6;
let index: MiniSearch | undefined;

/** What has all of these words, or words like them, by kind; the kind with the best match first. Empty for no words. */
export function find(words: string): FoundGroup[] {
  if (words.trim() === '') return [];
  index ??= MiniSearch.loadJSON(json, searchOptions);
  const results = index.search(words);
  const groups = searchKinds.map((kind) => {
    const ofKind = results.filter((result) => result.kind === kind);
    const found = ofKind.slice(0, mostOfAKind).map(({ id, title, text, to }): Found => ({ id, kind, title, text, to }));
    return { kind, found, score: ofKind[0]?.score ?? 0 };
  });
  return groups
    .filter(({ found }) => found.length > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ kind, found }) => ({ kind, found }));
}
