import type { RunView } from '../../stage/RunView.ts';
import type { MeaningName } from '../../ui/MeaningMark.tsx';
import { requestTrace } from '../requestTrace.ts';
import { nodeTitle } from '../titles.ts';
import { type Conversation, conversationOf, type MessageDraft, type NoteDraft } from './conversation.ts';

/** More would neither fit nor be read. */
const mostMessages = 40;

/** Someone in the diagram. */
export interface Participant {
  /** Index of the node; below 0 for the server of a request, where several requests are shown: the request’s number. */
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
  /** Nobody waits for what it is part of. */
  background: boolean;
}

/** A remark at a participant, after a message. */
export interface SequenceNote {
  over: number;
  /** Stands below this message; −1 above the first. */
  after: number;
  text: string;
  atUs: number;
  meaning: MeaningName | null;
}

/** Messages from one to another, both included, by their index. */
export interface MessageRange {
  first: number;
  last: number;
}

/** The conversation of one request, or of several. */
export interface SequenceModel {
  request: number;
  /** Times are counted from here: when the client sent the request; of several, the first. */
  startUs: number;
  participants: Participant[];
  /** In order of sending. */
  messages: SequenceMessage[];
  notes: SequenceNote[];
  /** Runs of messages in the background, with what stands above them. */
  blocks: (MessageRange & { title: string })[];
  /** From a call to its answer, where the callee made calls of its own in between. */
  activations: MessageRange[];
  /** Messages beyond those that fit, left out. */
  left: number;
}

/** The conversation of a request, as far as it is known; null where the rows hold no such request. */
export function sequenceModel(run: RunView, request: number): SequenceModel | null {
  const trace = requestTrace(run.spans, request);
  if (trace === null) return null;
  const conversation = conversationOf(run, trace);
  const title = (node: number) => {
    const meta = run.meta.nodes[node];
    if (meta?.kind === 'clients') return 'Client';
    return meta?.kind === 'local' ? 'Its memory' : nodeTitle(run, node);
  };
  const drawn = drawConversation(run, conversation, mostMessages, {
    first: [trace.root.from, trace.root.node],
    order: (a, b) => a - b,
    title,
  });
  return { ...drawn, request, startUs: trace.root.start, blocks: blocksOf(drawn.messages) };
}

/** Who takes part however little is said, in what order they stand, and what they are called. */
export interface Casting {
  first: number[];
  order: (a: number, b: number) => number;
  title: (node: number) => string;
}

/** Puts what was said into order, with participants for nodes. At most `most` messages. */
export function drawConversation(
  run: RunView,
  { messages: drafts, notes: remarks }: Conversation,
  most: number,
  casting: Casting,
): Omit<SequenceModel, 'request' | 'startUs' | 'blocks'> {
  const known = drafts.filter(({ sentUs }) => sentUs < run.horizonUs);
  known.sort((a, b) => a.sentUs - b.sentUs || Number(a.background) - Number(b.background) || a.order - b.order);
  const shown = known.slice(0, most);
  const untilUs = known.length > most ? (shown.at(-1) as MessageDraft).sentUs : run.horizonUs;
  const happened = remarks.filter(({ atUs }) => atUs < run.horizonUs && atUs <= untilUs);
  const nodes = [...casting.first, ...shown.flatMap(({ from, to }) => [from, to]), ...happened.map(({ node }) => node)];
  const sorted = [...new Set(nodes)].sort(casting.order);
  const participants = sorted.map((node) => ({ node, title: casting.title(node) }));
  const place = (node: number) => sorted.indexOf(node);
  const messages = shown.map(({ from, to, kind, label, text, sentUs, arrivedUs, meaning, background }) => {
    return { from: place(from), to: place(to), kind, label, text, sentUs, arrivedUs, meaning, background };
  });
  return {
    participants,
    messages,
    notes: notesOf(shown, happened, place),
    activations: activationsOf(shown),
    left: known.length - shown.length,
  };
}

function notesOf(
  shown: readonly MessageDraft[],
  remarks: readonly NoteDraft[],
  place: (node: number) => number,
): SequenceNote[] {
  return [...remarks]
    .sort((a, b) => a.atUs - b.atUs)
    .map(({ node, atUs, text, meaning, answerOf }) => {
      const answer = shown.findIndex(({ row, isAnswer }) => isAnswer && row === answerOf);
      return { over: place(node), after: answer < 0 ? lastBefore(shown, atUs) : answer, text, atUs, meaning };
    });
}

function lastBefore(messages: readonly SequenceMessage[], atUs: number): number {
  let last = -1;
  messages.forEach(({ sentUs, arrivedUs }, index) => {
    if (sentUs < atUs || arrivedUs === atUs) last = index;
  });
  return last;
}

function activationsOf(shown: readonly MessageDraft[]): MessageRange[] {
  return shown.flatMap(({ row, nests, isAnswer }, first) => {
    if (!nests || isAnswer) return [];
    const last = shown.findIndex((other) => other.row === row && other.isAnswer);
    return last < 0 ? [] : [{ first, last }];
  });
}

/** Neighbouring messages in the background stand in one block. */
function blocksOf(messages: readonly SequenceMessage[]): SequenceModel['blocks'] {
  const blocks: SequenceModel['blocks'] = [];
  messages.forEach(({ background }, index) => {
    if (!background) return;
    const last = blocks.at(-1);
    if (last?.last === index - 1) last.last = index;
    else blocks.push({ first: index, last: index, title: 'in the background' });
  });
  return blocks;
}

/** From when the times of a conversation are counted, in words. */
export function countedFrom({ participants }: Pick<SequenceModel, 'participants'>): string {
  const several = participants.some(({ node }) => node < 0);
  return several ? 'since the first of these requests left its client' : 'since the client sent the request';
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
