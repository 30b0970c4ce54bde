/** True where `text` holds every word of `words`, whatever its case; no words fit every text. */
export function matchesWords(text: string, words: string): boolean {
  const haystack = text.toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => haystack.includes(word));
}
