import { closingUs, FLAG, OP, OUTCOME, type SpanStore } from '../../../src/index.ts';
import type { RunView } from '../../stage/RunView.ts';
import { outcomeTitle } from '../titles.ts';

/** The first request that went differently in the two runs. */
export interface Difference {
  request: number;
  /** When it had ended in both, µs. */
  atUs: number;
  /** How it went in A and in B. */
  texts: [string, string];
}

interface Ending {
  text: string;
  endUs: number;
}

/** The endings of one run that the other has not matched yet. */
interface Side {
  spans: SpanStore;
  /** Rows that closed up to here have been read. */
  readUs: number;
  waiting: Map<number, Ending>;
  /** Requests answered from the server's memory, whose end has not come. */
  fromMemory: Set<number>;
}

/**
 * Looks for the request with the smallest number that ended differently in two runs: by outcome, by where its answer came
 * from, by its key or by the version it got. Times do not count. Requests not known to have ended in both are passed over.
 * Every search reads only what is new since the one before, so it can be asked again and again while both runs go on.
 */
export class FirstDifference {
  private readonly sides: [Side, Side];
  private found: Difference | null = null;

  constructor(a: SpanStore, b: SpanStore) {
    const side = (spans: SpanStore): Side => ({ spans, readUs: -1, waiting: new Map(), fromMemory: new Set() });
    this.sides = [side(a), side(b)];
  }

  /** Reads on to what is known of each; null while there is no difference. */
  search(a: RunView, b: RunView): Difference | null {
    this.read(0, a.horizonUs);
    this.read(1, b.horizonUs);
    return this.found;
  }

  private read(lane: 0 | 1, horizonUs: number): void {
    const side = this.sides[lane];
    const { closed } = side.spans;
    for (let index = side.spans.firstClosing(side.readUs + 1); index < closed.length; index++) {
      if (closingUs(closed, index) >= horizonUs) break;
      const op = closed.op[index];
      const request = closed.request[index];
      if (op === OP['local.get'] && closed.outcome[index] === OUTCOME.hit) side.fromMemory.add(request);
      if (op <= OP['request.write']) this.ended(lane, request, endingOf(side, index));
    }
    side.readUs = horizonUs - 1;
  }

  private ended(lane: 0 | 1, request: number, ending: Ending): void {
    this.sides[lane].fromMemory.delete(request);
    const others = this.sides[1 - lane].waiting;
    const other = others.get(request);
    if (other === undefined) {
      this.sides[lane].waiting.set(request, ending);
      return;
    }
    others.delete(request);
    if (other.text === ending.text || (this.found !== null && this.found.request < request)) return;
    const texts: [string, string] = lane === 0 ? [ending.text, other.text] : [other.text, ending.text];
    this.found = { request, atUs: Math.max(ending.endUs, other.endUs), texts };
  }
}

/** One search over everything known of two runs. */
export function firstDifference(a: RunView, b: RunView): Difference | null {
  return new FirstDifference(a.spans, b.spans).search(a, b);
}

function endingOf({ spans: { closed }, fromMemory }: Side, index: number): Ending {
  const outcome = closed.outcome[index];
  const isWrite = closed.op[index] === OP['request.write'];
  const stale = (closed.flags[index] & FLAG.stale) !== 0 ? ', stale' : '';
  const version = closed.version[index] > 0 && outcome < OUTCOME.timeout ? `, v${closed.version[index]}` : '';
  const memory = fromMemory.has(closed.request[index]);
  const how = isWrite ? writtenText(outcome) : sourceText(outcome, memory);
  return { text: `key ${closed.key[index]}: ${how}${version}${stale}`, endUs: closed.end[index] };
}

function writtenText(outcome: number): string {
  if (outcome === OUTCOME.ok) return 'written';
  return outcome === OUTCOME.absent ? 'nothing left' : outcomeTitle(outcome);
}

function sourceText(outcome: number, memory: boolean): string {
  if (outcome === OUTCOME.hit) return memory ? 'from the server’s memory' : 'from the cache';
  return outcome === OUTCOME.miss ? 'from the database' : outcomeTitle(outcome);
}
