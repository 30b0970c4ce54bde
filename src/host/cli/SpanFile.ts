import { closeSync, openSync, writeSync } from 'node:fs';
import type { RowReader } from './runScenario.ts';
import { invalid } from './exit.ts';
import { namedRow } from './namedRow.ts';

const linesAWrite = 2000;

/** Writes rows as NDJSON, one a line, in order of closing; whole lines only, whenever it is closed. */
export class SpanFile {
  private readonly descriptor: number;

  /** @throws InvalidInput when the file cannot be written. */
  constructor(file: string) {
    try {
      this.descriptor = openSync(file, 'w');
    } catch (error) {
      throw invalid(
        `--spans ${file}`,
        `found a place that cannot be written to (${(error as NodeJS.ErrnoException).code})`,
      );
    }
  }

  readonly write: RowReader = (rows, open, nodes) => {
    for (let first = 0; first < rows.length; first += linesAWrite) {
      let text = '';
      for (let index = first; index < Math.min(rows.length, first + linesAWrite); index++) {
        text += `${JSON.stringify(namedRow(rows, index, nodes, open))}\n`;
      }
      writeSync(this.descriptor, text);
    }
  };

  close(): void {
    closeSync(this.descriptor);
  }
}
