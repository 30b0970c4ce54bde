import { Refusal } from './Refusal.ts';

/** What a message may be: bytes of its text, values in it, and how deep they stand. */
export const messageLimits = { bytes: 65_536, values: 4000, depth: 24 } as const;

const forbidden: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Lets through plain data within the limits and nothing else. Walks without recursion and stops at the first thing too
 * much, so that the size of what comes does not decide how long this takes.
 * @throws Refusal `not-plain` or `too-large`.
 */
export function checkPlain(value: unknown): void {
  const left: { value: unknown; depth: number }[] = [{ value, depth: 0 }];
  let bytes = 0;
  let values = 0;
  for (let item = left.pop(); item !== undefined; item = left.pop()) {
    if (++values > messageLimits.values) throw tooLarge(`more than ${messageLimits.values} values`);
    if (item.depth > messageLimits.depth) throw tooLarge(`more than ${messageLimits.depth} levels`);
    bytes += bytesOf(item.value);
    if (bytes > messageLimits.bytes) throw tooLarge(`more than ${messageLimits.bytes / 1024} KiB`);
    if (typeof item.value !== 'object' || item.value === null) continue;
    for (const [name, inner] of entriesOf(item.value)) {
      bytes += 2 * name.length;
      left.push({ value: inner, depth: item.depth + 1 });
    }
  }
}

function bytesOf(value: unknown): number {
  if (typeof value === 'string') return 2 * value.length;
  if (typeof value === 'number' && !Number.isFinite(value)) throw notPlain('a number without end');
  if (value === null || value === undefined || typeof value === 'boolean' || typeof value === 'number') return 8;
  if (typeof value !== 'object') throw notPlain(`a ${typeof value}`);
  const prototype: unknown = Object.getPrototypeOf(value);
  const isPlain = Array.isArray(value) || prototype === Object.prototype || prototype === null;
  if (!isPlain) throw notPlain('something that is neither a map nor a list');
  return 8;
}

function entriesOf(value: object): [string, unknown][] {
  if (Array.isArray(value) && value.length > messageLimits.values)
    throw tooLarge(`more than ${messageLimits.values} values`);
  const names = Object.keys(value);
  if (names.length > messageLimits.values) throw tooLarge(`more than ${messageLimits.values} values`);
  const bad = names.find((name) => forbidden.has(name));
  if (bad !== undefined) throw notPlain(`the name "${bad}"`);
  return Object.entries(value);
}

function tooLarge(what: string): Refusal {
  return new Refusal('too-large', `The message has ${what}.`);
}

function notPlain(what: string): Refusal {
  return new Refusal('not-plain', `The message holds ${what}, which no message may.`);
}
