import { TraceProblem } from '../../replay/TraceProblem.ts';
import { traceLimits } from '../../replay/traceLimits.ts';
import {
  type TraceProgress,
  TraceReader,
  type TraceReaderOptions,
  type TraceReading,
} from '../../replay/TraceReader.ts';
import { gunzip } from './gunzip.ts';
import { nextTurn } from './nextTurn.ts';

/** How far reading has come: of the file, and of what is in it. */
export interface BlobProgress extends TraceProgress {
  /** Bytes of the file itself that have been read, packed where it is packed. */
  packedBytes: number;
}

/** A trace that has been read from a file. */
export interface BlobReading extends TraceReading {
  name: string;
  packedBytes: number;
  isPacked: boolean;
}

const sliceBytes = 65_536;
/** Work between two turns for everybody else. */
const turnMs = 25;

/**
 * Reads a trace from the bytes of a file, packed with gzip or not, whatever it is called. Gives way every 25 ms and tells
 * `onProgress` then. Ends with the signal's reason when `signal` is aborted, and with a TraceProblem, in words, where the file
 * cannot be used.
 */
export async function readTraceBlob(
  stream: ReadableStream<Uint8Array>,
  name: string,
  options: TraceReaderOptions,
  onProgress: (progress: BlobProgress) => void,
  signal?: AbortSignal,
): Promise<BlobReading> {
  const source = new Source(stream, signal);
  const seed = crypto.getRandomValues(new Int32Array(1))[0];
  const reader = new TraceReader({ seed, ...options });
  const limits = { ...traceLimits, ...options.limits };
  let turnEndMs = performance.now() + turnMs;
  const take = async (bytes: Uint8Array): Promise<boolean> => {
    for (let at = 0; at < bytes.length; at += sliceBytes) {
      if (!reader.push(bytes.subarray(at, at + sliceBytes))) return false;
      if (performance.now() < turnEndMs) continue;
      onProgress({ ...reader.progress, packedBytes: source.bytes });
      await nextTurn();
      signal?.throwIfAborted();
      turnEndMs = performance.now() + turnMs;
    }
    return true;
  };
  let unpackedBytes = 0;
  const takeUnpacked = (bytes: Uint8Array): Promise<boolean> => {
    unpackedBytes += bytes.length;
    judgeSize(unpackedBytes, source.bytes, limits);
    return take(bytes);
  };
  try {
    const isPacked = await source.beginsWith([31, 139]);
    if (isPacked) await gunzip(() => source.next(), takeUnpacked);
    else for (let chunk = await source.next(); chunk !== null && (await take(chunk)); chunk = await source.next());
    signal?.throwIfAborted();
    onProgress({ ...reader.progress, packedBytes: source.bytes });
    return { ...reader.finish(), name, packedBytes: source.bytes, isPacked };
  } finally {
    await source.cancel();
  }
}

function judgeSize(unpacked: number, packed: number, limits: typeof traceLimits): void {
  if (unpacked > limits.unpackedBytes)
    throw new TraceProblem(`found more than ${limits.unpackedBytes} bytes when unpacking, which is the limit`);
  if (unpacked > limits.freeBytes && unpacked > packed * limits.unpackedRatio) {
    throw new TraceProblem(
      `found that ${packed} bytes unpack to more than ${unpacked}, expected at most ${limits.unpackedRatio} times as many: ` +
        'this looks like a decompression bomb',
    );
  }
}

/** A stream of bytes as chunks to be asked for. */
class Source {
  /** Bytes given out so far. */
  bytes = 0;
  private readonly reader: ReadableStreamDefaultReader<Uint8Array>;
  private readonly signal: AbortSignal | undefined;
  private first: Uint8Array = new Uint8Array(0);

  constructor(stream: ReadableStream<Uint8Array>, signal: AbortSignal | undefined) {
    this.reader = stream.getReader();
    this.signal = signal;
    // Who waits for a pipe that says nothing can be stopped too.
    signal?.addEventListener('abort', () => void this.cancel(), { once: true });
  }

  /** Whether the stream begins with these bytes; takes none of them. */
  async beginsWith(magic: readonly number[]): Promise<boolean> {
    while (this.first.length < magic.length) {
      const { done, value } = await this.reader.read();
      if (done) return false;
      const longer = new Uint8Array(this.first.length + value.length);
      longer.set(this.first);
      longer.set(value, this.first.length);
      this.first = longer;
    }
    return magic.every((byte, index) => this.first[index] === byte);
  }

  /** The next chunk; null at the end. */
  async next(): Promise<Uint8Array | null> {
    this.signal?.throwIfAborted();
    let chunk: Uint8Array | undefined = this.first;
    this.first = new Uint8Array(0);
    while (chunk !== undefined && chunk.length === 0) chunk = (await this.reader.read()).value;
    this.signal?.throwIfAborted();
    if (chunk === undefined) return null;
    this.bytes += chunk.length;
    return chunk;
  }

  async cancel(): Promise<void> {
    await this.reader.cancel().catch(() => {});
  }
}
