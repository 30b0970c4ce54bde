import { type Columns, FLAG, OP, OUTCOME, type SpanStore } from '../../../src/index.ts';
import { type Following, RowFollower } from '../RowFollower.ts';

/** Answers that were given and versions that became true, in order of time. */
export interface Answers {
  /** Answers known, in order of `atUs`; the columns have more places than that. */
  count: number;
  atUs: Float64Array;
  request: Int32Array;
  key: Int32Array;
  node: Int32Array;
  version: Int32Array;
  /** Age in µs of what a stale answer said; −1 where it was fresh. */
  staleUs: Float64Array;
  /** When each version of a key became true, by key. */
  commits: Map<number, { version: number; atUs: number }[]>;
}

/** Rows that make a version true: a commit, or a write that a cache has promised. */
const writing: ReadonlySet<number> = new Set([OP['database.write'], OP['cache.write']]);

const following: Following<Answers> = {
  ops: [OP['request.read'], ...writing],
  begin: () => ({
    count: 0,
    atUs: new Float64Array(256),
    request: new Int32Array(256),
    key: new Int32Array(256),
    node: new Int32Array(256),
    version: new Int32Array(256),
    staleUs: new Float64Array(256),
    commits: new Map(),
  }),
  moments: (table, index, at) => {
    const counts = writing.has(table.op[index]) ? table.version[index] > 0 : table.outcome[index] < OUTCOME.timeout;
    if (counts) at(table.leave[index]);
  },
  apply: (answers, table, index, atUs) => {
    if (!writing.has(table.op[index])) {
      note(answers, table, index, atUs);
      return;
    }
    const key = table.key[index];
    const commits = answers.commits.get(key) ?? [];
    commits.push({ version: table.version[index], atUs });
    answers.commits.set(key, commits);
  },
};

function note(answers: Answers, table: Columns, index: number, atUs: number): void {
  if (answers.count === answers.atUs.length) grow(answers);
  const place = answers.count++;
  answers.atUs[place] = atUs;
  answers.request[place] = table.request[index];
  answers.key[place] = table.key[index];
  answers.node[place] = table.node[index];
  answers.version[place] = table.version[index];
  answers.staleUs[place] = (table.flags[index] & FLAG.stale) === 0 ? -1 : table.detail[index] * 1000;
}

function grow(answers: Answers): void {
  const length = 2 * answers.atUs.length;
  const longer = <A extends { set(source: A): void }>(next: A, old: A): A => {
    next.set(old);
    return next;
  };
  answers.atUs = longer(new Float64Array(length), answers.atUs);
  answers.staleUs = longer(new Float64Array(length), answers.staleUs);
  for (const name of ['request', 'key', 'node', 'version'] as const)
    answers[name] = longer(new Int32Array(length), answers[name]);
}

/** The place of the first answer at or after `fromUs`. */
export function firstAnswer({ atUs, count }: Answers, fromUs: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (atUs[middle] < fromUs) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * All answers and commits of a run up to a moment; a step forwards costs what is new. Asks for the reader of the same rows again and
 * again give the same reader.
 */
export function answersOf(run: { spans: SpanStore; horizonUs: number }, toUs: number): Answers {
  let follower = followers.get(run.spans);
  if (follower === undefined) {
    follower = new RowFollower(run.spans, following);
    followers.set(run.spans, follower);
  }
  return follower.seek(toUs, run.horizonUs);
}

/** One for each store of rows, and gone with it. */
const followers = new WeakMap<SpanStore, RowFollower<Answers>>();
