import { type Columns, FLAG, OP, OUTCOME } from '../../../src/index.ts';
import type { RunView } from '../../stage/RunView.ts';
import { formatCount, formatDurationUs } from '../../ui/format.ts';

/** A time during which one version of the row was the true one. */
export interface TruthSpan {
  version: number;
  fromUs: number;
  toUs: number;
}

/** What one reader was told, and whether it was still true when it asked. */
export interface Seen {
  atUs: number;
  version: number;
  stale: boolean;
  /** How long the answer had been superseded; 0 where it was fresh. */
  ageUs: number;
  request: number;
}

/** All that one server answered for the key. */
export interface ServerLine {
  node: number;
  title: string;
  seen: Seen[];
  stale: number;
}

/** Truth and what was said of it, for one key over one stretch of time. */
export interface StalenessModel {
  key: number;
  fromUs: number;
  toUs: number;
  truth: TruthSpan[];
  lines: ServerLine[];
  sentence: string;
}

/** Rows that make a version true: a commit, or a write that a cache has promised. */
const writing: ReadonlySet<number> = new Set([OP['database.write'], OP['cache.write']]);

/** The key with the most stale answers in this stretch, else the most read one; −1 where nothing was read. */
export function keyWorthALook(run: RunView, fromUs: number, toUs: number): number {
  const reads = new Map<number, number>();
  run.spans.forEachOverlapping(fromUs, toUs, (table, index) => {
    if (table.op[index] !== OP['request.read'] || table.outcome[index] >= OUTCOME.timeout) return;
    const weight = (table.flags[index] & FLAG.stale) === 0 ? 1 : 1_000_000;
    reads.set(table.key[index], (reads.get(table.key[index]) ?? 0) + weight);
  });
  let best = -1;
  for (const [key, weight] of reads) if (best < 0 || weight > (reads.get(best) ?? 0)) best = key;
  return best;
}

/** Reads truth and answers of a key between two moments; nothing after `toUs` is known to it. */
export function stalenessModel(run: RunView, key: number, fromUs: number, toUs: number): StalenessModel {
  const commits: { version: number; atUs: number }[] = [];
  const lines = new Map<number, ServerLine>();
  run.meta.nodes.forEach((node, index) => {
    if (node.kind === 'app') lines.set(index, { node: index, title: node.title, seen: [], stale: 0 });
  });
  // A version that was true at the beginning was made true before it: the last commit counts, however old.
  run.spans.forEachOverlapping(0, toUs, (table, index) => {
    if (table.key[index] !== key) return;
    if (writing.has(table.op[index])) {
      const atUs = table.leave[index];
      if (atUs <= toUs && table.version[index] > 0) commits.push({ version: table.version[index], atUs });
    } else if (table.leave[index] >= fromUs) note(lines.get(table.node[index]), table, index, toUs);
  });
  commits.sort((a, b) => a.version - b.version);
  const all = [...lines.values()];
  for (const line of all) line.seen.sort((a, b) => a.atUs - b.atUs);
  return {
    key,
    fromUs,
    toUs,
    truth: truthSpans(commits, all, fromUs, toUs),
    lines: all,
    sentence: sentenceOf(run, key, all),
  };
}

function note(line: ServerLine | undefined, table: Columns, index: number, toUs: number): void {
  const atUs = table.leave[index];
  if (line === undefined || table.op[index] !== OP['request.read'] || atUs > toUs) return;
  if (table.outcome[index] >= OUTCOME.timeout) return;
  const stale = (table.flags[index] & FLAG.stale) !== 0;
  const ageUs = stale ? table.detail[index] * 1000 : 0;
  line.seen.push({ atUs, version: table.version[index], stale, ageUs, request: table.request[index] });
  if (stale) line.stale++;
}

function truthSpans(
  commits: readonly { version: number; atUs: number }[],
  lines: readonly ServerLine[],
  fromUs: number,
  toUs: number,
): TruthSpan[] {
  const first = commits[0]?.version ?? Math.max(1, ...lines.flatMap(({ seen }) => seen.map(({ version }) => version)));
  const before = commits.length === 0 ? first : first - 1;
  const spans: TruthSpan[] = [{ version: before, fromUs: 0, toUs: commits[0]?.atUs ?? toUs }];
  commits.forEach(({ version, atUs }, index) => {
    spans.push({ version, fromUs: atUs, toUs: commits[index + 1]?.atUs ?? toUs });
  });
  return spans
    .filter((span) => span.toUs > fromUs && span.fromUs < toUs)
    .map((span) => ({ ...span, fromUs: Math.max(fromUs, span.fromUs), toUs: Math.min(toUs, span.toUs) }));
}

function sentenceOf(run: RunView, key: number, lines: readonly ServerLine[]): string {
  const name = `${run.scenario.keyName}:${key}`;
  const reads = lines.reduce((sum, { seen }) => sum + seen.length, 0);
  const stale = lines.reduce((sum, line) => sum + line.stale, 0);
  if (reads === 0) return `Nobody read ${name} here.`;
  if (stale === 0) return `All ${formatCount(reads)} answers for ${name} were true when they were asked for.`;
  const oldestUs = Math.max(...lines.flatMap(({ seen }) => seen.map(({ ageUs }) => ageUs)));
  const behind = lines.filter((line) => line.stale > 0).length;
  const where = behind === lines.length ? 'at every server' : `at ${behind} of ${lines.length} servers`;
  return `${formatCount(stale)} of ${formatCount(reads)} answers for ${name} were stale, ${where}; the oldest by ${formatDurationUs(oldestUs)}.`;
}
