import { FLAG, OP, OUTCOME, type Row, rowAt } from '../../../src/index.ts';
import type { RunView } from '../../stage/RunView.ts';
import { formatCount, formatDurationUs } from '../../ui/format.ts';
import { type RequestTrace, requestTrace, traceEndUs } from '../requestTrace.ts';
import { nodeTitle, outcomeTitle } from '../titles.ts';
import { type Conversation, conversationOf, type MessageDraft, type NoteDraft } from './conversation.ts';
import { drawConversation, type SequenceModel } from './model.ts';
import { versionText } from './words.ts';

const mostRequests = 4;
const mostMessages = 24;
const NEVER = Number.POSITIVE_INFINITY;

/** A request that was under way at the same time, for the same key. */
interface Candidate {
  request: number;
  start: number;
  /** How much there is to see in it: writers first, then those who missed, then the rest. */
  rank: number;
}

/**
 * The requests for the same key that overlap a request in time, those that tell most first: writers, then readers who missed,
 * then readers who found it; of each the nearest first.
 */
export function othersOnKey(run: RunView, trace: RequestTrace): number[] {
  const { root } = trace;
  const untilUs = Math.min(traceEndUs(trace, run.horizonUs), run.horizonUs);
  const found: Candidate[] = [];
  run.spans.forEachOverlapping(root.start, untilUs, (table, index) => {
    const op = table.op[index];
    const request = table.request[index];
    if (op > OP['request.write'] || table.key[index] !== root.key || request === trace.request) return;
    const rank = op === OP['request.write'] ? 0 : table.outcome[index] === OUTCOME.hit ? 2 : 1;
    found.push({ request, start: table.start[index], rank });
  });
  const distance = ({ start }: Candidate) => Math.abs(start - root.start);
  found.sort((a, b) => a.rank - b.rank || distance(a) - distance(b) || a.request - b.request);
  return found.map(({ request }) => request);
}

/**
 * A request among the others on its key that overlap it: each server's side of a request is one line, so that the order in
 * which they meet at cache and database can be read from top to bottom. At most four requests and 24 messages, in order of
 * time. Null where there is no such request, or it is alone.
 */
export function interleavedModel(run: RunView, request: number): SequenceModel | null {
  const picked = requestTrace(run.spans, request);
  if (picked === null) return null;
  const traces = chosen(run, picked);
  if (traces.length < 2) return null;
  const parts = traces.map((trace) => partOf(run, trace));
  const all: Conversation = {
    messages: parts.flatMap(({ messages }) => messages),
    notes: [...parts.flatMap(({ notes }) => notes), ...storedOldNotes(run, traces)],
  };
  const roots = new Map(traces.map(({ root }) => [-root.request, root]));
  const drawn = drawConversation(run, all, mostMessages, {
    first: [...roots.keys()],
    order: (a, b) => standing(roots, a) - standing(roots, b) || (a < 0 ? b - a : a - b),
    title: (node) => titleOf(run, roots, node),
  });
  const startUs = Math.min(...traces.map(({ root }) => root.start));
  return { ...drawn, request, startUs, blocks: [] };
}

/** As many of the others as fit, in the order in which they were sent. */
function chosen(run: RunView, picked: RequestTrace): RequestTrace[] {
  const traces = [picked];
  let room = mostMessages - countOf(run, picked);
  for (const request of othersOnKey(run, picked)) {
    if (traces.length === mostRequests) break;
    const trace = requestTrace(run.spans, request);
    const needed = trace === null ? NEVER : countOf(run, trace);
    if (trace === null || (needed > room && traces.length > 1)) continue;
    traces.push(trace);
    room -= needed;
  }
  return traces.sort((a, b) => a.root.start - b.root.start || a.request - b.request);
}

function countOf(run: RunView, trace: RequestTrace): number {
  return conversationOf(run, trace, true).messages.length;
}

/** What one request says to cache and database, its server standing for all of it. */
function partOf(run: RunView, trace: RequestTrace): Conversation {
  const { root } = trace;
  const line = -root.request;
  const place = (node: number) => (node === root.node ? line : node);
  const { messages, notes } = conversationOf(run, trace, true);
  const byId = new Map(trace.calls.map((call) => [call.id, call]));
  return {
    messages: messages.map((message) => ({
      ...message,
      ...shortLabel(message, byId.get(message.row)),
      from: place(message.from),
      to: place(message.to),
    })),
    notes: [...notes.map((note) => ({ ...note, node: place(note.node) })), ...endsOf(root, line)],
  };
}

/** Versions matter more here than times to live. */
function shortLabel(message: MessageDraft, call: Row | undefined): Partial<MessageDraft> {
  if (call === undefined || message.isAnswer || message.kind === 'lost') return {};
  if (call.op === OP['cache.set'] || call.op === OP['local.set']) return { label: `SET ${versionText(call)}` };
  return call.op === OP['cache.update'] ? { label: `SET ${versionText(call)} if newer` } : {};
}

/** The request’s own beginning and end, which have no arrow here. */
function endsOf(root: Row, node: number): NoteDraft[] {
  const verb = root.op === OP['request.write'] ? 'writes' : 'reads';
  const begin = Math.min(root.service, root.arrive);
  const notes: NoteDraft[] = [];
  if (begin < NEVER) notes.push({ node, atUs: begin, text: verb, meaning: null });
  if (root.leave === NEVER) return notes;
  const stale = (root.flags & FLAG.stale) !== 0;
  const failed = root.outcome >= OUTCOME.timeout;
  const age = stale ? `: stale, ${formatDurationUs(root.detail * 1000)} old` : '';
  const text = failed ? `ends: ${outcomeTitle(root.outcome)}` : `answers ${versionText(root)}${age}`;
  notes.push({ node, atUs: root.leave, text, meaning: failed ? 'error' : stale ? 'stale' : null });
  return notes;
}

const stores: ReadonlySet<number> = new Set([OP['cache.set'], OP['local.set'], OP['cache.update'], OP['cache.write']]);

/** Where a store put an older version in than the database had by then: the moment at which a cache goes stale. */
function storedOldNotes(run: RunView, traces: readonly RequestTrace[]): NoteDraft[] {
  const key = traces[0].root.key;
  const calls = traces.flatMap((trace) => trace.calls).filter((call) => call.key === key && call.leave < NEVER);
  const commits: Row[] = calls.filter(isCommit);
  const sinceUs = Math.min(...traces.map(({ root }) => root.start));
  run.spans.forEachOverlapping(sinceUs, run.horizonUs, (table, index) => {
    if (table.key[index] !== key) return;
    const row = rowAt(table, index);
    if (isCommit(row)) commits.push(row);
  });
  return calls.flatMap((call): NoteDraft[] => {
    if (!stores.has(call.op) || call.detail === 0 || call.outcome === OUTCOME.rejected) return [];
    const newest = commits.reduce(
      (most, { leave, version }) => (leave <= call.leave ? Math.max(most, version) : most),
      0,
    );
    if (newest <= call.version) return [];
    const text = `now holds ${versionText(call)}; the database has v${newest}`;
    return [{ node: call.node, atUs: call.leave, text, meaning: 'stale' }];
  });
}

function isCommit({ op, version, leave }: Row): boolean {
  return (op === OP['database.write'] || op === OP['cache.write']) && version > 0 && leave < NEVER;
}

/** Readers at the left, then memories, cache and database, writers at the right. */
function standing(roots: ReadonlyMap<number, Row>, node: number): number {
  const root = roots.get(node);
  if (root === undefined) return 1;
  return root.op === OP['request.write'] ? 2 : 0;
}

function titleOf(run: RunView, roots: ReadonlyMap<number, Row>, node: number): string {
  const root = roots.get(node);
  if (root === undefined) return nodeTitle(run, node);
  return `${root.op === OP['request.write'] ? 'Writer' : 'Reader'} ${formatCount(root.request)}`;
}
