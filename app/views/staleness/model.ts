import type { RunView } from '../../stage/RunView.ts';
import { formatCount, formatDurationUs } from '../../ui/format.ts';
import { type Answers, answersOf, firstAnswer } from './AnswersReader.ts';

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

/** A stale answer weighs more than any number of fresh ones. */
const staleWeight = 1_000_000;

/** The key with the most stale answers in this stretch, else the most read one; −1 where nothing was answered. */
export function keyWorthALook(run: RunView, fromUs: number, toUs: number): number {
  const answers = answersOf(run, toUs);
  const reads = new Map<number, number>();
  for (let place = firstAnswer(answers, fromUs); place < answers.count; place++) {
    const key = answers.key[place];
    reads.set(key, (reads.get(key) ?? 0) + (answers.staleUs[place] < 0 ? 1 : staleWeight));
  }
  let best = -1;
  for (const [key, weight] of reads) if (best < 0 || weight > (reads.get(best) ?? 0)) best = key;
  return best;
}

/** Reads truth and answers of a key between two moments; nothing after `toUs` is known to it. */
export function stalenessModel(run: RunView, key: number, fromUs: number, toUs: number): StalenessModel {
  const answers = answersOf(run, toUs);
  const lines = new Map<number, ServerLine>();
  run.meta.nodes.forEach((node, index) => {
    if (node.kind === 'app') lines.set(index, { node: index, title: node.title, seen: [], stale: 0 });
  });
  for (let place = firstAnswer(answers, fromUs); place < answers.count; place++) {
    if (answers.key[place] === key) note(lines.get(answers.node[place]), answers, place);
  }
  // A version that was true at the beginning was made true before it: the last commit counts, however old.
  const commits = (answers.commits.get(key) ?? []).toSorted((a, b) => a.version - b.version);
  const all = [...lines.values()];
  return {
    key,
    fromUs,
    toUs,
    truth: truthSpans(commits, all, fromUs, toUs),
    lines: all,
    sentence: sentenceOf(run, key, all),
  };
}

function note(line: ServerLine | undefined, answers: Answers, place: number): void {
  if (line === undefined) return;
  const staleUs = answers.staleUs[place];
  const stale = staleUs >= 0;
  const { atUs, version, request } = answers;
  line.seen.push({
    atUs: atUs[place],
    version: version[place],
    stale,
    ageUs: Math.max(0, staleUs),
    request: request[place],
  });
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
