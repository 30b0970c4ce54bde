import { FLAG, OP, OUTCOME, type Row } from '../../../src/index.ts';
import type { RunView } from '../../stage/RunView.ts';
import { formatCount, formatDurationUs } from '../../ui/format.ts';
import type { MeaningName } from '../../ui/MeaningMark.tsx';
import { isActivity, type RequestTrace, requestTrace, traceEndUs, type TraceNode, traceTree } from '../requestTrace.ts';
import { callOutcomeTitle, instantTitle, nodeTitle, outcomeChip } from '../titles.ts';
import { isWait, type WaitWords, waitWords } from '../waits.ts';
import { connectionsAhead, lineAhead } from './lineAhead.ts';
import { type PhaseKind, rowSegments, rowTitle, type Segment, treeSegments } from './phases.ts';

/** One bar. Times in µs of virtual time. */
export interface WaterfallRow {
  row: Row;
  /** 0 for the request itself, 1 for its server's calls, 2 for what a cache called for it. */
  depth: number;
  /** Nobody waits for it. */
  background: boolean;
  /** Where it is a wait: for what. */
  waits: WaitWords | null;
  title: string;
  segments: Segment[];
  /** From wish to outcome; to what is known while it is open. */
  durationUs: number;
  outcome: string;
  meaning: MeaningName | null;
  /** What happened to it at one moment. */
  instants: { atUs: number; text: string }[];
}

/** Time spent on one thing, over the whole request. */
export interface WaterfallTotal {
  kind: PhaseKind;
  node: number;
  title: string;
  us: number;
  share: number;
}

/** Where a request's time went. */
export interface WaterfallModel {
  request: number;
  /** Ends of the time axis. */
  startUs: number;
  endUs: number;
  /** What the client waited, so far where it still does. */
  latencyUs: number;
  complete: boolean;
  /** The request itself first, then its calls in order, each before what it called; what nobody waited for comes last. */
  rows: WaterfallRow[];
  /** Adds up to the latency, largest first. */
  totals: WaterfallTotal[];
  sentence: string;
}

/** Where the time of a request went, as far as it is known; null where there is no such request in the rows. */
export function waterfallModel(run: RunView, request: number): WaterfallModel | null {
  const trace = requestTrace(run.spans, request);
  if (trace === null) return null;
  const { root } = trace;
  const endUs = traceEndUs(trace, run.horizonUs);
  const nodes = traceTree(trace);
  const segments = treeSegments(nodes, endUs);
  const rows = nodes.map((node, index) => waterfallRow(run, trace, node, segments[index], endUs));
  const latencyUs = Math.min(root.end, endUs) - root.start;
  const waited = rows.filter(({ background }) => !background);
  const totals = totalsOf(run, timeSpent(waited, root.start, root.start + latencyUs), latencyUs);
  const reasons = new Set(rows.map(({ waits }) => waits?.reason ?? ''));
  reasons.delete('');
  const wait = totals.find(({ kind }) => kind === 'wait' || kind === 'pause');
  if (wait !== undefined && reasons.size === 1)
    wait.title = `${wait.kind === 'wait' ? 'waiting' : 'pausing'} ${[...reasons][0]}`;
  const model = { request, startUs: root.start, endUs, latencyUs, complete: trace.complete, rows, totals };
  return { ...model, sentence: sentenceOf(run, trace, model) };
}

function waterfallRow(
  run: RunView,
  trace: RequestTrace,
  { row, depth, background, neededUntilUs }: TraceNode,
  segments: Segment[],
  endUs: number,
): WaterfallRow {
  const isRequest = depth === 0;
  const chip = isRequest ? outcomeChip(row) : { meaning: callMeaning(row), text: callText(row, endUs) };
  const waits = isWait(row) ? waitWords(run.spans, trace, row) : null;
  const unneeded = neededUntilUs < Math.min(row.end, endUs);
  const verb = row.detail > 0 ? 'waits' : 'pauses';
  const title = rowTitle(row, nodeTitle(run, row.node));
  return {
    row,
    depth,
    background,
    waits,
    title: waits === null ? title : `${nodeTitle(run, row.node)} ${verb} ${waits.reason}`,
    segments,
    durationUs: Math.min(row.end, endUs) - row.start,
    outcome: unneeded && row.outcome < OUTCOME.timeout ? 'no longer needed' : chip.text,
    meaning: chip.meaning,
    instants: trace.instants
      .filter(({ parent, start }) => start <= endUs && (parent === row.id || (isRequest && !hasRow(trace, parent))))
      .map((instant) => ({ atUs: instant.start, text: instantTitle(run, instant) })),
  };
}

function hasRow({ root, calls }: RequestTrace, id: number): boolean {
  return id === root.id || calls.some((call) => call.id === id);
}

function callText(row: Row, endUs: number): string {
  if (row.end > endUs) return 'under way';
  if (isActivity(row.op) && row.outcome === OUTCOME.ok) return 'done';
  if (isWait(row) && row.outcome === OUTCOME.ok) return '';
  return callOutcomeTitle(row);
}

const looksUp: ReadonlySet<number> = new Set([
  OP['local.get'],
  OP['cache.get'],
  OP['cache.load'],
  OP['cache.get-many'],
]);
const writes: ReadonlySet<number> = new Set([OP['database.write'], OP['cache.write'], OP['database.batch']]);

function callMeaning(row: Row): MeaningName | null {
  if (row.outcome >= OUTCOME.timeout) return 'error';
  if (isActivity(row.op)) return 'refresh';
  if (looksUp.has(row.op)) return row.outcome === OUTCOME.hit ? 'hit' : row.outcome === OUTCOME.miss ? 'miss' : null;
  return writes.has(row.op) && row.outcome === OUTCOME.ok ? 'write' : null;
}

interface Spent {
  kind: PhaseKind;
  node: number;
  us: number;
}

/**
 * Every microsecond from `fromUs` to `untilUs` once: of several rows it belongs to the innermost, and of two queries for the
 * same thing to the first.
 */
function timeSpent(rows: readonly WaterfallRow[], fromUs: number, untilUs: number): Spent[] {
  const pieces = rows.flatMap(({ segments, depth }, order) =>
    segments.filter(({ abandoned }) => !abandoned).map((segment) => ({ segment, depth, order })),
  );
  const inside = (us: number) => us > fromUs && us < untilUs;
  const moments = pieces.flatMap(({ segment }) => [segment.fromUs, segment.untilUs].filter(inside));
  const edges = [...new Set([fromUs, ...moments, untilUs])].sort((a, b) => a - b);
  const spent: Spent[] = [];
  edges.slice(0, -1).forEach((atUs, index) => {
    const here = pieces.filter(({ segment }) => segment.fromUs <= atUs && segment.untilUs > atUs);
    if (here.length === 0) return;
    const { segment } = here.reduce((best, next) =>
      next.depth > best.depth || (next.depth === best.depth && next.order < best.order) ? next : best,
    );
    spent.push({ kind: segment.kind, node: segment.node, us: edges[index + 1] - atUs });
  });
  return spent;
}

function totalsOf(run: RunView, spent: readonly Spent[], latencyUs: number): WaterfallTotal[] {
  const totals = new Map<string, WaterfallTotal>();
  for (const { kind, node, us } of spent) {
    const key = kind === 'wire' ? kind : `${kind}${node}`;
    const total = totals.get(key) ?? { kind, node, title: phaseTitle(kind, nodeTitle(run, node)), us: 0, share: 0 };
    total.us += us;
    total.share = total.us / Math.max(1, latencyUs);
    totals.set(key, total);
  }
  return [...totals.values()].sort((a, b) => b.us - a.us);
}

/** What a piece of time was spent on, in words. */
export function phaseTitle(kind: PhaseKind, node: string): string {
  const place = node === 'Database' ? 'the database' : node;
  switch (kind) {
    case 'connection':
      return `waiting for a connection to ${place}`;
    case 'wire':
      return 'on the wire';
    case 'line':
      return node.startsWith('App ') ? `waiting for a worker of ${node}` : `waiting in ${place}’s line`;
    case 'service':
      return `being served by ${place}`;
    case 'own':
      return `${node}’s own work`;
    case 'wait':
      return 'waiting for another’s load';
    case 'pause':
      return 'pausing';
    default:
      return 'waiting for an answer that was lost';
  }
}

function sentenceOf(run: RunView, trace: RequestTrace, model: Omit<WaterfallModel, 'sentence'>): string {
  const { root } = trace;
  const [largest] = model.totals;
  if (largest === undefined) return 'Only just sent.';
  const whole = formatDurationUs(model.latencyUs);
  const going = root.end > model.endUs;
  const part = largest.us === model.latencyUs ? `All ${whole}` : `${formatDurationUs(largest.us)} of ${whole}`;
  const main = `${part}${going ? ' so far' : ''}: ${largest.title}${behindText(run, trace, largest, model.endUs)}.`;
  return `${main}${afterwards(run, trace, model)}`;
}

function behindText(run: RunView, trace: RequestTrace, total: WaterfallTotal, endUs: number): string {
  if (total.kind !== 'line' && total.kind !== 'connection') return '';
  const longest = traceTree(trace)
    .filter(({ row, background }) => !background && row.node === total.node)
    .map(({ row }) => row)
    .map((row) => ({ row, us: kindUs(row, total.kind, endUs) }))
    .reduce((a, b) => (b.us > a.us ? b : a));
  const ahead = total.kind === 'line' ? lineAhead(run.spans, longest.row) : connectionsAhead(run.spans, longest.row);
  if (ahead === null) return '';
  if (ahead === 0) return ', next in line';
  return ` behind ${formatCount(ahead)} ${ahead === 1 ? 'other' : 'others'}`;
}

function kindUs(row: Row, kind: PhaseKind, endUs: number): number {
  return rowSegments(row, endUs).reduce(
    (sum, segment) => sum + (segment.kind === kind ? segment.untilUs - segment.fromUs : 0),
    0,
  );
}

/** What went on after somebody had given up, or had an answer. */
function afterwards(run: RunView, trace: RequestTrace, { endUs, rows }: Omit<WaterfallModel, 'sentence'>): string {
  const abandoned = rows.filter(({ row }) => (row.flags & FLAG.abandoned) !== 0);
  const sentences = abandoned.map(({ row }) => {
    const who = row.id === trace.root.id ? 'The client' : nodeTitle(run, row.from);
    const node = nodeTitle(run, row.node);
    const onUs = Math.min(row.leave, endUs) - row.end;
    const still = row.leave > endUs ? 'is still at it' : 'went on';
    const gaveUp = ` ${who} gave up after ${formatDurationUs(row.end - row.start)}`;
    return onUs > 0 ? `${gaveUp}; ${node} ${still} for nobody, ${formatDurationUs(onUs)} more.` : `${gaveUp}.`;
  });
  if (rows.some(({ outcome }) => outcome === 'no longer needed'))
    sentences.push(' It asked the database twice; the slower answer came for nobody.');
  const began = rows.filter(({ row, background }) => background && isActivity(row.op));
  for (const { row } of began) {
    const what = row.op === OP.refresh ? 'A refresh' : 'What it put off';
    const lasted =
      row.end > endUs ? 'is going on' : `ended ${formatDurationUs(row.end - trace.root.start)} after it was sent`;
    sentences.push(` ${what} ${lasted}, in the background.`);
  }
  return sentences.join('');
}
