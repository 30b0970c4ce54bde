import { parseQuantity, type QuantityKind } from '../scenario/units.ts';
import type { CheckProblem, CheckUnit } from './Check.ts';

/** One word of a check. `text` is normalised: no spaces in a quantity, no quotes around a string, no `$`. */
export interface Token {
  kind: 'quantity' | 'clock' | 'name' | 'value' | 'string' | 'word' | 'symbol' | 'end';
  text: string;
  offset: number;
  length: number;
  /** Of a quantity: µs, a second, 0..1, bytes or a plain number. Of a clock time: µs since midnight. */
  amount?: number;
  unit?: CheckUnit;
}

/** Thrown inside this folder where a text cannot be read on; caught where reading began. */
export class Unreadable extends Error {
  readonly problem: CheckProblem;

  constructor(message: string, offset: number, length: number, nearest?: string) {
    super(message);
    this.problem = { message, offset, length, ...(nearest === undefined ? {} : { nearest }) };
  }
}

const space = /\s+/y;
const quoted = /"([^"]*)"/y;
const clock = /(\d\d):(\d\d):(\d\d)(?:\.(\d{1,6}))?(?!\d)/y;
const digits = /\d[\d_]*(?:\.\d+)?/y;
const attachedUnit = /%|[A-Za-zµμ]+/y;
const rateUnit = /[ ]*\/[A-Za-z]+(?![\w.({])/y;
const spacedUnit = /[ ]+(?:%|[A-Za-zµμ]+(?![\w({-])(?!\.[^.]))/y;
const name = /[A-Za-z_]\w*(?:[.-]\w+)*/y;
const value = /\$([A-Za-z_]\w*(?:[.-]\w+)*)/y;
const symbol = /\.\.|\+-|±|<=|>=|==|!=|[<>+\-*/(){}]/y;
const labelWord = /[\w.:-]+/y;
const labelSymbol = /[=|,}]/y;

const units: readonly (readonly [QuantityKind, CheckUnit])[] = [
  ['number', 'number'],
  ['share', 'share'],
  ['rate', 'per second'],
  ['duration', 'us'],
  ['size', 'bytes'],
];

/**
 * The words of a text, closed by an `end`; in linear time. @throws Unreadable at the first character that fits nowhere.
 * Names may hold dots and hyphens inside, so a minus between names needs spaces around it.
 */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  let inLabels = false;
  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    return pattern.exec(text);
  };
  const add = (kind: Token['kind'], found: RegExpExecArray, shown = found[0]): void => {
    tokens.push({ kind, text: shown, offset: at, length: found[0].length });
    at += found[0].length;
  };
  const addOf = (kinds: readonly (readonly [RegExp, Token['kind']])[]): boolean =>
    kinds.some(([pattern, kind]) => {
      const found = match(pattern);
      if (found !== null) add(kind, found, found[1] ?? found[0]);
      return found !== null;
    });
  while (at < text.length) {
    const blank = match(space);
    if (blank !== null) {
      at += blank[0].length;
    } else if (inLabels) {
      if (
        !addOf([
          [quoted, 'string'],
          [labelWord, 'word'],
          [labelSymbol, 'symbol'],
        ])
      )
        throw strange(text, at);
      if (tokens[tokens.length - 1].text === '}' && tokens[tokens.length - 1].kind === 'symbol') inLabels = false;
    } else if (match(clock) !== null) {
      tokens.push(clockToken(match(clock) as RegExpExecArray, at));
      at += tokens[tokens.length - 1].length;
    } else if (match(digits) !== null) {
      tokens.push(quantityToken(text, at));
      at += tokens[tokens.length - 1].length;
    } else {
      if (
        !addOf([
          [quoted, 'string'],
          [name, 'name'],
          [value, 'value'],
          [symbol, 'symbol'],
        ])
      )
        throw strange(text, at);
      const last = tokens[tokens.length - 1];
      if (last.text === '±') last.text = '+-';
      inLabels = last.kind === 'symbol' && last.text === '{';
    }
  }
  tokens.push({ kind: 'end', text: '', offset: text.length, length: 0 });
  return tokens;
}

function strange(text: string, at: number): Unreadable {
  const found = String.fromCodePoint(text.codePointAt(at) ?? 0);
  if (found === '"') return new Unreadable('this quotation mark is never closed', at, 1);
  if (found === '=') return new Unreadable('found =, expected == to compare', at, 1);
  return new Unreadable(`found ${JSON.stringify(found)}, which has no meaning here`, at, found.length);
}

function clockToken(found: RegExpExecArray, offset: number): Token {
  const [text, hours, minutes, seconds, fraction = ''] = found;
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59)
    throw new Unreadable(`found ${text}, expected a time of day from 00:00:00 to 23:59:59`, offset, text.length);
  const wholeSeconds = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  return {
    kind: 'clock',
    text,
    offset,
    length: text.length,
    amount: wholeSeconds * 1e6 + Number(fraction.padEnd(6, '0')),
  };
}

/** The number at `offset` with whatever unit follows it. */
function quantityToken(text: string, offset: number): Token {
  const at = (pattern: RegExp, index: number): string => {
    pattern.lastIndex = index;
    return pattern.exec(text)?.[0] ?? '';
  };
  const number = at(digits, offset);
  const after = offset + number.length;
  const attached = at(attachedUnit, after);
  const candidates = attached === '' ? [at(rateUnit, after), at(spacedUnit, after)] : [attached];
  const unit = candidates.find((found) => found !== '' && isUnit(found.trim())) ?? attached;
  const length = number.length + unit.length;
  // As it may stand behind a name and a hyphen.
  const written = number.replaceAll('_', '') + unit.trim().replace(/[µμ]/, 'u');
  if (attached !== '' && (!isUnit(attached) || /[\w({]/.test(text.charAt(offset + length))))
    throw new Unreadable(
      `found ${text.slice(offset, offset + length + 1).trim()}, expected a number with a unit like ms, s, %, kb or /s`,
      offset,
      length,
    );
  for (const [kind, of] of units) {
    // Zero needs no unit elsewhere; here a bare number is always a bare number.
    const amount = kind !== 'number' && unit === '' ? undefined : parseQuantity(kind, written);
    if (amount !== undefined) return { kind: 'quantity', text: written, offset, length, amount, unit: of };
  }
  throw new Unreadable(`found ${written.slice(0, 40)}, which is no number that can be read`, offset, length);
}

function isUnit(written: string): boolean {
  return units.some(([kind]) => kind !== 'number' && parseQuantity(kind, `1${written}`) !== undefined);
}
