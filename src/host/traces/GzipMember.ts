import { TraceProblem } from '../../replay/TraceProblem.ts';
import { crc32 } from './crc32.ts';

/** Whatever unpacks gzip: the platform's own, unless a test brings another. */
export type Unpacker = new (format: 'gzip') => GenericTransformStream;

/** Takes unpacked bytes; false when no more are wanted. */
export type TakeBytes = (bytes: Uint8Array) => Promise<boolean>;

/** One gzip stream on its way through the platform's unpacker: what goes in comes out at `take`, in order. */
export class GzipMember {
  /** Whether `take` has had enough. */
  isEnough = false;
  private readonly writer: WritableStreamDefaultWriter<BufferSource>;
  private readonly reader: ReadableStreamDefaultReader<Uint8Array>;
  private readonly reading: Promise<void>;
  private failure: unknown;
  private readonly take: TakeBytes;
  private readonly withCrc: boolean;
  private crc = 0;
  private unpacked = 0;
  private packed = 0;
  private readonly tail = new Uint8Array(8);

  /** `withCrc` where `isComplete` is going to be asked. */
  constructor(unpacker: Unpacker, take: TakeBytes, withCrc: boolean) {
    const stream = new unpacker('gzip');
    this.writer = stream.writable.getWriter();
    this.reader = stream.readable.getReader();
    this.take = take;
    this.withCrc = withCrc;
    // The same failure is heard at every end of the stream; once is enough.
    this.writer.closed.catch(() => {});
    this.reading = this.readAll().catch((error: unknown) => {
      this.failure ??= error;
    });
  }

  /** Feeds some bytes. Throws a TraceProblem, or what `take` threw. */
  async write(slice: Uint8Array<ArrayBuffer>): Promise<void> {
    this.packed += slice.length;
    const kept = Math.min(8, slice.length);
    this.tail.copyWithin(0, kept);
    this.tail.set(slice.subarray(slice.length - kept), 8 - kept);
    await this.attempt(this.writer.write(slice));
  }

  /** Whether all that it was fed is exactly one whole member, told by the CRC and the length at its end. */
  async isComplete(): Promise<boolean> {
    // An empty write is taken only when all output of those before has been read.
    await this.attempt(this.writer.write(new Uint8Array(0)));
    const end = new DataView(this.tail.buffer);
    return (
      this.packed >= 18 && end.getUint32(0, true) === this.crc && end.getUint32(4, true) === this.unpacked % 2 ** 32
    );
  }

  /** There is no more to feed; everything has come out when this ends. Throws as `write` does. */
  async close(): Promise<void> {
    await this.attempt(this.writer.close());
    await this.reading;
    this.judge();
  }

  /** Drops everything. */
  async drop(): Promise<void> {
    this.isEnough = true;
    await Promise.allSettled([this.writer.abort(), this.reader.cancel(), this.reading]);
  }

  private async readAll(): Promise<void> {
    for (;;) {
      const { done, value } = await this.reader.read();
      if (done || this.isEnough) return;
      this.unpacked += value.length;
      if (this.withCrc) this.crc = crc32(value, this.crc);
      if (!(await this.take(value))) {
        this.isEnough = true;
        return;
      }
    }
  }

  private async attempt(work: Promise<void>): Promise<void> {
    try {
      // Once reading has ended nothing takes what is written any more.
      await Promise.race([work, this.reading]);
      work.catch(() => {});
    } catch (error) {
      await this.reading;
      if (!this.isEnough) this.failure ??= error;
    }
    this.judge();
  }

  private judge(): void {
    const error = this.failure;
    if (error === undefined || this.isEnough) return;
    const isOfStream =
      error instanceof TypeError || (error instanceof Error && 'code' in error && String(error.code).startsWith('Z_'));
    if (!isOfStream) throw error;
    // Chromium begins with the method that failed, which says nothing of the file.
    const message = error.message.replace(/^Failed to execute '\w+' on '\w+': /, '');
    const isShort = /truncat|unexpected end/i.test(message) || ('code' in error && error.code === 'Z_BUF_ERROR');
    throw new TraceProblem(
      `found gzip data that are ${isShort ? 'cut off' : 'damaged'}, expected a whole file (${message.slice(0, 100)})`,
    );
  }
}
