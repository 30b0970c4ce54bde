import type { TraceBuilder } from '../TraceBuilder.ts';

/** The formats that can be read. */
export const formatIds = ['keys', 'csv', 'lirs', 'arc', 'monitor', 'weblog'] as const;

/** Id of a format. */
export type FormatId = (typeof formatIds)[number];

/** What a person may say about how a file is to be read. */
export interface FormatOptions {
  /** Of CSV: name of the column that holds the key, or its number from 1. Guessed where it is not given. */
  column?: string;
  /** Of CSV: whether the first line names the columns. Guessed where it is not given. */
  header?: boolean;
  /** Of MONITOR: which commands are requests. Reads where it is not given. */
  commands?: 'reads' | 'writes' | 'both';
}

/** What was taken of a file, or passed over, and how often. */
export interface FormatNote {
  text: string;
  count: number;
}

/** Reads the records of one file, in order. Keeps nothing of the bytes that it is shown. */
export interface RecordReader {
  /** Whether a record may hold line feeds, in quotes. */
  readonly spansLines?: boolean;
  /**
   * Where the record that begins at `from` ends: the index of its line feed, or −1 where [from, to) does not hold it. Called with
   * the whole of the record so far, from its first byte on.
   */
  end(bytes: Uint8Array, from: number, to: number): number;
  /**
   * Gives the requests of the record in [from, to), its line end excluded, to the builder. Returns what is wrong with it, as
   * `found …, expected …`, or null. A bad record gives no requests.
   */
  read(bytes: Uint8Array, from: number, to: number): string | null;
  /** What has been taken and passed over so far, where that is worth telling. */
  notes(): FormatNote[];
}

/** A format of trace files. */
export interface TraceFormat {
  id: FormatId;
  title: string;
  /** What of a file becomes a request, in a sentence. */
  takes: string;
  /**
   * Starts to read a file whose first bytes are `head` (whole records, or what there is). Throws a TraceProblem where the options
   * do not fit the file.
   */
  open(builder: TraceBuilder, head: Uint8Array, options: FormatOptions): RecordReader;
}
