import { FLAG, OP, type Row } from '../../../src/index.ts';
import type { RunView } from '../../stage/RunView.ts';
import { formatCount, formatDurationUs } from '../../ui/format.ts';
import type { MeaningName } from '../../ui/MeaningMark.tsx';
import { type RequestTrace, requestTrace, traceEndUs } from '../requestTrace.ts';
import { nodeTitle, outcomeChip, outcomeTitle } from '../titles.ts';
import { connectionsAhead, lineAhead } from './lineAhead.ts';
import { type PhaseKind, requestSegments, rowSegments, rowTitle, type Segment } from './phases.ts';

/** One bar. Times in µs of virtual time. */
export interface WaterfallRow {
  row: Row;
  title: string;
  segments: Segment[];
  /** From wish to outcome; to what is known while it is open. */
  durationUs: number;
  outcome: string;
  meaning: MeaningName | null;
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
  /** The request itself first, then its calls in order. */
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
  const rootSegments = requestSegments(trace, endUs);
  const rows = [waterfallRow(run, root, rootSegments, endUs)];
  for (const call of trace.calls) rows.push(waterfallRow(run, call, rowSegments(call, endUs), endUs));
  const latencyUs = Math.min(root.end, endUs) - root.start;
  const totals = totalsOf(run, rows, root.start + latencyUs, latencyUs);
  const model = { request, startUs: root.start, endUs, latencyUs, complete: trace.complete, rows, totals };
  return { ...model, sentence: sentenceOf(run, trace, model) };
}

function waterfallRow(run: RunView, row: Row, segments: Segment[], endUs: number): WaterfallRow {
  const isRequest = row.op <= OP['request.write'];
  const chip = isRequest
    ? outcomeChip(row)
    : { meaning: callMeaning(row), text: row.end > endUs ? 'under way' : outcomeTitle(row.outcome) };
  return {
    row,
    title: rowTitle(row, nodeTitle(run, row.node)),
    segments,
    durationUs: Math.min(row.end, endUs) - row.start,
    outcome: chip.text,
    meaning: chip.meaning,
  };
}

function callMeaning(row: Row): MeaningName | null {
  const title = outcomeTitle(row.outcome);
  if (title === 'hit' || title === 'miss') return title;
  if (title === 'ok' || title === 'no such row') return row.op === OP['database.write'] ? 'write' : null;
  return 'error';
}

function totalsOf(run: RunView, rows: readonly WaterfallRow[], untilUs: number, latencyUs: number): WaterfallTotal[] {
  const totals = new Map<string, WaterfallTotal>();
  for (const { segments } of rows) {
    for (const { kind, node, fromUs, untilUs: end, abandoned } of segments) {
      const us = Math.min(end, untilUs) - fromUs;
      // What goes on for nobody overlaps with what its caller did next.
      if (us <= 0 || abandoned) continue;
      const key = kind === 'wire' ? kind : `${kind}${node}`;
      const total = totals.get(key) ?? { kind, node, title: phaseTitle(kind, nodeTitle(run, node)), us: 0, share: 0 };
      total.us += us;
      total.share = total.us / Math.max(1, latencyUs);
      totals.set(key, total);
    }
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
  const longest = [trace.root, ...trace.calls]
    .filter((row) => row.node === total.node)
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

/** What went on after somebody had given up. */
function afterwards(run: RunView, trace: RequestTrace, { endUs }: Omit<WaterfallModel, 'sentence'>): string {
  const rows = [trace.root, ...trace.calls].filter((row) => (row.flags & FLAG.abandoned) !== 0);
  const sentences = rows.map((row) => {
    const who = row === trace.root ? 'The client' : nodeTitle(run, row.from);
    const node = nodeTitle(run, row.node);
    const onUs = Math.min(row.leave, endUs) - row.end;
    const still = row.leave > endUs ? 'is still at it' : 'went on';
    const gaveUp = ` ${who} gave up after ${formatDurationUs(row.end - row.start)}`;
    return onUs > 0 ? `${gaveUp}; ${node} ${still} for nobody, ${formatDurationUs(onUs)} more.` : `${gaveUp}.`;
  });
  return sentences.join('');
}
