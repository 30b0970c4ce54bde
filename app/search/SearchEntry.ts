/** What can be found: where it stands in the list of results. */
export const searchKinds = ['lesson', 'term', 'scenario', 'experiment'] as const;
/** One of {@link searchKinds}. */
export type SearchKind = (typeof searchKinds)[number];

/** Something that can be found. */
export interface SearchEntry {
  /** Unique: kind and id. */
  id: string;
  kind: SearchKind;
  title: string;
  /** Other names, headings. */
  more: string;
  /** One or two sentences, shown with the result. */
  text: string;
  /** Where it leads. */
  to: string;
}

/** How the entries are indexed; the build and the page have to agree on it. */
export const searchOptions = {
  fields: ['title', 'more', 'text', 'body'],
  storeFields: ['kind', 'title', 'text', 'to'],
  searchOptions: { boost: { title: 5, more: 2, body: 0.4 }, prefix: true, fuzzy: 0.18, combineWith: 'AND' as const },
};
