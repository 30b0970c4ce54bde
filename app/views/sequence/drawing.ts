import { noteOrder } from './mermaidText.ts';
import { messageStates, type SequenceModel } from './model.ts';

/** Least room added for the times at the right, which reach into the empty half of the last column. In the drawing's units. */
const leastGutter = 12;
/** Width of the longest time, and the gap before it. */
const timeRoom = 36;
/** The last arrow ends on the drawing's edge; its line and head need a little more. */
const footRoom = 8;

/** The parts of a drawn diagram that change with the playhead, by message and note. */
export interface Drawing {
  svg: SVGSVGElement;
  messages: Element[][];
  notes: Element[];
  shown: string;
}

/**
 * Finds the messages and notes of a drawn diagram by their order (ids of elements count on from drawing to drawing), marks
 * them with their meaning and adds each message's time at the right, under its unit. Null where the drawing is not as expected.
 */
export function prepareDrawing(svg: SVGSVGElement, model: SequenceModel): Drawing | null {
  const lines = [...svg.querySelectorAll('[data-et="message"]')];
  const texts = [...svg.querySelectorAll('text.messageText')];
  const notes = [...svg.querySelectorAll('g[data-et="note"]')];
  if (lines.length !== model.messages.length || texts.length !== lines.length || notes.length !== model.notes.length)
    return null;
  const box = svg.viewBox.baseVal;
  const right = box.x + box.width;
  const gutter = Math.max(leastGutter, rightmostOf(notes) + timeRoom - right);
  const messages = model.messages.map((message, index) => {
    const y = Number(lines[index].getAttribute('y1') ?? 0) + 4;
    const time = timeText(svg, timeLabel(message.sentUs - model.startUs), right + gutter - 2, y);
    const parts = [lines[index], texts[index], time];
    for (const part of parts) part.setAttribute('data-meaning', message.meaning ?? 'none');
    return parts;
  });
  timeText(svg, timeUnit, right + gutter - 2, headOf(svg));
  const order = noteOrder(model);
  notes.forEach((note, index) => note.setAttribute('data-meaning', model.notes[order[index]].meaning ?? 'none'));
  const width = box.width + gutter;
  // The box lives with the attribute, so nothing of it is read after this.
  svg.setAttribute('viewBox', `${box.x} ${box.y} ${width} ${box.height + footRoom}`);
  svg.style.maxWidth = `${Math.ceil(width * 1.15)}px`;
  svg.style.minWidth = `${Math.floor(width * 0.8)}px`;
  svg.setAttribute('width', '100%');
  svg.setAttribute('aria-hidden', 'true');
  return { svg, messages, notes, shown: '' };
}

/** Where the notes end: one at the last participant reaches beyond it. */
function rightmostOf(notes: readonly Element[]): number {
  const number = (part: Element | null, name: string) => Number(part?.getAttribute(name) ?? 0);
  const rects = notes.map((note) => note.querySelector('rect'));
  return Math.max(...rects.map((rect) => number(rect, 'x') + number(rect, 'width')), Number.NEGATIVE_INFINITY);
}

function timeText(svg: SVGSVGElement, label: string, x: number, y: number): SVGTextElement {
  const text = document.createElementNS('http://www.w3.org/2000/svg', 'text');
  text.setAttribute('x', String(x));
  text.setAttribute('y', String(y));
  text.setAttribute('text-anchor', 'end');
  text.setAttribute('data-part', 'time');
  text.textContent = label;
  svg.append(text);
  return text;
}

/** A line below the names of the participants, the last of which may reach over the column. */
function headOf(svg: SVGSVGElement): number {
  return Number(svg.querySelector('text.actor')?.getAttribute('y') ?? 0) + 19;
}

/** The unit of {@link timeLabel}, at the head of the column. */
const timeUnit = 'ms';

/** Milliseconds from the beginning of the conversation, as short as the gutter is narrow: `0`, `0.4`, `152`. */
export function timeLabel(us: number): string {
  const ms = us / 1000;
  if (ms >= 100) return String(Math.round(ms));
  return String(Number(ms.toFixed(ms >= 10 ? 1 : 2)));
}

/** Marks every part as past, current or future at `atUs`; touches the drawing only where that has changed. */
export function showMoment(drawing: Drawing, model: SequenceModel, atUs: number): void {
  const states = messageStates(model, atUs);
  const order = noteOrder(model);
  const notes = order.map((index) => (model.notes[index].atUs <= atUs ? 'past' : 'future'));
  const next = [...states, ...notes].join();
  if (next === drawing.shown) return;
  drawing.shown = next;
  states.forEach((state, index) => {
    for (const part of drawing.messages[index]) part.setAttribute('data-state', state);
  });
  notes.forEach((state, index) => drawing.notes[index].setAttribute('data-state', state));
}
