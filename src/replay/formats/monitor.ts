import { quoteBytes } from '../showBytes.ts';
import type { TraceBuilder } from '../TraceBuilder.ts';
import { isBlank, lineEnd } from './lines.ts';
import { Quoted } from './Quoted.ts';
import { NOT_TIME, readSeconds } from './readSeconds.ts';
import { type RedisCommand, redisCommands } from './redisCommands.ts';
import type { FormatNote, FormatOptions, RecordReader, TraceFormat } from './TraceFormat.ts';

const [space, quote, opening, closing] = [32, 34, 91, 93];
const expected = 'expected a line of MONITOR, like 1700000000.123456 [0 127.0.0.1:6379] "GET" "key"';
/** No command of Redis has a longer name. */
const longestName = 32;
/** Commands that are counted by name; a file of nonsense shall not fill the memory. */
const mostNames = 200;

class MonitorReader implements RecordReader {
  private readonly builder: TraceBuilder;
  private readonly wanted: 'reads' | 'writes' | 'both';
  private readonly argument = new Quoted();
  private readonly taken = new Map<string, number>();
  private readonly passed = new Map<string, number>();

  constructor(builder: TraceBuilder, wanted: 'reads' | 'writes' | 'both') {
    this.builder = builder;
    this.wanted = wanted;
  }

  end(bytes: Uint8Array, from: number, to: number): number {
    return lineEnd(bytes, from, to);
  }

  read(bytes: Uint8Array, from: number, to: number): string | null {
    if (isBlank(bytes, from, to)) return null;
    // What redis-cli itself says when MONITOR begins.
    if (to - from === 2 && bytes[from] === 79 && bytes[from + 1] === 75) return null;
    let at = from;
    while (at < to && bytes[at] !== space) at++;
    const second = readSeconds(bytes, from, at);
    if (second === NOT_TIME || bytes[at + 1] !== opening) return `found ${quoteBytes(bytes, from, to)}, ${expected}`;
    at = argumentsStart(bytes, at + 2, to);
    if (at < 0) return `found ${quoteBytes(bytes, from, to)}, ${expected}`;
    const afterName = this.argument.read(bytes, at + 1, to);
    const problem = afterName < 0 ? 'found a quote that is never closed' : argumentsProblem(bytes, afterName, to);
    if (problem !== null) return `${problem}, ${expected}`;
    const name = this.argument.text(longestName).toUpperCase();
    const command = redisCommands.get(name);
    if (command === undefined || !this.wants(command)) {
      count(this.passed, name);
      return null;
    }
    count(this.taken, name);
    this.builder.at(second);
    this.takeKeys(bytes, afterName, to, command);
    return null;
  }

  notes(): FormatNote[] {
    const tell = (counts: Map<string, number>, what: string): FormatNote[] =>
      [...counts].map(([name, times]) => ({ text: `${name} ${what}`, count: times })).sort((a, b) => b.count - a.count);
    return [...tell(this.taken, 'taken as requests'), ...tell(this.passed, 'passed over')].slice(0, 40);
  }

  private wants({ kind }: RedisCommand): boolean {
    return this.wanted === 'both' || this.wanted === `${kind}s`;
  }

  private takeKeys(bytes: Uint8Array, from: number, to: number, { keys }: RedisCommand): void {
    let at = from;
    for (let index = 0; at < to; index++) {
      at = this.argument.read(bytes, at + 2, to);
      const isKey = keys === 'all' || index === 0 || (keys === 'pairs' && index % 2 === 0);
      if (isKey) this.builder.add(this.argument.bytes, 0, this.argument.length);
      if (keys === 'first') return;
    }
  }
}

/** Where the first argument begins, with its quote: after the `]` that ends the client (an IPv6 address has one of its own). */
function argumentsStart(bytes: Uint8Array, from: number, to: number): number {
  for (let i = from; i + 2 < to; i++) {
    if (bytes[i] === closing && bytes[i + 1] === space && bytes[i + 2] === quote) return i + 2;
  }
  return -1;
}

/** What is wrong with the arguments after the name, each a space and a quoted text; null where nothing is. */
function argumentsProblem(bytes: Uint8Array, from: number, to: number): string | null {
  let at = from;
  while (at < to) {
    if (bytes[at] !== space || bytes[at + 1] !== quote) return `found ${quoteBytes(bytes, at, to)} after an argument`;
    at += 2;
    while (at < to && bytes[at] !== quote) at += bytes[at] === 92 ? 2 : 1;
    if (at >= to) return 'found a quote that is never closed';
    at++;
  }
  return null;
}

function count(counts: Map<string, number>, name: string): void {
  const kept = counts.has(name) || counts.size < mostNames ? name : 'others';
  counts.set(kept, (counts.get(kept) ?? 0) + 1);
}

/**
 * What `redis-cli MONITOR` prints: time, database and client, the command and its arguments in quotes.
 * Source: redis.io, MONITOR; escapes as `sdscatrepr` of Redis writes them.
 */
export const monitor: TraceFormat = {
  id: 'monitor',
  title: 'redis-cli MONITOR',
  takes:
    'Every key that a command reads (GET, MGET, HGET, ZRANGE …) is a request, at the time of its line; on demand writes (SET, ' +
    'MSET, HSET …) instead, or both. DEL, EXPIRE, PING and the like are passed over and counted.',
  open: (builder, _head, { commands = 'reads' }: FormatOptions) => new MonitorReader(builder, commands),
};
