/**
 * 300 files that somebody might drop on the page in error or in anger. Each is answered with a trace or with a sentence, in little
 * time and memory. What is judged is the CPU time of this process and the memory that is in use while it reads.
 */
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type FormatId, formatIds } from '../../replay/formats/TraceFormat.ts';
import { TraceProblem } from '../../replay/TraceProblem.ts';
import type { TraceReaderOptions } from '../../replay/TraceReader.ts';
import { type BlobReading, readTraceBlob } from './readTraceBlob.ts';

const MB = 1_000_000;

interface Hostile {
  name: string;
  /** Chunks of the file, made while they are read. */
  chunks: () => Iterable<Uint8Array>;
  options?: TraceReaderOptions;
  /** What must come of it: words of the refusal, or the number of requests; either will do where it is not said. */
  expected?: RegExp | number;
}

const text = (content: string): Uint8Array => new TextEncoder().encode(content);
const one = (bytes: Uint8Array | string) => () => [typeof bytes === 'string' ? text(bytes) : new Uint8Array(bytes)];
const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

/** So many bytes that look like chance, always the same. */
function noise(seed: number, length: number, below = 256): Uint8Array {
  let state = seed * 2_654_435_761 + 1;
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state >>> 16) % below;
  });
}

/** `before`, then 100 MB of `filling`, then `after`, never all there at once. */
function* longLine(before: string, filling: string, after: string): Iterable<Uint8Array> {
  yield text(before);
  const chunk = text(filling.repeat(Math.ceil(65_536 / filling.length)));
  for (let sent = 0; sent < 100 * MB; sent += chunk.length) yield chunk;
  yield text(after);
}

const packedOf = (content: Uint8Array | string): Uint8Array => new Uint8Array(gzipSync(content));
const ordinary = packedOf(times(3000, (index) => `${(index * index) % 997}\n`).join(''));
const changed = (at: number, byte: number): Uint8Array => ordinary.map((old, index) => (index === at ? byte : old));
const repeated = (bytes: Uint8Array, count: number): Uint8Array =>
  new Uint8Array(Buffer.concat(times(count, () => bytes)));

const samples: Record<FormatId, string> = {
  keys: 'user:1\nuser:2\nuser:1\n',
  csv: 'id,size\n1,5\n2,6\n1,5\n',
  lirs: '1\n2\n*\n1\n',
  arc: '0 2 0 0\n64 1 0 1\n',
  monitor: '1700000000.5 [0 127.0.0.1:5] "GET" "a"\n1700000000.6 [0 127.0.0.1:5] "GET" "b"\n',
  weblog: '10.0.0.1 - - [10/Oct/2000:13:55:36 -0700] "GET /a HTTP/1.0" 200 23\n',
};

const bombs: Hostile[] = [
  ...[0, 10, 49, 97].map((byte) => ({
    name: `36 MB of byte ${byte}`,
    chunks: one(packedOf(new Uint8Array(36 * MB).fill(byte))),
  })),
  ...[5, 16].map((count) => {
    const member = packedOf(new Uint8Array(8 * MB).fill(97));
    return { name: `${count} members of 8 MB`, chunks: one(repeated(member, count)), expected: /bomb/ };
  }),
  ...['1\n', 'a,b\n', '\n\n\n\n'].map((line) => ({
    name: `36 MB of ${JSON.stringify(line)}`,
    chunks: one(packedOf(line.repeat((36 * MB) / line.length))),
    expected: line === '1\n' ? undefined : /bomb|blank/,
  })),
  { name: 'a bomb in gzip', chunks: one(packedOf(packedOf(new Uint8Array(16 * MB)))), expected: /unpack it once/ },
  { name: '5000 empty members', chunks: one(repeated(packedOf(''), 5000)), expected: /empty/ },
  { name: '3000 members of a line', chunks: one(repeated(packedOf('7\n'), 3000)), expected: 3000 },
  ...times(4, (depth) => {
    let bytes = text('1\n2\n');
    for (let level = 0; level < depth + 2; level++) bytes = packedOf(bytes);
    return { name: `gzip ${depth + 2} deep`, chunks: one(bytes), expected: /unpack it once/ };
  }),
];

const damaged: Hostile[] = [
  ...times(40, (index) => {
    const length = Math.floor((ordinary.length * index) / 40);
    return { name: `cut off after ${length} bytes`, chunks: one(ordinary.slice(0, length)), expected: /cut off|empty/ };
  }),
  ...times(50, (index) => {
    const at = Math.floor((ordinary.length * index) / 50);
    return { name: `byte ${at} flipped`, chunks: one(changed(at, ordinary[at] ^ 0x55)) };
  }),
  ...times(8, (index) => ({
    name: `byte ${index + 1} from the end forged`,
    chunks: one(changed(ordinary.length - 1 - index, ordinary[ordinary.length - 1 - index] ^ 1)),
    expected: /damaged/,
  })),
  ...times(4, (index) => ({
    name: `${index + 4} bytes of rubbish after the end`,
    chunks: one(new Uint8Array(Buffer.concat([ordinary, noise(index, index + 4, 200).map((byte) => byte + 33)]))),
    expected: /damaged/,
  })),
];

const binaries: Hostile[] = times(24, (index) => ({
  name: `noise ${index}`,
  chunks: one(noise(index, 1 + index * 3000)),
  options: { format: (['auto', ...formatIds] as const)[index % 7] },
}));

const wrongFormats: Hostile[] = formatIds.flatMap((format) =>
  formatIds
    .filter((other) => other !== format)
    .map((other) => ({
      name: `${other} read as ${format}`,
      chunks: one(samples[other].repeat(500)),
      options: { format },
    })),
);

const longLines: Hostile[] = [
  ...formatIds.map((format) => ({
    name: `100 MB in a line of ${format}`,
    chunks: () => longLine(samples[format], 'x', `\n${samples[format]}`),
    options: { format },
  })),
  { name: '100 MB without a line end', chunks: () => longLine('', '1', ''), expected: /more than 65536 bytes/ },
  {
    name: '100 MB in quotes',
    chunks: () => longLine('a,"', 'x', '\n1,2\n'),
    options: { format: 'csv', column: '1' },
    expected: 1,
  },
  {
    name: '100 MB of escaped quotes',
    chunks: () => longLine('a,"', '""', ''),
    options: { format: 'csv', header: false },
  },
  {
    name: '100 MB of lone carriage returns',
    chunks: () => longLine('1\n', '1\r', '\n2\n'),
    options: { format: 'lirs' },
    expected: 2,
  },
];

const numbers = [
  '4294967295',
  '4294967296',
  '9007199254740992',
  '99999999999999999999',
  '1e999',
  '-1',
  'NaN',
  '0x10',
  '1.5',
  '٣',
  '+7',
];
const odd: Hostile[] = [
  ...numbers.flatMap((number) =>
    (['auto', 'lirs', 'arc', 'keys'] as const).map((format) => ({
      name: `${number} as ${format}`,
      chunks: one(`1 1 0 0\n${number}\n${number} ${number} 0 1\n1 ${number} 0 2\n`),
      options: { format },
    })),
  ),
  ...[65_536, 1000, 60].map((count) => ({
    name: `ranges of ${count} blocks, many`,
    chunks: one(`0 1 0 0\n${times(400, (index) => `${index * 70_000} ${count} 0 1\n`).join('')}`),
    expected: count === 65_536 ? /requests a byte/ : undefined,
  })),
  ...times(12, (index) => ({
    name: `NULs, one in ${index * 10 + 2}`,
    chunks: one(text(`${'a'.repeat(index * 10 + 1)}\0\n`.repeat(900))),
    options: { format: (['auto', 'keys', 'csv'] as const)[index % 3] },
  })),
  ...times(16, (index) => ({
    name: `invalid UTF-8 ${index}`,
    chunks: one(
      new Uint8Array(
        Buffer.concat(
          times(500, (line) => Buffer.concat([noise(line * 16 + index, 6, 96).map((byte) => byte + 160), text('\n')])),
        ),
      ),
    ),
    options: { format: index % 2 ? ('keys' as const) : ('auto' as const) },
  })),
  ...['"', '""', '"""', '","', 'a"b,"', '"a""', ',"\r', '"\n'].flatMap((quotes) =>
    ['\n', '\r\n'].map((end) => ({
      name: `${JSON.stringify(quotes)} on every line`,
      chunks: one(`k,v${end}${`1,${quotes}${end}`.repeat(9000)}`),
      options: { format: 'csv' as const, column: 'k' },
    })),
  ),
  ...['\r', '\n\r', '\u0085', '\u2028', '\v', '\0\n'].map((end) => ({
    name: `lines that end in ${JSON.stringify(end)}`,
    chunks: one(`1${end}2${end}1${end}`),
  })),
  ...['\uFEFF', '\uFEFF\n', '\uFEFF\uFEFF1\n', ' ', '\n', '\r\n', '\0', '"', ',', '*', 'OK', '[', '\\', '1'].map(
    (content) => ({ name: `only ${JSON.stringify(content)}`, chunks: one(content) }),
  ),
  ...[
    [0xff, 0xfe],
    [0xfe, 0xff],
    [0x50, 0x4b, 3, 4],
    [0x28, 0xb5, 0x2f, 0xfd],
    [0x42, 0x5a, 0x68],
    [0x1f],
    [0x1f, 0x8b],
  ].map((bytes) => ({
    name: `magic ${bytes.join(' ')}`,
    chunks: one(Uint8Array.from([...bytes, 49, 10])),
  })),
  { name: 'a million fields', chunks: one(`${'a,'.repeat(30_000)}\n`.repeat(30)) },
  { name: 'a million empty lines', chunks: one('\n'.repeat(MB)), expected: /blank|no request/ },
  {
    name: 'half a million bad lines',
    chunks: one(`1\n${'x\n'.repeat(MB / 2)}`),
    options: { format: 'lirs' },
    expected: 1,
  },
  { name: 'a page of the web', chunks: one('<!doctype html>\n<title>404</title>\n'), expected: /web page/ },
  {
    name: 'backslashes in quotes',
    chunks: one(`1.5 [0 a:1] "GET" "${'\\'.repeat(60_000)}"\n`.repeat(20)),
    options: { format: 'monitor' },
  },
  {
    name: 'brackets without an end',
    chunks: one(`1.5 [0 ${'] '.repeat(30_000)}\n`.repeat(30)),
    options: { format: 'monitor' },
  },
  {
    name: 'brackets before no time',
    chunks: one(`h ${'['.repeat(60_000)}\n`.repeat(30)),
    options: { format: 'weblog' },
  },
  {
    name: 'commands without end',
    chunks: one(times(5000, (index) => `1.5 [0 a:1] "C${index}" "k"\n`).join('')),
    expected: /no request/,
  },
  {
    name: 'no such column',
    chunks: one(samples.csv),
    options: { format: 'csv', column: '__proto__' },
    expected: /no column/,
  },
];

const families = { bombs, damaged, binaries, wrongFormats, longLines, odd };

interface Answer {
  reading: BlobReading | null;
  problem: string | null;
  cpuMs: number;
  memoryMB: number;
}

async function answerTo({ name, chunks, options = {} }: Hostile): Promise<Answer> {
  const iterator = chunks()[Symbol.iterator]();
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      const { done, value } = iterator.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
  });
  const rssBefore = process.memoryUsage.rss();
  let most = rssBefore;
  const watch = (): void => {
    most = Math.max(most, process.memoryUsage.rss());
  };
  const before = process.cpuUsage();
  let [reading, problem]: [BlobReading | null, string | null] = [null, null];
  try {
    reading = await readTraceBlob(stream, name, options, watch);
  } catch (error) {
    if (!(error instanceof TraceProblem)) throw error;
    problem = error.message;
  }
  const { user, system } = process.cpuUsage(before);
  watch();
  return { reading, problem, cpuMs: (user + system) / 1000, memoryMB: (most - rssBefore) / MB };
}

describe('hostile trace files', () => {
  it('are 300 at least', () => {
    expect(Object.values(families).flat().length).toBeGreaterThanOrEqual(300);
  });

  it.each(Object.keys(families) as (keyof typeof families)[])(
    'are answered in words: %s',
    { timeout: 60_000 },
    async (family) => {
      const wrong: string[] = [];
      for (const hostile of families[family]) {
        const { reading, problem, cpuMs, memoryMB } = await answerTo(hostile);
        const object = (what: string): number => wrong.push(`${hostile.name}: ${what}`);
        const { expected } = hostile;
        if (typeof expected === 'number' && reading?.trace.ids.length !== expected)
          object(problem ?? `${reading?.trace.ids.length} requests`);
        if (expected instanceof RegExp && !expected.test(problem ?? '')) object(problem ?? 'read');
        if (problem !== null && !isInWords(problem)) object(`says ${JSON.stringify(problem)}`);
        for (const { line, reason } of reading?.badLines ?? [])
          if (line < 1 || !isInWords(reason)) object(`says ${JSON.stringify(reason)}`);
        if (cpuMs > 2000) object(`takes ${Math.round(cpuMs)} ms`);
        if (memoryMB > 64) object(`takes ${Math.round(memoryMB)} MB`);
      }
      expect(wrong).toEqual([]);
    },
  );
});

/** A sentence: what was found and what is expected, in printable characters. */
function isInWords(message: string): boolean {
  const isPrintable = Array.from(message).every(
    (character) => (character >= ' ' && character < '\u007f') || character > '\u00a0',
  );
  return isPrintable && message.length > 20 && /found/.test(message) && !/undefined|\[object/.test(message);
}
