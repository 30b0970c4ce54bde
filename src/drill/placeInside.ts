import type { LocateInside } from '../checks/ExperimentTexts.ts';
import type { Locate } from '../scenario/problems.ts';

/**
 * Finds a character of a text in the document that holds it: text on one line, plain or in quotes, also with escapes. Of any
 * other it gives the place where the text begins.
 */
export function placeInside(document: string, locate: Locate): LocateInside {
  const lines = document.split('\n');
  return (keys, offset, written) => {
    const place = locate(keys, 'value');
    if (place === undefined) return undefined;
    const rest = lines[place.line - 1]?.slice(place.column - 1) ?? '';
    const at = offsetIn(rest, written, offset);
    return at === undefined ? place : { ...place, column: place.column + at };
  };
}

/** Where the character `offset` of `written` stands in the line that begins with it. */
function offsetIn(rest: string, written: string, offset: number): number | undefined {
  const quote = rest[0] === '"' || rest[0] === "'" ? rest[0] : '';
  if (quote === '') return rest.startsWith(written) ? offset : undefined;
  let at = 1;
  for (let index = 0; index < offset; index++) {
    // A quote inside is written as two signs; other escapes are not followed.
    if (rest.startsWith(quote === '"' ? '\\"' : "''", at) && written[index] === quote) at++;
    if (rest[at] !== written[index]) return undefined;
    at++;
  }
  return at;
}
