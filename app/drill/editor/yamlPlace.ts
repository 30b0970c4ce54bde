/** Where a cursor stands in a drill's YAML: names from the root (`*` for a member of a list), and what is being written there. */
export interface YamlPlace {
  path: string[];
  /** Whether a name or a value is being written. */
  on: 'key' | 'value';
  /** Where the word at the cursor begins, in characters from the start of the line. */
  wordFrom: number;
  /** Names that stand beside it already, with their values where these are on the same line. */
  siblings: ReadonlyMap<string, string>;
}

const named = /^(\s*)((?:- +)*)(?:"([^"]*)"|([^\s:#{}[\],"'][^:#{}[\],]*?)):(?:\s+(.*))?$/;
const item = /^(\s*)- +/;

/**
 * The place of a cursor, by indentation alone: enough for block style with lists and for maps in braces on one line, and
 * never wrong enough to do harm.
 */
export function yamlPlaceAt(text: string, offset: number): YamlPlace {
  const lines = text.slice(0, offset).split('\n');
  const before = lines.at(-1) ?? '';
  const rest = text.slice(offset).split('\n', 1)[0];
  const wordFrom = before.length - (/[\w.$-]*$/.exec(before)?.[0].length ?? 0);
  const here = before.slice(0, wordFrom);
  const dashes = /^(\s*(?:- +)*)/.exec(here)?.[1] ?? '';
  const own = named.exec(here.endsWith(' ') || here === '' ? `${here}x` : here);
  const column = dashes.length;
  const open = openBraces(here);
  const path = pathAbove(lines.slice(0, -1), column, dashes);
  if (open !== undefined) {
    const key = named
      .exec(here.slice(0, open.at).trimEnd())
      ?.slice(3, 5)
      .find((part) => part !== undefined);
    return {
      path: [...path, ...(key === undefined ? [] : [key]), ...open.path],
      on: open.on,
      wordFrom,
      siblings: open.siblings,
    };
  }
  const key = own?.[3] ?? own?.[4];
  if (key !== undefined && here.includes(':'))
    return { path: [...path, key], on: 'value', wordFrom, siblings: new Map() };
  if (dashes.includes('-') && here.slice(column).trim() !== '')
    return { path, on: 'value', wordFrom, siblings: new Map() };
  return { path, on: 'key', wordFrom, siblings: siblingsOf(text, lines.length - 1, column, rest) };
}

/** Names of the maps and lists around a line whose content begins at `column`. */
function pathAbove(lines: readonly string[], column: number, dashes: string): string[] {
  const path = dashes
    .split('-')
    .slice(1)
    .map(() => '*');
  let limit = dashes.includes('-') ? dashes.indexOf('-') + 1 : column;
  for (let index = lines.length - 1; index >= 0 && limit > 0; index--) {
    const line = lines[index];
    if (line.trim() === '' || line.trimStart().startsWith('#')) continue;
    const found = named.exec(line);
    const start = /^\s*(?:- +)*/.exec(line)?.[0] ?? '';
    const isOwnDash = path[0] === '*' && dashes.includes('-') && path.length === 1;
    if (found !== null && (start.length < limit || (isOwnDash && start.length < limit))) {
      path.unshift(found[3] ?? found[4]);
      limit = start.length;
    }
    // A dash to the left of what is looked for: a member of the list that the next name to the left holds.
    if (item.test(line) && line.search(/\S/) < limit && start.length <= limit) {
      path.unshift('*');
      limit = line.search(/\S/) + 1;
    }
  }
  return path;
}

interface OpenBrace {
  at: number;
  path: string[];
  on: 'key' | 'value';
  siblings: Map<string, string>;
}

/** The innermost brace or bracket that is open at the end of a line; quoted text is skipped. */
function openBraces(line: string): OpenBrace | undefined {
  const stack: { at: number; kind: string; key: string; siblings: Map<string, string> }[] = [];
  let quote = '';
  let part = '';
  let key = '';
  for (let index = 0; index < line.length; index++) {
    const sign = line[index];
    if (quote !== '') {
      if (sign === quote) quote = '';
      part += sign;
    } else if ((sign === '"' || sign === "'") && part.trim() === '') {
      quote = sign;
      part = sign;
    } else if (
      (sign === '{' || sign === '[') &&
      part.trim() === '' &&
      (stack.length > 0 || /(?:[:-] |^\s*)$/.test(line.slice(0, index)))
    ) {
      stack.push({ at: index, kind: sign, key, siblings: new Map() });
      [part, key] = ['', ''];
    } else if (stack.length > 0 && (sign === '}' || sign === ']')) {
      const closed = stack.pop();
      key = closed?.key ?? '';
      part = '';
    } else if (stack.length > 0 && sign === ',') {
      stack.at(-1)?.siblings.set(key === '' ? part.trim() : key, key === '' ? '' : part.trim());
      [part, key] = ['', ''];
    } else if (stack.length > 0 && sign === ':' && key === '' && stack.at(-1)?.kind === '{') {
      key = part.trim().replace(/^["']|["']$/g, '');
      part = '';
    } else if (stack.length > 0) {
      part += sign;
    }
  }
  const inner = stack.at(-1);
  if (inner === undefined) return undefined;
  const path = stack.flatMap(({ kind, key: held }, depth) => [
    ...(depth === 0 || held === '' ? [] : [held]),
    ...(kind === '[' ? ['*'] : []),
  ]);
  const isValue = inner.kind === '[' || key !== '';
  return {
    at: stack[0].at,
    path: key === '' ? path : [...path, key],
    on: isValue ? 'value' : 'key',
    siblings: inner.siblings,
  };
}

/** Names in the same block map as the line, above and below it. */
function siblingsOf(text: string, line: number, column: number, rest: string): Map<string, string> {
  const lines = text.split('\n');
  const siblings = new Map<string, string>();
  const look = (index: number): 'on' | 'end' => {
    const at = lines[index];
    if (at.trim() === '') return 'on';
    const start = /^\s*(?:- +)*/.exec(at)?.[0] ?? '';
    if (start.length < column) return 'end';
    const found = start.length === column ? named.exec(at) : null;
    if (found !== null) siblings.set(found[3] ?? found[4], found[5] ?? '');
    return item.test(at) && at.search(/\S/) < column && start.length === column ? 'end' : 'on';
  };
  const startsItem = item.test(lines[line] ?? '');
  if (!startsItem) for (let index = line - 1; index >= 0 && look(index) === 'on'; index--);
  for (let index = line + 1; index < lines.length; index++) {
    const at = lines[index];
    if (item.test(at) && at.search(/\S/) < column) break;
    if (look(index) === 'end') break;
  }
  if (rest.trim() !== '') siblings.delete(rest.trim());
  return siblings;
}
