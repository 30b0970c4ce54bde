import type { SequenceModel } from './model.ts';

/**
 * A text that mermaid will take as nothing but text: characters that end a statement, open a directive or a tag, or start
 * a formula become character codes or go away.
 */
export function escapeLabel(text: string): string {
  const plain = text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').replaceAll('$$', '');
  const codes: Record<string, string> = {
    '#': '#35;',
    ';': '#59;',
    '<': '#lt;',
    '>': '#gt;',
    '&': '#amp;',
    '%': '#37;',
    '{': '#123;',
    '}': '#125;',
    '\\': '#92;',
  };
  const escaped = plain.replace(/[#;<>&%{}\\]/g, (character) => codes[character]).trim();
  // An empty label is a syntax error, and `wrap:` in front is an instruction.
  return escaped === '' ? ' ' : escaped.replace(/^(no)?wrap:/i, (word) => word.replace(':', '#58;'));
}

/** Characters of a note in one line: the panel is narrow. */
const noteWidth = 26;

/** A note in lines that are short enough, each escaped by itself. */
export function noteLabel(text: string): string {
  const lines: string[] = [''];
  for (const word of text.split(' ')) {
    const last = lines[lines.length - 1];
    if (last === '') lines[lines.length - 1] = word;
    else if (last.length + word.length < noteWidth) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.map(escapeLabel).join('<br/>');
}

/** The diagram's source, built from the model alone. */
export function mermaidText(model: SequenceModel): string {
  const lines = ['sequenceDiagram'];
  model.participants.forEach(({ title }, index) => lines.push(`participant p${index} as ${escapeLabel(title)}`));
  const notesAfter = (message: number) => {
    for (const { after, over, text } of model.notes)
      if (after === message) lines.push(`Note over p${over}: ${noteLabel(text)}`);
  };
  notesAfter(-1);
  const arrows = { call: '->>', answer: '-->>', lost: '-x' };
  const { activations, blocks } = model;
  model.messages.forEach(({ from, to, kind, label }, index) => {
    for (const { first, title } of blocks) if (first === index) lines.push(`opt ${escapeLabel(title)}`);
    lines.push(`p${from}${arrows[kind]}p${to}: ${escapeLabel(label)}`);
    if (activations.some(({ first }) => first === index)) lines.push(`activate p${to}`);
    if (activations.some(({ last }) => last === index)) lines.push(`deactivate p${from}`);
    notesAfter(index);
    if (blocks.some(({ last }) => last === index)) lines.push('end');
  });
  return lines.join('\n');
}

/** The notes in the order in which they stand in {@link mermaidText}: indexes into the model's notes. */
export function noteOrder(model: SequenceModel): number[] {
  const order: number[] = [];
  for (let message = -1; message < model.messages.length; message++) {
    model.notes.forEach(({ after }, index) => after === message && order.push(index));
  }
  return order;
}
