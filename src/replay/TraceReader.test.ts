import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FormatId } from './formats/TraceFormat.ts';
import { TraceProblem } from './TraceProblem.ts';
import { TraceReader, type TraceReaderOptions, type TraceReading } from './TraceReader.ts';

const encoder = new TextEncoder();

function read(text: string | Uint8Array, options: TraceReaderOptions = {}, cuts: readonly number[] = []): TraceReading {
  const bytes = typeof text === 'string' ? encoder.encode(text) : text;
  const reader = new TraceReader(options);
  let from = 0;
  for (const cut of [...cuts, bytes.length]) {
    // A buffer of its own that is spoilt afterwards, as a stream may use it again.
    const chunk = bytes.slice(from, Math.max(from, cut));
    reader.push(chunk);
    chunk.fill(0x22);
    from = Math.max(from, cut);
  }
  return reader.finish();
}

const keysOf = ({ trace }: TraceReading): string[] => Array.from(trace.ids, (id) => trace.keyName(id));
const told = (reading: TraceReading): object => {
  const { trace, ...rest } = reading;
  return { ...rest, keys: keysOf(reading), distinct: trace.distinct, seconds: trace.seconds && [...trace.seconds] };
};
const outcome = (...args: Parameters<typeof read>): object => {
  try {
    return told(read(...args));
  } catch (error) {
    if (!(error instanceof TraceProblem)) throw error;
    return { problem: error.message, line: error.line };
  }
};

/** Keys as they are written in each format, and the file that asks for them. */
const word = fc.string({
  minLength: 1,
  maxLength: 12,
  unit: fc.constantFrom('a', 'Z', '0', '7', '/', ':', 'é', '漢', '.'),
});
const wild = fc.string({
  minLength: 1,
  maxLength: 8,
  unit: fc.constantFrom('a', '"', ',', '\n', '\r', '\\', ' ', ';', 'é'),
});
const block = fc.oneof(fc.nat(20), fc.nat(4294967295), fc.maxSafeInteger().map(Math.abs)).map(String);
const escaped = (text: string): string =>
  text.replace(/["\\]/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\r', '\\r');
/** Line ends in a key are shown as bytes. */
const shown = (key: string): string => key.replaceAll('\n', '\\x0a').replaceAll('\r', '\\x0d');
const some = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(one, { minLength: 1, maxLength: 40 });
const lineEnds = fc.constantFrom('\n', '\r\n');

interface File {
  format: FormatId;
  keys: string[];
  text: string;
}

const files: fc.Arbitrary<File> = fc.oneof(
  fc.tuple(some(word), lineEnds).map(([keys, end]): File => ({ format: 'keys', keys, text: keys.join(end) })),
  fc.tuple(some(wild), lineEnds).map(([keys, end]): File => {
    const rows = keys.map((key, index) => `${index},"${key.replaceAll('"', '""')}",x`);
    return { format: 'csv', keys, text: ['n,key,"a ""b"""', ...rows, ''].join(end) };
  }),
  fc
    .tuple(some(block), lineEnds)
    .map(([keys, end]): File => ({ format: 'lirs', keys, text: `*${end}${keys.join(end)}` })),
  some(fc.tuple(fc.nat(99), fc.integer({ min: 1, max: 5 }))).map((ranges): File => {
    const keys = ranges.flatMap(([from, count]) => Array.from({ length: count }, (_, step) => String(from + step)));
    return {
      format: 'arc',
      keys,
      text: ranges.map(([from, count], index) => `${from} ${count} 0 ${index}\n`).join(''),
    };
  }),
  some(wild).map((keys): File => {
    const line = (key: string, index: number): string =>
      `17000000${10 + index}.25 [0 [::1]:55] "get" "${escaped(key)}"\n`;
    return { format: 'monitor', keys, text: `OK\n${keys.map(line).join('')}` };
  }),
  some(word).map((keys): File => {
    const line = (key: string): string => `h - - [10/Oct/2000:13:55:36 -0700] "GET /${key}?q HTTP/1.0" 200 23\n`;
    return { format: 'weblog', keys: keys.map((key) => `/${key}?q`), text: keys.map(line).join('') };
  }),
);

/** Pieces that make trouble in some format or other. */
const rubble = fc
  .array(
    fc.constantFrom('1', '23', 'a', '"', '""', ',', '\n', '\r\n', '\r', ' ', '*', '\0', '[', ']', '\\', 'OK', 'é'),
    {
      maxLength: 80,
    },
  )
  .map((parts) => parts.join(''));
const formats = fc.constantFrom('auto', 'keys', 'csv', 'lirs', 'arc', 'monitor', 'weblog');
const cuts = fc.array(fc.nat(300), { maxLength: 12 }).map((list) => list.sort((a, b) => a - b));

describe('TraceReader', () => {
  it('gives back the keys that were written, in every format, and tells it from the others', () => {
    fc.assert(
      fc.property(files, cuts, ({ format, keys, text }, where) => {
        const reading = read(text, { format }, where);
        expect(keysOf(reading)).toEqual(keys.map(shown));
        expect([reading.badLineCount, reading.cut, reading.format]).toEqual([0, null, format]);
        // A single line may look like something else.
        if (keys.length > 3 && format !== 'keys' && format !== 'csv') expect(read(text).format).toBe(format);
      }),
      { numRuns: 400 },
    );
  });

  it('reads the same however its bytes are cut', () => {
    fc.assert(
      fc.property(rubble, formats, cuts, fc.integer({ min: 3, max: 30 }), (text, format, where, lineBytes) => {
        const options = { format, limits: { lineBytes } } as TraceReaderOptions;
        expect(outcome(text, options, where)).toEqual(outcome(text, options));
      }),
      { numRuns: 1500 },
    );
  });

  it('reads the same byte by byte, past the first 64 KiB too', () => {
    const lines = Array.from({ length: 9000 }, (_, index) => (index % 97 === 5 ? 'x"y' : `${index % 700}`)).join('\n');
    const text = `key\n${'"a\nb"\n'.repeat(300)}${lines}`.repeat(2);
    const cutEverywhere = Array.from({ length: 2000 }, (_, index) => 65_000 + index);
    const options = { format: 'csv', column: 'key', limits: { lineBytes: 64 } } as const;
    expect(told(read(text, options, cutEverywhere))).toEqual(told(read(text, options)));
  });

  it('collects bad lines with their numbers, or stops at the first', () => {
    const text = `${'1\n'.repeat(5)}x\n${'2\n'.repeat(3)}\n-3\n4`;
    const reading = read(text, { format: 'lirs' });
    expect(reading.badLines).toEqual([
      { line: 6, reason: 'found "x", expected the number of a block, or *' },
      { line: 11, reason: 'found "-3", expected the number of a block, or *' },
    ]);
    expect([reading.lines, reading.trace.ids.length, reading.badLineCount]).toEqual([12, 9, 2]);
    expect(outcome(text, { format: 'lirs', onBadLine: 'stop' })).toEqual({
      problem: 'found "x", expected the number of a block, or *',
      line: 6,
    });
    const many = read(`1\n${'x\n'.repeat(120)}2`, { format: 'lirs' });
    expect([many.badLines.length, many.badLineCount, many.trace.ids.length]).toEqual([50, 120, 2]);
  });

  it('passes over a line that is too long, and over nothing else', () => {
    const text = `a\n${'b'.repeat(11)}\nc\n${'d'.repeat(10)}\n${'e'.repeat(100)}`;
    const reading = read(text, { format: 'keys', limits: { lineBytes: 10 } });
    expect(keysOf(reading)).toEqual(['a', 'c', 'dddddddddd']);
    expect(reading.badLines.map(({ line }) => line)).toEqual([2, 5]);
  });

  it('loses only the line of a quote that is never closed', () => {
    const reading = read('n,key\n1,"a\n2,b\n3,c\n', { format: 'csv' });
    expect(keysOf(reading)).toEqual(['b', 'c']);
    expect(reading.badLines).toEqual([{ line: 2, reason: expect.stringContaining('never closed') }]);
    // One that is closed further on than a record may be long is no other.
    const far = read(`key\n"a\n${'b\n'.repeat(50)}"\nc\n`, { format: 'csv', limits: { lineBytes: 20 } });
    expect(keysOf(far).filter((key) => key === 'b')).toHaveLength(50);
  });

  it('stops at its limits, says so, and keeps what it has', () => {
    const cut = read('a\nb\nc\nd\n', { format: 'keys', limits: { requests: 2 } });
    expect([keysOf(cut), cut.cut]).toEqual([['a', 'b'], expect.stringMatching(/first 2 requests .* limit/)]);
    expect(read('a\nb\n', { format: 'keys', limits: { requests: 2 } }).cut).toBeNull();
    const full = read('aaaa\nbbbb\ncccc\naaaa\n', { format: 'keys', limits: { keyBytes: 16 } });
    expect([keysOf(full), full.cut]).toEqual([['aaaa', 'bbbb'], expect.stringContaining('16 bytes')]);
    const reader = new TraceReader({ format: 'keys', limits: { requests: 1 } });
    const chunk = encoder.encode('a\nb\n'.repeat(40_000));
    expect([reader.push(chunk), reader.push(chunk), reader.finish().trace.ids.length]).toEqual([false, false, 1]);
  });

  it('gives up where no line is good, or a line stands for far too much', () => {
    expect(outcome('x\n'.repeat(2000), { format: 'arc' })).toEqual({
      problem: expect.stringMatching(/^none of the first 1000 lines could be read as ARC; line 1: found "x"/),
      line: 1,
    });
    expect(outcome('0 65536 0 0\n'.repeat(50), { format: 'arc' })).toEqual({
      problem: expect.stringContaining('16 requests a byte'),
      line: expect.any(Number),
    });
    expect(outcome('0 65537 0 0\n', { format: 'arc' })).toMatchObject({
      problem: expect.stringContaining('1 to 65536'),
    });
  });

  it.each([
    ['', /empty file/],
    ['\n\n \n', /nothing but blank lines/],
    ['PK\u0003\u0004abc', /ZIP archive/],
    ['%PDF-1.7\n', /PDF/],
    ['{"key": 1}\n', /JSON/],
    ['[\n  {"key": 1}]', /JSON/],
    ['<!DOCTYPE html><p>', /web page/],
    ['a\u0000\u0000\u0000b', /binary data \(the first NUL is byte 2\)/],
    ['POST', undefined],
  ])('answers %j in words', (text, problem) => {
    if (problem === undefined) expect(keysOf(read(text))).toEqual([text]);
    else expect(() => read(text)).toThrow(problem);
  });

  it('knows a byte order mark, and refuses UTF-16 and double packing', () => {
    expect(keysOf(read('\uFEFF7\n8\n'))).toEqual(['7', '8']);
    expect(() => read(Uint8Array.of(0xff, 0xfe, 0x31, 0))).toThrow(/UTF-16/);
    expect(() => read(Uint8Array.of(0x1f, 0x8b, 8, 0))).toThrow(/unpack it once/);
  });

  it('tells how far it is', () => {
    const reader = new TraceReader({ format: 'lirs' });
    reader.push(encoder.encode('1\n2\nx\n1\n'.repeat(20_000)));
    expect(reader.progress).toEqual({ bytes: 160_000, lines: 80_000, requests: 60_000, distinct: 2, badLines: 20_000 });
  });
});
