import { createReadStream, statSync } from 'node:fs';
import { Readable } from 'node:stream';
import { type FormatId, formatIds } from '../../replay/formats/TraceFormat.ts';
import { generatorIds } from '../../replay/generators.ts';
import { TraceProblem } from '../../replay/TraceProblem.ts';
import type { TraceReaderOptions } from '../../replay/TraceReader.ts';
import type { Trace } from '../../replay/Trace.ts';
import { describeFound, formatProblem, nearestName } from '../../scenario/problems.ts';
import { openTrace } from '../traces/openTrace.ts';
import { type BlobReading, readTraceBlob } from '../traces/readTraceBlob.ts';
import { Interrupted, InvalidInput, invalid } from './exit.ts';
import { Progress } from './Progress.ts';
import { readSeed, readWhole } from './scenarioSource.ts';

/** Options that every command which reads a trace shares, as written. */
export interface TraceOptions {
  format?: string;
  column?: string;
  /** Of MONITOR. */
  commands?: string;
  /** A bad line ends it. */
  strict?: boolean;
}

/** A trace that was read, and what a person should hear about that. */
export interface ReadTrace {
  trace: Trace;
  /** Lines for stderr: bad lines, what was cut off. */
  remarks: string[];
}

const shownBadLines = 3;

/** The reader's options from the command line's. @throws InvalidInput */
export function readTraceOptions({ format = 'auto', column, commands, strict }: TraceOptions): TraceReaderOptions {
  const known: readonly string[] = ['auto', ...formatIds];
  if (!known.includes(format))
    throw invalid(
      '--format',
      `found ${describeFound(format)}, expected one of ${known.join(', ')}`,
      nearestName(format, known),
    );
  const kinds: readonly (string | undefined)[] = [undefined, 'reads', 'writes', 'both'];
  if (!kinds.includes(commands))
    throw invalid('--commands', `found ${describeFound(commands)}, expected reads, writes or both`);
  const options: TraceReaderOptions = { format: format as FormatId | 'auto', onBadLine: strict ? 'stop' : 'skip' };
  if (column !== undefined) options.column = column;
  if (commands !== undefined) options.commands = commands as 'reads' | 'writes' | 'both';
  return options;
}

/**
 * Reads a trace by what a person calls it: a file, packed with gzip or not, `-` for standard input, or `NAME:REQUESTS:SEED` for a
 * generated one (seed 1 unless said). Ctrl-C stops it. @throws InvalidInput, Interrupted
 */
export async function readTrace(name: string, options: TraceReaderOptions): Promise<ReadTrace> {
  const generated = readGenerated(name);
  const progress = new Progress(`read ${name}`);
  const control = new AbortController();
  const stop = (): void => control.abort(new Interrupted());
  process.once('SIGINT', stop);
  try {
    if (generated !== null) {
      const source = { kind: 'generated', ...generated } as const;
      const { trace } = await openTrace(source, {}, ({ share }) => progress.tell(share), control.signal);
      return { trace, remarks: [] };
    }
    const { stream, size } = openStream(name);
    const tell = ({ packedBytes }: { packedBytes: number }): void => {
      if (size > 0) progress.tell(Math.min(1, packedBytes / size));
    };
    const reading = await readTraceBlob(stream, name, options, tell, control.signal);
    return { trace: reading.trace, remarks: remarksOf(reading) };
  } catch (error) {
    throw asInvalid(name, error);
  } finally {
    process.off('SIGINT', stop);
    progress.end();
  }
}

function openStream(name: string): { stream: ReadableStream<Uint8Array>; size: number } {
  if (name === '-') return { stream: Readable.toWeb(process.stdin) as ReadableStream<Uint8Array>, size: 0 };
  const entry = statSync(name);
  if (entry.isDirectory()) throw invalid(name, 'found a folder, expected a trace file');
  return { stream: Readable.toWeb(createReadStream(name)) as ReadableStream<Uint8Array>, size: entry.size };
}

/** `zipf:100000:7`; null where `name` does not begin with the name of a generator and a colon. */
function readGenerated(name: string): { id: (typeof generatorIds)[number]; requests: number; seed: number } | null {
  const [first, requests = '', seed = '1', ...rest] = name.split(':');
  const id = generatorIds.find((candidate) => candidate === first);
  if (id === undefined || !name.includes(':')) return null;
  if (rest.length > 0) throw invalid(name, `found too many parts, expected NAME:REQUESTS:SEED, like ${id}:100000:1`);
  return { id, requests: readWhole(name, requests, 1), seed: readSeed(name, seed) };
}

function asInvalid(name: string, error: unknown): unknown {
  if (error instanceof TraceProblem) {
    const { message, line } = error;
    return new InvalidInput([
      line === undefined ? { file: name, path: '', message } : { file: name, line, path: '', message },
    ]);
  }
  if (error instanceof RangeError) return invalid(name, error.message);
  const code = (error as NodeJS.ErrnoException | null)?.code;
  if (code === undefined || !/^E[A-Z]+$/.test(code)) return error;
  const what = code === 'ENOENT' ? 'found no such file' : `found a file that cannot be read (${code})`;
  return invalid(name, `${what}, expected a trace, - for standard input, or a generated one like zipf:100000:1`);
}

function remarksOf({ name, badLines, badLineCount, cut, notes }: BlobReading): string[] {
  const shown = badLines.slice(0, shownBadLines);
  const remarks = shown.map(({ line, reason }) => formatProblem({ file: name, line, path: '', message: reason }));
  const more = badLineCount - shown.length;
  if (badLineCount > 0)
    remarks.push(`${name}: ${badLineCount} bad lines passed over${more > 0 ? `, ${more} of them not shown` : ''}`);
  for (const { text, count } of notes) remarks.push(`${name}: ${count} ${text}`);
  if (cut !== null) remarks.push(`${name}: ${cut}`);
  return remarks;
}
