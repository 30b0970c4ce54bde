// The only file that imports `yaml`, so that the page loads that package when somebody opens the editor and not before.
import { isMap, isScalar, isSeq, Lexer, LineCounter, type Pair, type ParsedNode, parseDocument } from 'yaml';
import { documentLimits } from './plainCopy.ts';
import { describeFound, type Locate, type Problem, problemAt, problemLimit, type ReadOptions } from './problems.ts';
import { readScenario } from './readScenario.ts';
import type { Scenario, ScenarioInput } from './schema.ts';

/** Characters a scenario file may have. */
export const textLimit = 65_536;

/**
 * Reads a scenario file, YAML 1.2 or JSON. Never throws. Aliases, anchors, tags, directives and merge keys are refused.
 * @param options `file` is only used in messages
 * @returns the scenario and what was written, or problems with line and column
 */
export function parseScenario(
  text: string,
  options: { file?: string } = {},
): { scenario: Scenario; input: ScenarioInput } | { problems: Problem[] } {
  const parsed = parseText(text, options);
  if ('problems' in parsed) return parsed;
  const read = readScenario(parsed.value, { ...options, locate: parsed.locate });
  return 'problems' in read ? { problems: inTextOrder(read.problems) } : read;
}

function inTextOrder(problems: readonly Problem[]): Problem[] {
  return [...problems].sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
}

/** `file` is only used in messages. */
interface TextOptions {
  file?: string;
  /** Whole numbers from 0 may be names too, as in `levels: { 4: well done }`. */
  numberNames?: boolean;
}

/**
 * Reads any YAML or JSON text under the limits of a scenario file into plain data, with the place of every value.
 * Never throws. Names that pollute prototypes come out as own properties, for the reader of the data to refuse.
 */
export function parseText(
  text: string,
  options: TextOptions = {},
): { value: unknown; locate: Locate } | { problems: Problem[] } {
  if (text.length > textLimit) {
    const message = `found ${text.length} characters, expected at most ${textLimit}`;
    return { problems: [problemAt({ ...options, locate: () => ({ line: 1, column: 1 }) }, [], 'value', message)] };
  }
  const lines = new LineCounter();
  lines.addNewLine(0);
  for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', end + 1)) lines.addNewLine(end + 1);
  const at = (offset: number): ReadOptions => ({ ...options, locate: () => positionOf(lines, offset) });
  try {
    const trouble = tokenTrouble(text);
    if (trouble !== undefined) return { problems: [problemAt(at(trouble.offset), [], 'value', trouble.message)] };
    return compose(text, options, lines, at);
  } catch {
    return { problems: [problemAt(at(0), [], 'value', 'found text that cannot be read, expected YAML or JSON')] };
  }
}

function positionOf(lines: LineCounter, offset: number): { line: number; column: number } {
  const { line, col } = lines.linePos(offset);
  return { line, column: col };
}

type Trouble = { offset: number; message: string };

const unwanted: Record<string, string> = {
  '*': 'found an alias (*), expected the value itself: aliases are switched off. Text that starts with * needs quotes',
  '&': 'found an anchor (&), expected a plain value: anchors are switched off. Text that starts with & needs quotes',
  '!': 'found a tag (!), expected a plain value. Text that starts with ! needs quotes',
  '%': 'found a directive (%), expected a scenario',
};

/**
 * What must not even reach the composer, found on the token stream without recursion: composing nests calls as deep as the
 * text nests, and the engine's stack would decide what is too deep (advisory GHSA-48c2-rrv3-qjmp / CVE-2026-33532).
 */
function tokenTrouble(text: string): Trouble | undefined {
  const nesting = new Nesting();
  // A value takes a name and three marks at most; more than that is rubble that costs the composer an error each.
  let scalars = 0;
  let marks = 0;
  let offset = 0;
  let inScalar = false;
  for (const token of new Lexer().lex(text)) {
    if (inScalar) {
      inScalar = false;
      nesting.content(offset);
      nesting.passed(token, offset);
      if (++scalars > 2 * documentLimits.values) return tooMany(offset);
    } else if (token === '\u001f') {
      inScalar = true;
      continue;
    } else if (token === '\u0002' || token === '\u0018') {
      if (token === '\u0018') nesting.flow = 0;
      continue;
    } else {
      const message = unwanted[token[0]];
      if (message !== undefined) return { offset, message };
      if (/^["'{[]/.test(token)) scalars++;
      if (/^[-?:,}\]]$/.test(token)) marks++;
      if (scalars > 2 * documentLimits.values || marks > 4 * documentLimits.values) return tooMany(offset);
      nesting.token(token, offset);
      nesting.passed(token, offset);
    }
    if (nesting.depth > documentLimits.depth + 2)
      return { offset, message: `found more than ${documentLimits.depth} levels, expected fewer` };
    offset += token.length;
  }
  return undefined;
}

function tooMany(offset: number): Trouble {
  return { offset, message: `found more than ${documentLimits.values} values, expected a smaller document` };
}

/** How deep the tokens so far nest: open brackets, and columns at which something in block style began, each inside the last. */
class Nesting {
  flow = 0;
  private columns: number[] = [];
  private lineStart = 0;

  get depth(): number {
    return this.flow + this.columns.length;
  }

  token(token: string, offset: number): void {
    if (token === '---' || token === '...') this.columns = [];
    else if (token === '{' || token === '[') {
      this.content(offset);
      this.flow++;
    } else if (token === '}' || token === ']') this.flow = Math.max(0, this.flow - 1);
    else if (token === '-' || token === '?' || token === ':' || token[0] === '"' || token[0] === "'")
      this.content(offset);
  }

  /** Text of any kind may span lines; its last line break decides where the next column counts from. */
  passed(token: string, offset: number): void {
    const lastBreak = token.lastIndexOf('\n');
    if (lastBreak !== -1) this.lineStart = offset + lastBreak + 1;
  }

  content(offset: number): void {
    if (this.flow > 0) return;
    const column = Math.max(0, offset - this.lineStart);
    while (this.columns.length > 0 && this.columns[this.columns.length - 1] >= column) this.columns.pop();
    this.columns.push(column);
  }
}

function compose(
  text: string,
  { numberNames = false, ...options }: TextOptions,
  lines: LineCounter,
  at: (offset: number) => ReadOptions,
): { value: unknown; locate: Locate } | { problems: Problem[] } {
  const document = parseDocument(text, {
    version: '1.2',
    schema: 'core',
    merge: false,
    uniqueKeys: false,
    prettyErrors: false,
    // Quieter than this, and a second document in the file would be passed over.
    logLevel: 'error',
  });
  if (document.errors.length > 0) {
    const problems = document.errors.slice(0, problemLimit).map((error) => {
      const words = error.message.replace(/\s+/g, ' ').replace(/\.$/, '');
      return problemAt(at(Math.min(error.pos[0], text.length)), [], 'value', `found broken YAML: ${words}`);
    });
    return { problems };
  }
  const places = new Map<string, Place>();
  const locate: Locate = (keys, on) => positionOf(lines, offsetOf(places, keys, on));
  const { value, problems } = plainValue(document.contents, places, { ...options, locate }, numberNames);
  return problems.length > 0 ? { problems } : { value, locate };
}

/** Where a value stands in the text, and its name, if it has one. */
type Place = { key?: number; value: number };

const placeKey = (keys: readonly PropertyKey[]): string => keys.map(String).join('\u0000');

/** The place of a name or a value; of what is not there, that of the nearest thing around it. */
function offsetOf(places: Map<string, Place>, keys: readonly PropertyKey[], on: 'key' | 'value'): number {
  const exact = places.get(placeKey(keys));
  if (exact !== undefined) return on === 'key' ? (exact.key ?? exact.value) : exact.value;
  for (let length = keys.length - 1; length >= 0; length--) {
    const around = places.get(placeKey(keys.slice(0, length)));
    if (around !== undefined) return around.key ?? around.value;
  }
  return 0;
}

type Waiting = { node: unknown; keys: PropertyKey[]; keyOffset?: number; put: (value: unknown) => void };

/** Plain data from the composed nodes, without recursion; fills `places`. */
function plainValue(root: ParsedNode | null, places: Map<string, Place>, options: ReadOptions, numberNames: boolean) {
  const problems: Problem[] = [];
  let value: unknown = null;
  let count = 0;
  const waiting: Waiting[] = [{ node: root, keys: [], put: (result) => (value = result) }];
  for (let next = waiting.pop(); next !== undefined && problems.length < problemLimit; next = waiting.pop()) {
    const { node, keys, keyOffset, put } = next;
    const range = (node as ParsedNode | null)?.range;
    places.set(placeKey(keys), { key: keyOffset, value: range?.[0] ?? keyOffset ?? 0 });
    if (++count > documentLimits.values) {
      problems.push(problemAt(options, keys, 'value', tooMany(0).message));
      break;
    }
    if (isMap<ParsedNode, ParsedNode | null>(node)) {
      const map = Object.create(null) as Record<string, unknown>;
      put(map);
      waiting.push(
        ...entriesOf(numberNames ? withTextNames(node.items) : node.items, map, keys, places, options, problems),
      );
    } else if (isSeq<ParsedNode>(node)) {
      const list: unknown[] = [];
      put(list);
      node.items.forEach((item, index) => {
        list.push(null);
        waiting.push({ node: item, keys: [...keys, index], put: (result) => (list[index] = result) });
      });
    } else put(isScalar(node) ? node.value : null);
  }
  return { value, problems };
}

/** The same pairs with whole numbers as text where they stand for names. */
function withTextNames(
  pairs: readonly Pair<ParsedNode, ParsedNode | null>[],
): readonly Pair<ParsedNode, ParsedNode | null>[] {
  for (const { key } of pairs)
    if (isScalar(key) && typeof key.value === 'number' && Number.isSafeInteger(key.value) && key.value >= 0)
      key.value = String(key.value);
  return pairs;
}

function entriesOf(
  pairs: readonly Pair<ParsedNode, ParsedNode | null>[],
  map: Record<string, unknown>,
  keys: PropertyKey[],
  places: Map<string, Place>,
  options: ReadOptions,
  problems: Problem[],
): Waiting[] {
  const entries: Waiting[] = [];
  const seen = new Set<string>();
  for (const pair of pairs) {
    const name: unknown = isScalar(pair.key) ? pair.key.value : {};
    const keyOffset = (pair.key as ParsedNode | null)?.range?.[0] ?? 0;
    const wrong =
      typeof name !== 'string'
        ? `found ${describeFound(name)} where a name belongs, expected text`
        : seen.has(name)
          ? `found the name ${describeFound(name)} a second time in the same map, expected it once`
          : undefined;
    if (wrong !== undefined) {
      const path = [...keys, typeof name === 'object' ? '?' : `${name as string | number | boolean}`];
      places.set(placeKey(path), { key: keyOffset, value: keyOffset });
      if (problems.length < problemLimit) problems.push(problemAt(options, path, 'key', wrong));
      continue;
    }
    seen.add(name as string);
    map[name as string] = null;
    entries.push({
      node: pair.value,
      keys: [...keys, name as string],
      keyOffset,
      put: (result) => (map[name as string] = result),
    });
  }
  return entries;
}
