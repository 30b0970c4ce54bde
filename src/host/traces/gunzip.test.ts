import { gzipSync, inflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { TraceProblem } from '../../replay/TraceProblem.ts';
import { crc32 } from './crc32.ts';
import type { Unpacker } from './GzipMember.ts';
import { gunzip } from './gunzip.ts';

/** Unpacks one member and objects to whatever follows it, as the standard wants and browsers do (Node does not). */
class StrictUnpacker {
  readonly readable: ReadableStream<Uint8Array>;
  readonly writable: WritableStream<Uint8Array>;

  constructor() {
    let all = Buffer.alloc(0);
    let given = 0;
    let isOver = false;
    const transform = new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        if (isOver && chunk.length > 0) throw new TypeError('Junk found after end of compressed data.');
        all = Buffer.concat([all, chunk]);
        if (all.length < 10) return;
        const { out, used } = inflatedSoFar(all.subarray(10));
        if (out.length > given) controller.enqueue(new Uint8Array(out.subarray(given)));
        given = out.length;
        if (used === null || all.length < 10 + used + 8) return;
        isOver = true;
        if (all.readUInt32LE(10 + used) !== crc32(out)) throw new TypeError('The compressed data was not valid.');
        if (all.length > 10 + used + 8) throw new TypeError('Junk found after end of compressed data.');
      },
      flush() {
        if (!isOver) throw new TypeError('Compressed input was truncated.');
      },
    });
    this.readable = transform.readable;
    this.writable = transform.writable;
  }
}

function inflatedSoFar(packed: Buffer): { out: Buffer; used: number | null } {
  try {
    const result = inflateRawSync(packed, { info: true }) as unknown as {
      buffer: Buffer;
      engine: { bytesWritten: number };
    };
    return { out: result.buffer, used: result.engine.bytesWritten };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'Z_BUF_ERROR') throw new TypeError('not valid', { cause: error });
    // 2 is Z_SYNC_FLUSH: whatever there is so far.
    return { out: inflateRawSync(packed, { finishFlush: 2 }), used: null };
  }
}

async function unpack(packed: Uint8Array, unpacker: Unpacker, chunkBytes = 4096, most = Infinity): Promise<string> {
  let at = 0;
  const parts: Uint8Array[] = [];
  let total = 0;
  const next = async (): Promise<Uint8Array | null> =>
    at < packed.length ? packed.slice(at, (at += chunkBytes)) : null;
  await gunzip(
    next,
    async (bytes) => {
      parts.push(bytes.slice());
      total += bytes.length;
      return total < most;
    },
    unpacker,
  );
  return Buffer.concat(parts).toString();
}

const lines = (word: string, count: number): string =>
  Array.from({ length: count }, (_, index) => `${word}${index * index}\n`).join('');
const unpackers: [string, Unpacker][] = [
  ['the unpacker of this platform', DecompressionStream],
  ['one that stops after a member', StrictUnpacker],
];

describe.each(unpackers)('gunzip with %s', (_name, unpacker) => {
  const parts = [lines('a', 3000), '', lines('b', 1), lines('c', 2000), '\u001f\u008b\b\0 no member\n'];
  const members = Buffer.concat(parts.map((part) => gzipSync(part)));

  it.each([1, 97, 1000, 4096, 1e6])('reads all members, in chunks of %i', async (chunkBytes) => {
    // The magic number of a member stands in the data too, where nothing is packed.
    const stored = gzipSync(Buffer.concat([gzipSync('x'), gzipSync('y')]), { level: 0 });
    const whole = Buffer.concat(chunkBytes === 1 ? [gzipSync(parts[2]), stored] : [members, stored]);
    const text = await unpack(whole, unpacker, chunkBytes);
    const expected = Buffer.concat([gzipSync('x'), gzipSync('y')]).toString();
    expect(text).toBe((chunkBytes === 1 ? parts[2] : parts.join('')) + expected);
  });

  it('says what is wrong with a damaged file', async () => {
    const good = gzipSync(lines('d', 2000));
    const damaged = (change: (bytes: Buffer) => void): Buffer => {
      const copy = Buffer.from(good);
      change(copy);
      return copy;
    };
    const problems: [Buffer, RegExp][] = [
      [good.subarray(0, 500), /cut off/],
      [good.subarray(0, good.length - 9), /cut off/],
      [good.subarray(0, good.length - 1), /cut off/],
      [good.subarray(0, 5), /cut off/],
      [damaged((bytes) => (bytes[bytes.length - 8] ^= 1)), /damaged/],
      [damaged((bytes) => bytes.fill(0xff, 20, 40)), /damaged/],
      [Buffer.concat([good, Buffer.from('rubbish that is no gzip')]), /damaged/],
    ];
    for (const [bytes, message] of problems) {
      const failing = unpack(bytes, unpacker);
      await expect(failing).rejects.toThrow(TraceProblem);
      await expect(failing).rejects.toThrow(message);
    }
  });

  it('stops when there is enough, and hands on what the taker throws', async () => {
    const large = gzipSync(Buffer.alloc(1_000_000, 'abc\n'));
    expect((await unpack(large, unpacker, 100, 5000)).length).toBeLessThan(1_100_000);
    const failing = gunzip(
      async () => large,
      async () => {
        throw new RangeError('enough of this');
      },
      unpacker,
    );
    await expect(failing).rejects.toThrow('enough of this');
  });
});

it('has the CRC that the format wants', () => {
  expect(crc32(Buffer.from('123456789'))).toBe(0xcbf43926);
  expect(crc32(Buffer.from('6789'), crc32(Buffer.from('12345')))).toBe(0xcbf43926);
});
