/** How many insertions, deletions and replacements turn one text into the other (Levenshtein 1966; Wagner and Fischer 1974). */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      next.push(Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (from[i - 1] === to[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[to.length];
}

/** The one of `ids` that reads most like `text`, in small letters; the first of equals. `ids` has one at least. */
export function nearestId(text: string, ids: readonly string[]): string {
  // A stray text may be long; a few letters more than any id are enough to tell ids apart.
  const wanted = text.toLowerCase().slice(0, 40);
  const distances = ids.map((id) => editDistance(wanted, id));
  return ids[distances.indexOf(Math.min(...distances))];
}
