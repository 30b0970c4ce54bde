import { NOT_DECIMAL, readDecimal } from '../decimal.ts';
import { quoteBytes } from '../showBytes.ts';
import type { TraceBuilder } from '../TraceBuilder.ts';
import { isBlank, lineEnd } from './lines.ts';
import type { RecordReader, TraceFormat } from './TraceFormat.ts';

const star = 42;

class LirsReader implements RecordReader {
  private readonly builder: TraceBuilder;
  private marks = 0;

  constructor(builder: TraceBuilder) {
    this.builder = builder;
  }

  end(bytes: Uint8Array, from: number, to: number): number {
    return lineEnd(bytes, from, to);
  }

  read(bytes: Uint8Array, from: number, to: number): string | null {
    let [start, end] = [from, to];
    while (start < end && bytes[start] <= 32 && isBlank(bytes, start, start + 1)) start++;
    while (end > start && bytes[end - 1] <= 32 && isBlank(bytes, end - 1, end)) end--;
    if (start === end) return null;
    if (end - start === 1 && bytes[start] === star) {
      this.marks++;
      return null;
    }
    const block = readDecimal(bytes, start, end);
    if (block === NOT_DECIMAL) return `found ${quoteBytes(bytes, start, end)}, expected the number of a block, or *`;
    if (block <= 4294967295) this.builder.addNumber(block);
    else this.builder.add(bytes, start, end);
    return null;
  }

  notes() {
    return this.marks === 0 ? [] : [{ text: 'marks (*) passed over', count: this.marks }];
  }
}

/**
 * The traces of the LIRS paper: the number of a block a line, with a `*` where its authors mark the end of a phase.
 * Source: Jiang and Zhang, "LIRS", SIGMETRICS 2002, and the traces published with it.
 */
export const lirs: TraceFormat = {
  id: 'lirs',
  title: 'LIRS',
  takes: 'Every line is a request for the block whose number it holds; lines with a * are passed over.',
  open: (builder) => new LirsReader(builder),
};
