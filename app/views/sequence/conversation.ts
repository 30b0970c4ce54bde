import { FLAG, missCauses, OP, OUTCOME, type Row } from '../../../src/index.ts';
import type { RunView } from '../../stage/RunView.ts';
import { formatDurationUs } from '../../ui/format.ts';
import type { MeaningName } from '../../ui/MeaningMark.tsx';
import { isActivity, type RequestTrace, type TraceNode, traceTree } from '../requestTrace.ts';
import { causeTitles, instantTitle, keyTitle } from '../titles.ts';
import { isWait, waitWords } from '../waits.ts';
import type { SequenceMessage } from './model.ts';
import { answerTo, question, versionText } from './words.ts';

const NEVER = Number.POSITIVE_INFINITY;

/** A message whose ends are nodes, not yet participants. */
export interface MessageDraft extends SequenceMessage {
  /** Settles messages of the same µs, after those in the background. */
  order: number;
  /** Id of its row, and whether it is the answer. */
  row: number;
  isAnswer: boolean;
  /** The callee makes calls of its own before it answers. */
  nests: boolean;
}

/** A remark at a node. `answerOf`: belongs below the answer of the row of this id, where that is shown. */
export interface NoteDraft {
  node: number;
  atUs: number;
  text: string;
  meaning: MeaningName | null;
  answerOf?: number;
}

/** Everything that was said for one request. */
export interface Conversation {
  messages: MessageDraft[];
  notes: NoteDraft[];
}

/** What was said for a request, as far as it is known, in no order. The request itself is left out where `callsOnly`. */
export function conversationOf(run: RunView, trace: RequestTrace, callsOnly = false): Conversation {
  const own = traceTree(trace).filter(({ depth }) => depth > 0);
  const callers = new Set(own.map(({ caller }) => caller?.row.id));
  const messages = [
    ...(callsOnly ? [] : requestMessages(run, trace.root)),
    ...own.flatMap((node) => callMessages(run, node, callers.has(node.row.id))),
  ];
  const notes = [
    ...(callsOnly ? [] : rootNotes(trace.root)),
    ...own.flatMap((node) => callNotes(run, trace, node)),
    ...trace.instants.map((instant) => instantNote(run, instant)),
  ];
  return { messages, notes };
}

function requestMessages(run: RunView, root: Row): MessageDraft[] {
  const [name, number] = keyTitle(run, root.key).split(':');
  const verb = root.op === OP['request.write'] ? 'PUT' : 'GET';
  const path = `${verb} /${name}/${number}`;
  const base = { row: root.id, nests: false, background: false };
  const ask: MessageDraft = {
    ...base,
    from: root.from,
    to: root.node,
    kind: 'call',
    label: path,
    text: path,
    sentUs: root.start,
    arrivedUs: root.arrive,
    meaning: root.op === OP['request.write'] ? 'write' : null,
    order: root.id,
    isAnswer: false,
  };
  if (root.leave === NEVER) return [ask];
  const status = statusOf(root);
  const late = (root.flags & FLAG.abandoned) !== 0;
  const answer: MessageDraft = {
    ...base,
    from: root.node,
    to: root.from,
    kind: late ? 'lost' : 'answer',
    label: late ? 'too late' : status,
    text: late
      ? 'answers, but nobody waits any more'
      : `${status}${root.version > 0 ? `, version ${root.version}` : ''}`,
    sentUs: root.leave,
    arrivedUs: late ? NEVER : root.end,
    meaning: late || root.outcome >= OUTCOME.timeout ? 'error' : (root.flags & FLAG.stale) !== 0 ? 'stale' : null,
    order: NEVER,
    isAnswer: true,
  };
  return [ask, answer];
}

function statusOf(root: Row): string {
  switch (root.outcome) {
    case OUTCOME.absent:
      return root.op === OP['request.write'] ? '409 Sold out' : '404 Not Found';
    case OUTCOME.rejected:
    case OUTCOME.refused:
      return '503 Unavailable';
    case OUTCOME.error:
    case OUTCOME.lost:
      return '500 Error';
    default:
      return '200 OK';
  }
}

function callMessages(run: RunView, node: TraceNode, nests: boolean): MessageDraft[] {
  const { row: call, background, neededUntilUs } = node;
  if (call.sent === NEVER || call.from === call.node) return [];
  const { label, text, meaning } = question(run, call);
  const lost = call.outcome === OUTCOME.lost;
  const base = { row: call.id, background, nests: nests && call.op === OP['cache.load'] };
  const ask: MessageDraft = {
    ...base,
    from: call.from,
    to: call.node,
    kind: lost ? 'lost' : 'call',
    label: lost ? `${label} (lost)` : label,
    text: lost ? `${text}: the message is lost` : text,
    sentUs: call.sent,
    arrivedUs: call.arrive,
    meaning: lost ? 'error' : (meaning ?? (background ? 'refresh' : null)),
    order: call.id,
    isAnswer: false,
  };
  // What the bus tells a server is not answered.
  if (call.leave === NEVER || call.op === OP['bus.deliver']) return [ask];
  const late = call.end < call.leave || call.outcome === OUTCOME.timeout;
  const unneeded = !late && neededUntilUs < call.end;
  const reply = answerTo(call);
  const answer: MessageDraft = {
    ...base,
    from: call.node,
    to: call.from,
    kind: late || unneeded ? 'lost' : 'answer',
    label: late ? 'too late' : unneeded ? 'not needed' : reply.label,
    text: late
      ? 'answers, but nobody waits any more'
      : unneeded
        ? `${reply.text}, but the other query was faster`
        : reply.text,
    sentUs: call.leave,
    arrivedUs: late ? NEVER : call.end,
    meaning: late ? 'error' : (reply.meaning ?? (background ? 'refresh' : null)),
    order: call.id + 0.5,
    isAnswer: true,
  };
  return [ask, answer];
}

const looksUp: ReadonlySet<number> = new Set([
  OP['local.get'],
  OP['cache.get'],
  OP['cache.load'],
  OP['cache.get-many'],
]);

function callNotes(run: RunView, trace: RequestTrace, { row: call }: TraceNode): NoteDraft[] {
  if (isWait(call)) return waitNotes(run, trace, call);
  if (isActivity(call.op)) return activityNotes(call);
  if (call.from === call.node) return ownNotes(call);
  if (call.outcome === OUTCOME.timeout || (call.outcome === OUTCOME.lost && call.op !== OP['bus.deliver'])) {
    const text = `gave up after ${formatDurationUs(call.end - call.start)}`;
    return [{ node: call.from, atUs: call.end, text, meaning: 'error' }];
  }
  const notes: NoteDraft[] = [];
  if (looksUp.has(call.op) && call.outcome === OUTCOME.miss && call.leave < NEVER && call.cause !== 0) {
    const isLoad = call.op === OP['cache.load'];
    const text = `miss: ${causeTitles[missCauses[call.cause]]}`;
    notes.push({
      node: call.node,
      atUs: isLoad ? call.service : call.leave,
      text,
      meaning: 'miss',
      ...(isLoad ? {} : { answerOf: call.id }),
    });
  } else if ((call.flags & FLAG.overdue) !== 0 && call.outcome === OUTCOME.hit) {
    const text = 'past its time, handed over all the same';
    notes.push({ node: call.node, atUs: call.leave, text, meaning: 'stale', answerOf: call.id });
  }
  if ((call.flags & FLAG.disk) !== 0 && call.service < NEVER)
    notes.push({ node: call.node, atUs: call.service, text: 'reads the page from disk', meaning: null });
  if (call.op === OP['cache.lock'] && call.outcome === OUTCOME.miss)
    notes.push({ node: call.node, atUs: call.leave, text: 'another holds the lock', meaning: null, answerOf: call.id });
  return notes;
}

function waitNotes(run: RunView, trace: RequestTrace, wait: Row): NoteDraft[] {
  const { reason } = waitWords(run.spans, trace, wait);
  const verb = wait.detail > 0 ? 'waits' : 'pauses';
  const over = wait.end < run.horizonUs;
  const lasted = over ? ` ${formatDurationUs(wait.end - wait.start)}` : '';
  const notes: NoteDraft[] = [
    { node: wait.node, atUs: wait.start, text: `${verb}${lasted} ${reason}`, meaning: 'refresh' },
  ];
  if (over && wait.outcome >= OUTCOME.timeout && wait.detail > 0)
    notes.push({ node: wait.node, atUs: wait.end, text: 'the load failed, and this read with it', meaning: 'error' });
  return notes;
}

function activityNotes(work: Row): NoteDraft[] {
  const isLater = work.op === OP.later;
  const text = isLater ? 'puts the second delete off' : 'begins to load it anew, in the background';
  const notes: NoteDraft[] = [{ node: work.node, atUs: work.start, text, meaning: 'refresh' }];
  if (work.end < NEVER && work.outcome >= OUTCOME.timeout) {
    const failed = isLater ? 'the second delete failed' : 'the refresh failed';
    notes.push({ node: work.node, atUs: work.end, text: failed, meaning: 'error' });
  }
  return notes;
}

/** What a node does at home: the cache that loads keeps what it has loaded, a log takes a write. */
function ownNotes(call: Row): NoteDraft[] {
  if (call.leave === NEVER) return [];
  const note = (text: string, meaning: MeaningName | null = null): NoteDraft[] => [
    { node: call.node, atUs: call.leave, text, meaning },
  ];
  if (call.op === OP['log.append']) return note(`in the log after ${formatDurationUs(call.end - call.start)}`, 'write');
  if (call.outcome === OUTCOME.rejected) return note('has no room for it', 'error');
  if (call.op !== OP['cache.set'] || call.detail === 0) return [];
  const life = call.detail < 0 ? '' : ` for ${formatDurationUs(call.detail * 1000)}`;
  return note(`keeps ${versionText(call)}${life}`);
}

const meaningOfInstant: Partial<Record<number, MeaningName>> = {
  [OP.early]: 'refresh',
  [OP.shed]: 'error',
  [OP.bloom]: 'miss',
  [OP.breaker]: 'error',
  [OP['lose-writes']]: 'error',
};

function instantNote(run: RunView, instant: Row): NoteDraft {
  const { node, start: atUs, op } = instant;
  return { node, atUs, text: instantTitle(run, instant), meaning: meaningOfInstant[op] ?? null };
}

function rootNotes(root: Row): NoteDraft[] {
  if (root.end === NEVER) return [];
  const notes: NoteDraft[] = [];
  const add = (text: string, meaning: MeaningName) => notes.push({ node: root.from, atUs: root.end, text, meaning });
  if (root.outcome === OUTCOME.timeout) add(`gave up after ${formatDurationUs(root.end - root.start)}`, 'error');
  if ((root.flags & FLAG.stale) !== 0) add(`stale: ${formatDurationUs(root.detail * 1000)} old`, 'stale');
  if ((root.flags & FLAG.ownStale) !== 0) add('does not show its reader’s own write', 'stale');
  return notes;
}
