import { readDecimal } from '../decimal.ts';
import { showBytes } from '../showBytes.ts';
import { TraceProblem } from '../TraceProblem.ts';
import { CsvFields } from './csvFields.ts';
import { textEnd } from './lines.ts';
import { NOT_TIME, readSeconds } from './readSeconds.ts';
import type { FormatOptions } from './TraceFormat.ts';

/** How a CSV file is to be read. */
export interface CsvLayout {
  /** A byte. */
  delimiter: number;
  hasHeader: boolean;
  /** Which field holds the key, from 0. */
  column: number;
  /** Which field holds a time; −1 where none does. */
  timeColumn: number;
  /** Number and name of the column, and why it was chosen. */
  why: string;
}

const delimiters = [44, 59, 9, 124];
const sampledRecords = 50;
const mostFields = 1000;
const keyNames =
  'key|cache_key|cachekey|object_id|objectid|obj_id|object|obj|id|item|url|uri|path|block|lba|address|page|name';
const timeNames = /^(time|timestamp|ts|unix_time|seconds|time_s|epoch)$/;

/** Tells from the first bytes of a file. Throws a TraceProblem where the column that is asked for is not there. */
export function csvLayout(head: Uint8Array, { column, header }: FormatOptions): CsvLayout {
  const delimiter = chooseDelimiter(head);
  const records = sampleRecords(head, delimiter);
  const [first = [''], ...rest] = records;
  const names = first.map((name) => name.trim().toLowerCase());
  const timeOf = (hasHeader: boolean): number => (hasHeader ? names.findIndex((name) => timeNames.test(name)) : -1);
  const layout = (hasHeader: boolean, at: number, why: string): CsvLayout => {
    const label = hasHeader ? `column ${at + 1} (${first[at].slice(0, 40)})` : `column ${at + 1}`;
    const timeColumn = timeOf(hasHeader);
    return {
      delimiter,
      hasHeader,
      column: at,
      timeColumn: timeColumn === at ? -1 : timeColumn,
      why: `${label}: ${why}`,
    };
  };
  if (column !== undefined) {
    const named = header === false ? -1 : names.indexOf(column.trim().toLowerCase());
    if (named >= 0) return layout(true, named, 'as asked');
    const index = /^[1-9][0-9]{0,5}$/.test(column) ? Number(column) - 1 : -1;
    if (index >= 0 && index < first.length) return layout(header ?? looksLikeHeader(first, rest), index, 'as asked');
    throw new TraceProblem(
      `found no column ${JSON.stringify(column.slice(0, 60))}, expected a number from 1 to ${first.length} or one of ` +
        first
          .slice(0, 20)
          .map((name) => JSON.stringify(name.slice(0, 40)))
          .join(', '),
    );
  }
  if (header !== false) {
    const known = keyNames
      .split('|')
      .map((name) => names.indexOf(name))
      .find((at) => at >= 0);
    if (known !== undefined) return layout(true, known, 'its name says that it holds the key');
  }
  const hasHeader = header ?? looksLikeHeader(first, rest);
  if (first.length === 1) return layout(hasHeader, 0, 'there is only one');
  const rows = hasHeader ? rest : records;
  const free = first.findIndex((_, at) => !isCounting(rows.map((row) => row[at] ?? '')));
  return layout(hasHeader, Math.max(0, free), 'the first that does not only count up');
}

/** The fields of the first records, as text. */
function sampleRecords(head: Uint8Array, delimiter: number): string[][] {
  const fields = new CsvFields(delimiter);
  const records: string[][] = [];
  let from = 0;
  while (from < head.length && records.length < sampledRecords) {
    const found = fields.recordEnd(head, from, head.length);
    const to = textEnd(head, from, found < 0 ? head.length : found);
    const record: string[] = [];
    for (let at = from; at <= to && record.length < mostFields; at = fields.next) {
      fields.read(head, at, to);
      record.push(showBytes(head, fields.start, Math.min(fields.end, fields.start + 200)));
    }
    // The last one may be cut off.
    if (found >= 0 || records.length === 0) if (to > from) records.push(record);
    if (found < 0) break;
    from = found + 1;
  }
  return records;
}

/** The delimiter under which most records have as many fields as the first, more than one; the comma where none does. */
function chooseDelimiter(head: Uint8Array): number {
  let best = { delimiter: delimiters[0], fit: 0 };
  for (const delimiter of delimiters) {
    const records = sampleRecords(head, delimiter);
    const width = records[0]?.length ?? 1;
    if (width < 2) continue;
    const fit = records.filter((record) => record.length === width).length / records.length;
    if (fit > best.fit) best = { delimiter, fit };
  }
  return best.delimiter;
}

const isNumber = (text: string): boolean => {
  const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0) & 255);
  return readSeconds(bytes, 0, bytes.length) !== NOT_TIME;
};

/** Whether no name is a number, none comes twice, and some number stands below. */
function looksLikeHeader(first: readonly string[], rest: readonly string[][]): boolean {
  const isName = (text: string): boolean => text.trim() !== '' && !isNumber(text);
  if (!first.every(isName) || new Set(first).size < first.length || rest.length === 0) return false;
  return rest[0].some(isNumber);
}

/** Whether the values are whole numbers that never fall: a time or a row number. */
function isCounting(values: readonly string[]): boolean {
  let last = -1;
  for (const value of values) {
    const whole = value.split('.', 1)[0];
    const bytes = Uint8Array.from(whole, (character) => character.charCodeAt(0) & 255);
    const number = readDecimal(bytes, 0, bytes.length);
    if (number < 0 || number < last || !isNumber(value)) return false;
    last = number;
  }
  return values.length > 1;
}
