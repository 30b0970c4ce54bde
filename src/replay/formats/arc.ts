import { NOT_DECIMAL, readDecimal } from '../decimal.ts';
import { quoteBytes } from '../showBytes.ts';
import type { TraceBuilder } from '../TraceBuilder.ts';
import { isBlank, lineEnd } from './lines.ts';
import type { RecordReader, TraceFormat } from './TraceFormat.ts';

/** Blocks that one line may ask for. */
const longestRange = 65_536;
const mostNumber = 9007199254740991;

class ArcReader implements RecordReader {
  private readonly builder: TraceBuilder;
  private readonly digits = new Uint8Array(16);
  private ranges = 0;
  /** Where the field read last ends. */
  private fieldEnd = 0;

  constructor(builder: TraceBuilder) {
    this.builder = builder;
  }

  end(bytes: Uint8Array, from: number, to: number): number {
    return lineEnd(bytes, from, to);
  }

  read(bytes: Uint8Array, from: number, to: number): string | null {
    if (isBlank(bytes, from, to)) return null;
    const start = this.field(bytes, from, to);
    const count = this.field(bytes, this.fieldEnd, to);
    if (start === NOT_DECIMAL || count === NOT_DECIMAL)
      return `found ${quoteBytes(bytes, from, to)}, expected the first block and how many, like 4096 8 0 1`;
    if (count < 1 || count > longestRange) return `found ${count} blocks in one request, expected 1 to ${longestRange}`;
    if (start + count > mostNumber) return `found block ${start} and ${count} of them, expected numbers below 2^53`;
    if (count > 1) this.ranges++;
    const { builder } = this;
    for (let block = start; block < start + count && builder.fullOf === null; block++) {
      if (block <= 4294967295) builder.addNumber(block);
      else this.addLarge(block);
    }
    return null;
  }

  notes() {
    return this.ranges === 0 ? [] : [{ text: 'lines stood for several blocks, each a request', count: this.ranges }];
  }

  /** The next field, which blanks end, as a number; `fieldEnd` is where it ends. */
  private field(bytes: Uint8Array, from: number, to: number): number {
    let start = from;
    while (start < to && isBlank(bytes, start, start + 1)) start++;
    let end = start;
    while (end < to && !isBlank(bytes, end, end + 1)) end++;
    this.fieldEnd = end;
    return readDecimal(bytes, start, end);
  }

  private addLarge(block: number): void {
    let at = this.digits.length;
    for (let rest = block; rest > 0; rest = Math.floor(rest / 10)) this.digits[--at] = 48 + (rest % 10);
    this.builder.add(this.digits, at, this.digits.length);
  }
}

/**
 * The traces of the ARC paper: first block, number of blocks, a field that is not used, and the number of the request.
 * Source: Megiddo and Modha, "ARC: A Self-Tuning, Low Overhead Replacement Cache", FAST 2003, and the traces published with it.
 */
export const arc: TraceFormat = {
  id: 'arc',
  title: 'ARC',
  takes: 'A line asks for so many blocks (second number) from a first one (first number) on: each block is a request.',
  open: (builder) => new ArcReader(builder),
};
