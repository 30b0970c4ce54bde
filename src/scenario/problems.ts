/** One thing that is wrong with what somebody wrote, in words that say what was found and what is expected. */
export interface Problem {
  file?: string;
  /** 1-based, as editors count. */
  line?: number;
  column?: number;
  /** Where in the document: `cache.ttl`, `faults[2].node`; empty for the document as a whole. */
  path: string;
  /** `found …, expected …`. */
  message: string;
  /** The existing name that was probably meant. */
  nearest?: string;
}

/** Where a name or a value stands in the text, if the text is known; line and column are 1-based. */
export type Locate = (
  keys: readonly PropertyKey[],
  on: 'key' | 'value',
) => { line: number; column: number } | undefined;

/** Where the document comes from, for messages. */
export interface ReadOptions {
  file?: string;
  locate?: Locate;
}

/** At most this many problems are reported at once; the first ones usually cause the rest. */
export const problemLimit = 50;

/** `file:line:column path: what was found, what is expected (did you mean x?)`; parts that are not known are left out. */
export function formatProblem(problem: Problem): string {
  const place = [problem.file, problem.line, problem.column].filter((part) => part !== undefined).join(':');
  const where = [place, problem.path].filter((part) => part !== '').join(' ');
  const hint = problem.nearest === undefined ? '' : ` (did you mean ${problem.nearest}?)`;
  return `${where}${where === '' ? '' : ': '}${problem.message}${hint}`;
}

/** A problem at one place of a document. */
export function problemAt(
  options: ReadOptions,
  keys: readonly PropertyKey[],
  on: 'key' | 'value',
  message: string,
  nearest?: string,
): Problem {
  const problem: Problem = { path: joinPath(keys), message };
  if (options.file !== undefined) problem.file = options.file;
  const position = options.locate?.(keys, on);
  if (position !== undefined) {
    problem.line = position.line;
    problem.column = position.column;
  }
  if (nearest !== undefined) problem.nearest = nearest;
  return problem;
}

/** Names joined as in code: `faults[2].node`, `view.compare["cache.ttl"]`. */
export function joinPath(keys: readonly PropertyKey[]): string {
  let path = '';
  for (const key of keys) {
    if (typeof key === 'number') path += `[${key}]`;
    else if (/^[A-Za-z_][\w-]*$/.test(String(key))) path += `${path === '' ? '' : '.'}${clip(String(key))}`;
    else path += `[${JSON.stringify(clip(String(key)))}]`;
  }
  return path;
}

/** What a value is, in words and within some 40 characters. */
export function describeFound(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (typeof value === 'string')
    return value.length <= 40 ? JSON.stringify(value) : `text of ${value.length} characters`;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'a map' : `a ${typeof value}`;
}

/** The candidate within a few slips of the pen of `name`, if there is one; the first of equals. */
export function nearestName(name: string, candidates: Iterable<string>): string | undefined {
  if (name.length === 0 || name.length > 80) return undefined;
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(name.length / 3)) + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - name.length) >= bestDistance) continue;
    const distance = slips(name.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance) {
      bestDistance = distance;
      best = candidate;
    }
  }
  return best;
}

/**
 * Letters left out, put in, replaced or swapped with their neighbour to get from `a` to `b`.
 * @source Damerau, "A technique for computer detection and correction of spelling errors", CACM 7(3), 1964 (restricted form).
 */
export function slips(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    before = last;
    last = row;
  }
  return last[b.length];
}

function clip(text: string): string {
  return text.length <= 80 ? text : `${text.slice(0, 79)}…`;
}
