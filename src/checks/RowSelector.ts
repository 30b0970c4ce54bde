import { nearestName } from '../scenario/problems.ts';
import { CAUSE, FLAG, OP, OUTCOME } from '../spans/codes.ts';
import type { Label } from './Check.ts';
import { Unreadable } from './tokenize.ts';
import type { RunVocabulary } from './vocabulary.ts';

/** Which rows are meant. Absent lists let every row through; codes, indexes of nodes and numbers as in the columns. */
export interface RowSelector {
  /** The same for the same selection. */
  id: string;
  op?: number[];
  outcome?: number[];
  cause?: number[];
  node?: number[];
  from?: number[];
  key?: number[];
  version?: number[];
  /** Bits of which a row must have at least one. */
  flag?: number;
  /** Only rows whose caller has an outcome. */
  settled?: boolean;
  /** Only rows whose outcome is an answer. */
  answered?: boolean;
  /** Only stale answers. */
  stale?: boolean;
}

const codes = { op: OP, outcome: OUTCOME, cause: CAUSE, flag: FLAG } as Record<string, Record<string, number>>;

/** Labels that rows can be picked by. */
export const rowLabels: readonly string[] = ['op', 'key', 'outcome', 'cause', 'node', 'from', 'flag', 'version'];

/**
 * Reads the labels of a row metric. A node's kind stands for all nodes of that kind; a key may carry the scenario's name
 * for keys. @throws Unreadable for a label or a value that does not exist.
 */
export function readRowSelector(labels: readonly Label[], vocabulary: RunVocabulary): RowSelector {
  const selector: RowSelector = { id: '' };
  for (const label of labels) {
    const { name, values } = label;
    const read = readers[name];
    if (read === undefined || !rowLabels.includes(name)) {
      const nearest = nearestName(name, rowLabels);
      throw unknown('label', name, label, nearest ?? `expected one of ${rowLabels.join(', ')}`, nearest);
    }
    const found = values.flatMap((value) => read(value, label, vocabulary));
    if (name === 'flag') selector.flag = found.reduce((bits, bit) => bits | bit, 0);
    else selector[name as 'op'] = [...new Set(found)].sort((a, b) => a - b);
  }
  return identified(selector);
}

/** The selector with the id that belongs to its content. */
export function identified(selector: Omit<RowSelector, 'id'>): RowSelector {
  const { op, outcome, cause, node, from, key, version, flag, settled, answered, stale } = selector;
  const parts = [op, outcome, cause, node, from, key, version, flag, settled, answered, stale];
  return { ...selector, id: JSON.stringify(parts.map((part) => part ?? null)) };
}

type ReadValue = (value: string, label: Label, vocabulary: RunVocabulary) => number[];

const readCode: ReadValue = (value, label) => {
  const known = codes[label.name];
  if (Object.hasOwn(known, value)) return [known[value]];
  throw unknown(label.name, value, label, undefined, nearestName(value, Object.keys(known)));
};

const readNode: ReadValue = (value, label, { nodes }) => {
  const byId = nodes.flatMap(({ id }, index) => (id === value ? [index] : []));
  if (byId.length > 0) return byId;
  const byKind = nodes.flatMap(({ kind }, index) => (kind === value ? [index] : []));
  if (byKind.length > 0) return byKind;
  throw unknown(
    label.name,
    value,
    label,
    undefined,
    nearestName(
      value,
      nodes.map(({ id }) => id),
    ),
  );
};

const readKey: ReadValue = (value, label, vocabulary) => {
  const [prefix, number] = value.includes(':') ? value.split(/:(.*)/s) : [vocabulary.keyName, value];
  if (prefix !== vocabulary.keyName) {
    const message = `keys of this scenario are called ${vocabulary.keyName}, like ${vocabulary.keyName}:17`;
    throw unknown('key', value, label, message, nearestName(prefix, [vocabulary.keyName]));
  }
  return readInteger(number, label, vocabulary);
};

const readInteger: ReadValue = (value, label) => {
  if (/^-?\d{1,10}$/.test(value)) return [Number(value)];
  throw new Unreadable(`found ${label.name}=${clip(value)}, expected a whole number`, label.offset, label.length);
};

const readers: Record<string, ReadValue | undefined> = {
  op: readCode,
  outcome: readCode,
  cause: readCode,
  flag: readCode,
  node: readNode,
  from: readNode,
  key: readKey,
  version: readInteger,
};

function clip(text: string): string {
  return text.length <= 40 ? text : `${text.slice(0, 40)}…`;
}

/** A problem with a name that does not exist, at the label that holds it. */
export function unknown(what: string, name: string, label: Label, hint?: string, nearest?: string): Unreadable {
  const tail = nearest === undefined ? (hint === undefined ? '' : `; ${hint}`) : `, did you mean ${nearest}?`;
  return new Unreadable(`unknown ${what} ${clip(name)}${tail}`, label.offset, label.length, nearest);
}
