import { type BadLine, BadLines } from './BadLines.ts';
import { type Detection, detectFormat } from './formats/detect.ts';
import { formatOf } from './formats/index.ts';
import { lineEnd, textEnd } from './formats/lines.ts';
import { refuseOtherFiles, refuseOtherText } from './formats/refuse.ts';
import type { FormatId, FormatNote, FormatOptions, RecordReader } from './formats/TraceFormat.ts';
import type { Trace } from './Trace.ts';
import { TraceBuilder } from './TraceBuilder.ts';
import { type TraceLimits, traceLimits } from './traceLimits.ts';
import { TraceProblem } from './TraceProblem.ts';

/** How a trace is to be read. */
export interface TraceReaderOptions extends FormatOptions {
  /** `auto` unless given: told from the first lines. */
  format?: FormatId | 'auto';
  /** What happens at a bad line: it is noted and passed over (`skip`, unless given), or reading fails there (`stop`). */
  onBadLine?: 'skip' | 'stop';
  /** Other limits than `traceLimits`, each on its own. */
  limits?: Partial<TraceLimits>;
  /** Any integer, best one that nobody can foresee: it decides which keys collide, and nothing of the result. */
  seed?: number;
}

/** How far reading has come. */
export interface TraceProgress {
  bytes: number;
  lines: number;
  requests: number;
  distinct: number;
  badLines: number;
}

/** A trace that has been read, and what is to be said about that. */
export interface TraceReading {
  trace: Trace;
  format: FormatId;
  /** How the format was told; null where it was given. */
  detection: Detection | null;
  lines: number;
  bytes: number;
  /** The first of the bad lines. */
  badLines: BadLine[];
  badLineCount: number;
  notes: FormatNote[];
  /** Why reading ended before the file did, in words; null where it did not. */
  cut: string | null;
}

const headBytes = 65_536;

/**
 * Reads a trace from bytes in chunks, cut anywhere. Keeps at most one record of the line limit beside the trace itself.
 * `push` and `finish` throw a TraceProblem, in words, where the file cannot be used.
 */
export class TraceReader {
  private readonly limits: TraceLimits;
  private readonly options: TraceReaderOptions;
  private readonly builder: TraceBuilder;
  private readonly bad: BadLines;
  private reader: RecordReader | null = null;
  private format: FormatId = 'keys';
  private detection: Detection | null = null;
  /** What has come and is not read yet: the first bytes until the format is known, later the start of a record. */
  private kept = new Uint8Array(0);
  private keptLength = 0;
  /** In a line that is too long, up to its end. */
  private skipping = false;
  private bytes = 0;
  private lines = 0;
  private good = 0;

  constructor(options: TraceReaderOptions = {}) {
    this.options = options;
    this.limits = { ...traceLimits, ...options.limits };
    this.builder = new TraceBuilder(this.limits, options.seed);
    this.bad = new BadLines(this.limits.badLines);
  }

  /** How far it has come. */
  get progress(): TraceProgress {
    const { bytes, lines, builder, bad } = this;
    return { bytes, lines, requests: builder.requests, distinct: builder.distinct, badLines: bad.count };
  }

  /** Reads the next bytes of the file; they may be used for something else after that. @returns whether it wants more. */
  push(chunk: Uint8Array): boolean {
    if (this.builder.fullOf !== null) return false;
    this.bytes += chunk.length;
    if (this.reader === null) {
      if (this.keptLength + chunk.length < headBytes) this.keep(chunk);
      else this.begin(chunk, false);
    } else this.continue(chunk);
    return this.builder.fullOf === null;
  }

  /** There are no more bytes. @returns what has been read. */
  finish(): TraceReading {
    if (this.reader === null) this.begin(new Uint8Array(0), true);
    const { builder, bad } = this;
    if (builder.fullOf === null) this.readBlock(this.kept, 0, this.keptLength, true);
    const notes = this.reader?.notes() ?? [];
    if (builder.requests === 0) throw this.nothing(notes);
    return {
      trace: builder.build(),
      format: this.format,
      detection: this.detection,
      lines: this.lines,
      bytes: this.bytes,
      badLines: bad.first,
      badLineCount: bad.count,
      notes,
      cut: this.cutText(),
    };
  }

  /** Tells the format from what has come so far, and reads that. */
  private begin(chunk: Uint8Array, isWhole: boolean): void {
    this.keep(chunk);
    let head = this.kept.subarray(0, this.keptLength);
    if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) head = head.subarray(3);
    this.kept = new Uint8Array(0);
    this.keptLength = 0;
    const sample = head.subarray(0, headBytes);
    refuseOtherFiles(sample);
    const { format = 'auto' } = this.options;
    if (format === 'auto') {
      refuseOtherText(sample);
      this.detection = detectFormat(sample, isWhole && sample.length === head.length);
    }
    this.format = this.detection?.format ?? (format as FormatId);
    this.reader = formatOf(this.format).open(this.builder, sample, this.options);
    this.continue(head);
  }

  private continue(chunk: Uint8Array): void {
    const { lineBytes } = this.limits;
    let at = 0;
    // A record that began in an earlier chunk: it is completed in `kept`, with as much as is surely enough for that.
    while (this.keptLength > 0 && at < chunk.length) {
      const before = this.keptLength;
      const more = chunk.subarray(at, at + lineBytes + 1);
      this.keep(more);
      at += more.length;
      if (before + more.length <= lineBytes && more.indexOf(10) < 0) continue;
      const end = this.keptLength;
      const read = this.readBlock(this.kept, 0, end, false);
      if (read >= before) {
        at -= end - read;
        this.keptLength = 0;
      } else {
        this.kept.copyWithin(0, read, end);
        this.keptLength = end - read;
      }
      if (this.builder.fullOf !== null) return;
    }
    if (at >= chunk.length) return;
    const read = this.readBlock(chunk, at, chunk.length, false);
    this.keep(chunk.subarray(read));
  }

  private keep(more: Uint8Array): void {
    const needed = this.keptLength + more.length;
    if (needed > this.kept.length) {
      const larger = new Uint8Array(Math.max(needed, 2 * this.kept.length));
      larger.set(this.kept.subarray(0, this.keptLength));
      this.kept = larger;
    }
    this.kept.set(more, this.keptLength);
    this.keptLength = needed;
  }

  /** Reads all whole records in [from, to), at the end of the file the last one as well. @returns where it has not read on. */
  private readBlock(bytes: Uint8Array, from: number, to: number, isLast: boolean): number {
    const reader = this.reader as RecordReader;
    const { builder, limits } = this;
    const ahead = limits.lineBytes + 1;
    let at = from;
    while (at < to) {
      if (this.skipping) {
        const end = lineEnd(bytes, at, to);
        if (end < 0) return to;
        this.skipping = false;
        at = end + 1;
        continue;
      }
      // An empty line says nothing in any format.
      if (bytes[at] === 10) {
        this.lines++;
        at++;
        continue;
      }
      const until = Math.min(to, at + ahead);
      const end = reader.end(bytes, at, until);
      if (end < 0) {
        if (until < at + ahead && !isLast) return at;
        at = this.readUnended(bytes, at, until, to);
        continue;
      }
      this.readRecord(bytes, at, end);
      at = end + 1;
      if (builder.fullOf !== null) return at;
      if (builder.requests > limits.freeRequests) this.judgeExpansion();
    }
    return at;
  }

  /** A record without an end in reach: too long, or the last of the file, or one whose quote is never closed. */
  private readUnended(bytes: Uint8Array, at: number, until: number, to: number): number {
    const lineFeed = lineEnd(bytes, at, until);
    if (lineFeed >= 0) {
      this.lines++;
      this.note('found a quote that is never closed, expected its end on this line or soon after');
      return lineFeed + 1;
    }
    if (until - at <= this.limits.lineBytes) {
      this.readRecord(bytes, at, until);
      return to;
    }
    this.lines++;
    this.note(`found a line of more than ${this.limits.lineBytes} bytes, expected shorter ones`);
    this.skipping = true;
    return until;
  }

  private readRecord(bytes: Uint8Array, from: number, end: number): void {
    const reader = this.reader as RecordReader;
    const reason = reader.read(bytes, from, textEnd(bytes, from, end));
    this.lines++;
    if (reason === null) this.good++;
    else this.note(reason);
    if (!reader.spansLines) return;
    for (let at = lineEnd(bytes, from, end); at >= 0; at = lineEnd(bytes, at + 1, end)) this.lines++;
  }

  /** The line that `lines` has just counted is bad. */
  private note(reason: string): void {
    const { bad, limits } = this;
    bad.add(this.lines, reason);
    if (this.options.onBadLine === 'stop') throw new TraceProblem(reason, this.lines);
    if (this.good > 0 || bad.count < limits.hopelessLines) return;
    const [{ line, reason: first }] = bad.first;
    const { title } = formatOf(this.format);
    throw new TraceProblem(
      `none of the first ${bad.count} lines could be read as ${title}; line ${line}: ${first}`,
      line,
    );
  }

  private judgeExpansion(): void {
    const { builder, limits } = this;
    if (builder.requests <= this.bytes * limits.requestsPerByte) return;
    throw new TraceProblem(
      `found ranges that make ${builder.requests} requests of at most ${this.bytes} bytes, expected at most ` +
        `${limits.requestsPerByte} requests a byte`,
      this.lines,
    );
  }

  private cutText(): string | null {
    const { builder, lines, limits } = this;
    if (builder.fullOf === null) return null;
    const kept = `the first ${builder.requests} requests are kept, reading ended at line ${lines}`;
    return builder.fullOf === 'requests'
      ? `${kept}: that many is the limit`
      : `${kept}: their different keys fill ${limits.keyBytes} bytes, which is the limit`;
  }

  private nothing(notes: readonly FormatNote[]): TraceProblem {
    const [first] = this.bad.first;
    const told = notes.map(({ text, count }) => `${count} × ${text}`).join('; ');
    const lineText = first === undefined ? '' : `; line ${first.line}: ${first.reason}`;
    const format = formatOf(this.format);
    return new TraceProblem(
      `found no request in ${this.lines} lines read as ${format.title}${told === '' ? '' : ` (${told})`}${lineText}`,
    );
  }
}
