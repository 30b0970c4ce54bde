import { FLAG, OP, OUTCOME, type Row, missCauses } from '../../../src/index.ts';
import type { RunView } from '../../stage/RunView.ts';
import { formatDurationUs } from '../../ui/format.ts';
import type { MeaningName } from '../../ui/MeaningMark.tsx';
import { type RequestTrace, requestTrace } from '../requestTrace.ts';
import { causeTitles, keyTitle, nodeTitle } from '../titles.ts';

const NEVER = Number.POSITIVE_INFINITY;
/** More would neither fit nor be read. */
const mostMessages = 40;

/** Someone in the diagram. */
export interface Participant {
  node: number;
  title: string;
}

/** An arrow. Times in µs; Infinity where the moment has not come or never came. */
export interface SequenceMessage {
  /** Indexes of the participants. */
  from: number;
  to: number;
  /** lost: it never arrives, or nobody waits for it any more. */
  kind: 'call' | 'answer' | 'lost';
  /** Short, for the arrow. */
  label: string;
  /** In full, for the list. */
  text: string;
  sentUs: number;
  arrivedUs: number;
  meaning: MeaningName | null;
}

/** A remark at a participant, after a message. */
export interface SequenceNote {
  over: number;
  /** Stands below this message; −1 above the first. */
  after: number;
  text: string;
  atUs: number;
  meaning: MeaningName;
}

/** The conversation of one request. */
export interface SequenceModel {
  request: number;
  startUs: number;
  participants: Participant[];
  /** In order of sending. */
  messages: SequenceMessage[];
  notes: SequenceNote[];
  /** Messages beyond the first forty, left out. */
  left: number;
}

/** `from` and `to` are nodes; `order` settles messages of the same µs. */
type Draft = SequenceMessage & { order: number };
/** `withAnswer`: belongs below the message sent at that very moment, not above it. */
type NoteDraft = { node: number; atUs: number; text: string; meaning: MeaningName; withAnswer?: boolean };

/** The conversation of a request, as far as it is known; null where the rows hold no such request. */
export function sequenceModel(run: RunView, request: number): SequenceModel | null {
  const trace = requestTrace(run.spans, request);
  if (trace === null) return null;
  const drafts = [...requestMessages(run, trace.root), ...trace.calls.flatMap((call) => callMessages(run, call))];
  const known = drafts.filter(({ sentUs }) => sentUs < run.horizonUs);
  known.sort((a, b) => a.sentUs - b.sentUs || a.order - b.order);
  const shown = known.slice(0, mostMessages);
  const participants = participantsOf(run, trace, shown);
  const place = (node: number) => participants.findIndex((participant) => participant.node === node);
  const messages = shown.map((draft) => ({ ...draft, from: place(draft.from), to: place(draft.to) }));
  const remarks = [...rootNotes(trace.root), ...trace.calls.flatMap((call) => callNotes(call))];
  const notes = remarks
    .filter(({ atUs, node }) => atUs < run.horizonUs && place(node) >= 0)
    .sort((a, b) => a.atUs - b.atUs)
    .map(({ node, atUs, text, meaning, withAnswer = false }) => {
      const after = lastBefore(messages, atUs, withAnswer);
      return { over: place(node), after, text, atUs, meaning };
    });
  return { request, startUs: trace.root.start, participants, messages, notes, left: known.length - shown.length };
}

function lastBefore(messages: readonly SequenceMessage[], atUs: number, withAnswer: boolean): number {
  let last = -1;
  messages.forEach(({ sentUs, arrivedUs }, index) => {
    if (sentUs < atUs || arrivedUs === atUs || (withAnswer && sentUs === atUs)) last = index;
  });
  return last;
}

/** Client, server, its own cache, shared cache, database: in the order in which a read meets them. */
function participantsOf(run: RunView, trace: RequestTrace, messages: readonly Draft[]): Participant[] {
  const nodes = new Set([trace.root.from, trace.root.node, ...messages.flatMap(({ from, to }) => [from, to])]);
  const title = (node: number) => {
    const meta = run.meta.nodes[node];
    if (meta?.kind === 'clients') return 'Client';
    return meta?.kind === 'local' ? 'Its memory' : nodeTitle(run, node);
  };
  return [...nodes].sort((a, b) => a - b).map((node) => ({ node, title: title(node) }));
}

function requestMessages(run: RunView, root: Row): Draft[] {
  const [name, number] = keyTitle(run, root.key).split(':');
  const verb = root.op === OP['request.write'] ? 'PUT' : 'GET';
  const path = `${verb} /${name}/${number}`;
  const ask: Draft = {
    from: root.from,
    to: root.node,
    kind: 'call',
    label: path,
    text: path,
    sentUs: root.start,
    arrivedUs: root.arrive,
    meaning: root.op === OP['request.write'] ? 'write' : null,
    order: root.id,
  };
  if (root.leave === NEVER) return [ask];
  const status = statusOf(root);
  const late = (root.flags & FLAG.abandoned) !== 0;
  const answer: Draft = {
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
  };
  return [ask, answer];
}

function statusOf(root: Row): string {
  switch (root.outcome) {
    case OUTCOME.absent:
      return '404 Not Found';
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

function callMessages(run: RunView, call: Row): Draft[] {
  if (call.sent === NEVER) return [];
  const { label, text, meaning } = question(run, call);
  const lost = call.outcome === OUTCOME.lost;
  const ask: Draft = {
    from: call.from,
    to: call.node,
    kind: lost ? 'lost' : 'call',
    label: lost ? `${label} (lost)` : label,
    text: lost ? `${text}: the message is lost` : text,
    sentUs: call.sent,
    arrivedUs: call.arrive,
    meaning: lost ? 'error' : meaning,
    order: call.id,
  };
  if (call.leave === NEVER) return [ask];
  const late = call.end < call.leave || call.outcome === OUTCOME.timeout;
  const reply = answerTo(call);
  const answer: Draft = {
    from: call.node,
    to: call.from,
    kind: late ? 'lost' : 'answer',
    label: late ? 'too late' : reply.label,
    text: late ? 'answers, but nobody waits any more' : reply.text,
    sentUs: call.leave,
    arrivedUs: late ? NEVER : call.end,
    meaning: late ? 'error' : reply.meaning,
    order: call.id + 0.5,
  };
  return [ask, answer];
}

type Words = Pick<SequenceMessage, 'label' | 'text' | 'meaning'>;

function question(run: RunView, call: Row): Words {
  const key = keyTitle(run, call.key);
  const ttl = call.detail > 0 ? ` EX ${ttlText(call.detail)}` : '';
  const words = (label: string, text = label, meaning: MeaningName | null = null): Words => ({ label, text, meaning });
  switch (call.op) {
    case OP['local.get']:
      return words('look up', `look up ${key}`);
    case OP['local.set']:
      return words('keep', `keep ${key}, version ${call.version}${ttl && `, for ${ttlText(call.detail)} s`}`);
    case OP['local.delete']:
      return words('drop', `drop ${key}`);
    case OP['cache.get']:
      return words(`GET ${key}`);
    case OP['cache.set']:
      return words(`SET …${ttl}`, `SET ${key} v${call.version}${ttl}`);
    case OP['cache.delete']:
      return words(`DEL ${key}`);
    case OP['database.read']:
      return words(`SELECT … ${call.key}`, `SELECT … WHERE id = ${call.key}`);
    case OP['database.write']:
      return words(`UPDATE … ${call.key}`, `UPDATE … WHERE id = ${call.key}`, 'write');
    default:
      return words('work');
  }
}

/** Seconds as Redis' EX would take them, with the fraction where there is one. */
function ttlText(ttlMs: number): string {
  return String(Number((ttlMs / 1000).toPrecision(3)));
}

function answerTo(call: Row): Words {
  const words = (text: string, meaning: MeaningName | null = null): Words => ({ label: text, text, meaning });
  if (call.outcome === OUTCOME.rejected) return words(isStore(call) ? 'not admitted' : 'line full', 'error');
  if (call.outcome === OUTCOME.refused) return words('connection refused', 'error');
  if (call.outcome === OUTCOME.error) return words('error', 'error');
  switch (call.op) {
    case OP['local.get']:
    case OP['cache.get']:
      if (call.outcome === OUTCOME.hit) return words(call.version === 0 ? 'no such row' : `v${call.version}`, 'hit');
      return words(call.op === OP['cache.get'] ? 'nil' : 'nothing', 'miss');
    case OP['local.delete']:
    case OP['cache.delete']:
      return words(call.outcome === OUTCOME.absent ? '0' : '1');
    case OP['database.read']:
      return words(call.version === 0 ? 'no row' : `row v${call.version}`);
    case OP['database.write']:
      return words(`committed v${call.version}`, 'write');
    default:
      return words('OK');
  }
}

function isStore(call: Row): boolean {
  return (call.op === OP['cache.set'] || call.op === OP['local.set']) && call.detail !== 0;
}

function callNotes(call: Row): NoteDraft[] {
  const isGet = call.op === OP['cache.get'] || call.op === OP['local.get'];
  if (call.outcome === OUTCOME.timeout || call.outcome === OUTCOME.lost) {
    const text = `gave up after ${formatDurationUs(call.end - call.start)}`;
    return [{ node: call.from, atUs: call.end, text, meaning: 'error' }];
  }
  if (isGet && call.outcome === OUTCOME.miss && call.leave < NEVER && call.cause !== 0) {
    const text = `miss: ${causeTitles[missCauses[call.cause]]}`;
    return [{ node: call.node, atUs: call.leave, text, meaning: 'miss', withAnswer: true }];
  }
  return [];
}

function rootNotes(root: Row): NoteDraft[] {
  if (root.end === NEVER) return [];
  if (root.outcome === OUTCOME.timeout) {
    const text = `gave up after ${formatDurationUs(root.end - root.start)}`;
    return [{ node: root.from, atUs: root.end, text, meaning: 'error' }];
  }
  if ((root.flags & FLAG.stale) === 0) return [];
  const text = `stale: ${formatDurationUs(root.detail * 1000)} old`;
  return [{ node: root.from, atUs: root.end, text, meaning: 'stale' }];
}

/** How far each message is at a moment: the last one sent is current until the conversation is over. */
export function messageStates(model: SequenceModel, atUs: number): ('past' | 'current' | 'future')[] {
  const sent = model.messages.filter(({ sentUs }) => sentUs <= atUs).length;
  const last = model.messages[sent - 1];
  const over = sent === model.messages.length && last !== undefined && last.arrivedUs <= atUs;
  return model.messages.map((_, index) =>
    index >= sent ? 'future' : index === sent - 1 && !over ? 'current' : 'past',
  );
}
