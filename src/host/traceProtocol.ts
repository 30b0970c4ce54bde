import type { Detection } from '../replay/formats/detect.ts';
import type { FormatId, FormatNote } from '../replay/formats/TraceFormat.ts';
import type { GeneratorId } from '../replay/generators.ts';
import type { BadLine } from '../replay/BadLines.ts';
import type { TraceReaderOptions } from '../replay/TraceReader.ts';
import type { InputOf, OutputOf, PartOf, TraceCommandName } from './traceCommands/index.ts';

/** A `Blob`, in the words of a library that knows no screen. Its stream is one of bytes. */
export interface TraceFile {
  readonly size: number;
  stream(): object;
}

/** Where a trace comes from. */
export type TraceSource =
  | { kind: 'file'; file: TraceFile; name: string }
  | { kind: 'text'; text: string; name: string }
  | { kind: 'generated'; id: GeneratorId; requests: number; seed: number };

/** What is to be told of a trace that the worker has opened. */
export interface TraceSummary {
  name: string;
  /** Null for a generated trace; so are the next two. */
  format: FormatId | null;
  detection: Detection | null;
  /** What of the file became a request, in a sentence. */
  takes: string | null;
  requests: number;
  distinct: number;
  hasTimes: boolean;
  /** From the first request to the last, seconds; null without times. */
  spanS: number | null;
  lines: number;
  /** The first of the bad lines, and how many there are; they were passed over. */
  badLines: BadLine[];
  badLineCount: number;
  notes: FormatNote[];
  /** Why the trace ends before its file does, in words; null where it does not. */
  cut: string | null;
}

/** From the page to the worker that holds a trace. Jobs are done one after the other; their numbers are the page's own. */
export type ToTraceWorker =
  /** Reads a trace, which takes the place of the one before once it is whole. */
  | { type: 'open'; job: number; source: TraceSource; options?: TraceReaderOptions }
  | {
      [Name in TraceCommandName]: { type: 'command'; job: number; command: Name; input: InputOf<Name> };
    }[TraceCommandName]
  /** Answered by `cancelled`, unless the job has ended by then. */
  | { type: 'cancel'; job: number };

/** From the worker to the page. Every job ends with one of `opened`, `done`, `cancelled` and `failed`. */
export type FromTraceWorker =
  | { type: 'ready' }
  /** `share` is 0..1 of the job; at most every 50 ms. While a file is read there are its counts as well. */
  | { type: 'progress'; job: number; share: number; requests?: number; distinct?: number; badLines?: number }
  | { type: 'opened'; job: number; summary: TraceSummary }
  | { [Name in TraceCommandName]: { type: 'part'; job: number; command: Name; part: PartOf<Name> } }[TraceCommandName]
  | {
      [Name in TraceCommandName]: { type: 'done'; job: number; command: Name; output: OutputOf<Name> };
    }[TraceCommandName]
  | { type: 'cancelled'; job: number }
  /** `line` where it is about a line of the file. */
  | { type: 'failed'; job: number; message: string; line?: number };
