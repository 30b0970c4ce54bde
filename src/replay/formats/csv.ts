import type { TraceBuilder } from '../TraceBuilder.ts';
import { CsvFields } from './csvFields.ts';
import { type CsvLayout, csvLayout } from './csvLayout.ts';
import { isBlank } from './lines.ts';
import { NOT_TIME, readSeconds, unitsPerSecond } from './readSeconds.ts';
import type { FormatNote, RecordReader, TraceFormat } from './TraceFormat.ts';

class CsvReader implements RecordReader {
  readonly spansLines = true;
  private readonly builder: TraceBuilder;
  private readonly layout: CsvLayout;
  private readonly fields: CsvFields;
  private scratch = new Uint8Array(256);
  private rows = 0;
  private isFirst = true;
  private perSecond = 0;

  constructor(builder: TraceBuilder, layout: CsvLayout) {
    this.builder = builder;
    this.layout = layout;
    this.fields = new CsvFields(layout.delimiter);
  }

  end(bytes: Uint8Array, from: number, to: number): number {
    return this.fields.recordEnd(bytes, from, to);
  }

  read(bytes: Uint8Array, from: number, to: number): string | null {
    if (isBlank(bytes, from, to)) return null;
    if (this.isFirst) {
      this.isFirst = false;
      if (this.layout.hasHeader) return null;
    }
    const { fields, layout } = this;
    const last = Math.max(layout.column, layout.timeColumn);
    let [keyStart, keyEnd, hasDoubled, second] = [-1, -1, false, NOT_TIME];
    let at = from;
    for (let index = 0; at <= to; index++) {
      fields.read(bytes, at, to);
      if (fields.problem !== null) return fields.problem;
      at = fields.next;
      if (index === layout.column) [keyStart, keyEnd, hasDoubled] = [fields.start, fields.end, fields.hasDoubled];
      if (index === layout.timeColumn) second = readSeconds(bytes, fields.start, fields.end);
      // Later fields matter only for their quotes, which the record's end has already been found by.
      if (index >= last) break;
    }
    if (keyStart < 0)
      return `found a row without column ${layout.column + 1}, expected as many columns as in the first`;
    if (keyStart === keyEnd) return `found nothing in column ${layout.column + 1}, expected a key`;
    this.rows++;
    if (second !== NOT_TIME) {
      this.perSecond ||= unitsPerSecond(second);
      this.builder.at(second / this.perSecond);
    }
    if (hasDoubled) this.addUnquoted(bytes, keyStart, keyEnd);
    else this.builder.add(bytes, keyStart, keyEnd);
    return null;
  }

  notes(): FormatNote[] {
    const head = this.layout.hasHeader ? ', below a line of names' : '';
    return [{ text: `rows taken; key in ${this.layout.why}${head}`, count: this.rows }];
  }

  private addUnquoted(bytes: Uint8Array, from: number, to: number): void {
    if (to - from > this.scratch.length) this.scratch = new Uint8Array(to - from);
    this.fields.start = from;
    this.fields.end = to;
    this.builder.add(this.scratch, 0, this.fields.unquote(bytes, this.scratch));
  }
}

/**
 * Comma-separated values; semicolons, tabs and bars separate as well.
 * Source: RFC 4180.
 */
export const csv: TraceFormat = {
  id: 'csv',
  title: 'CSV',
  takes:
    'Every row is a request for the key in one column, which is named by its header or by its number; a column called time or ' +
    'timestamp gives the times.',
  open: (builder, head, options) => new CsvReader(builder, csvLayout(head, options)),
};
