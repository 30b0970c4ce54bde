import type { TraceBuilder } from '../TraceBuilder.ts';
import { isBlank, lineEnd } from './lines.ts';
import type { RecordReader, TraceFormat } from './TraceFormat.ts';

class KeysReader implements RecordReader {
  private readonly builder: TraceBuilder;

  constructor(builder: TraceBuilder) {
    this.builder = builder;
  }

  end(bytes: Uint8Array, from: number, to: number): number {
    return lineEnd(bytes, from, to);
  }

  read(bytes: Uint8Array, from: number, to: number): string | null {
    if (bytes[from] <= 32 && isBlank(bytes, from, to)) return null;
    // Text has no NUL, and a loop over what is mostly a few digits costs nothing.
    for (let i = from; i < to; i++) if (bytes[i] === 0) return 'found a NUL byte, expected text';
    if (to > from) this.builder.add(bytes, from, to);
    return null;
  }

  notes(): [] {
    return [];
  }
}

/** One key a line. */
export const keys: TraceFormat = {
  id: 'keys',
  title: 'One key a line',
  takes: 'Every line is a request for the key that it holds, blanks included; empty lines are passed over.',
  open: (builder) => new KeysReader(builder),
};
