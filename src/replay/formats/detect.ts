import { NOT_DECIMAL, readDecimal } from '../decimal.ts';
import { TraceBuilder } from '../TraceBuilder.ts';
import { CsvFields } from './csvFields.ts';
import { csvLayout } from './csvLayout.ts';
import { firstLines, isBlank } from './lines.ts';
import { monitor } from './monitor.ts';
import type { FormatId, TraceFormat } from './TraceFormat.ts';
import { weblog } from './weblog.ts';

/** Which format a file seems to have. */
export interface Detection {
  format: FormatId;
  /** The share of the first lines that fit, 0..1; lower where they fit anything. */
  confidence: number;
  /** In words. */
  why: string;
}

interface Line {
  from: number;
  to: number;
}

const looked = 100;

/** Tells the format from the first bytes of a file; `isWhole` where there are no others. */
export function detectFormat(head: Uint8Array, isWhole: boolean): Detection {
  const lines = firstLines(head, isWhole, looked).filter(({ from, to }) => !isBlank(head, from, to));
  const of = `of the first ${lines.length} lines`;
  if (lines.length === 0) return { format: 'keys', confidence: 0, why: 'no line ends in the first bytes' };
  for (const [format, what] of [
    [monitor, 'have a time, a client in brackets and quoted arguments'],
    [weblog, 'have a time in brackets, a quoted request and a status'],
  ] as const) {
    const share = lines.filter((line) => fits(format, head, line)).length / lines.length;
    if (share > 0.5) return { format: format.id, confidence: share, why: `${percent(share)} ${of} ${what}` };
  }
  const counts = lines.map((line) => numbersIn(head, line));
  const four = counts.filter((count) => count === 4).length / lines.length;
  if (four > 0.5) return { format: 'arc', confidence: four, why: `${percent(four)} ${of} are four whole numbers` };
  const stars = lines.filter(({ from, to }) => to - from === 1 && head[from] === 42).length;
  const single = counts.filter((count) => count === 1).length;
  if (stars > 0 && single + stars === lines.length)
    return { format: 'lirs', confidence: 1, why: 'all lines are block numbers or a *' };
  return detectCsv(head, lines) ?? plainKeys(head, lines, single);
}

const percent = (share: number): string => `${Math.floor(share * 100)} %`;

function fits(format: TraceFormat, head: Uint8Array, { from, to }: Line): boolean {
  const builder = new TraceBuilder({ requests: 1000, keyBytes: 1_000_000 });
  return format.open(builder, head, {}).read(head, from, to) === null;
}

/** How many whole numbers a line consists of; 0 where it has anything else. */
function numbersIn(head: Uint8Array, { from, to }: Line): number {
  let count = 0;
  let at = from;
  while (at < to) {
    while (at < to && isBlank(head, at, at + 1)) at++;
    let end = at;
    while (end < to && !isBlank(head, end, end + 1)) end++;
    if (end > at && readDecimal(head, at, end) === NOT_DECIMAL) return 0;
    if (end > at) count++;
    at = end;
  }
  return count;
}

function detectCsv(head: Uint8Array, lines: readonly Line[]): Detection | null {
  const { delimiter } = csvLayout(head, {});
  const fields = new CsvFields(delimiter);
  const widths = lines.map(({ from, to }) => {
    let width = 0;
    for (let at = from; at <= to; at = fields.next) {
      fields.read(head, at, to);
      width++;
    }
    return width;
  });
  const [width] = widths;
  const share = widths.filter((other) => other === width).length / widths.length;
  if (width < 2 || share <= 0.8) return null;
  const name = delimiter === 9 ? 'tabs' : `"${String.fromCharCode(delimiter)}"`;
  const why = `${percent(share)} of the first ${lines.length} lines have ${width} fields between ${name}`;
  return { format: 'csv', confidence: lines.length === 1 ? 0.5 : share, why };
}

function plainKeys(head: Uint8Array, lines: readonly Line[], single: number): Detection {
  if (single === lines.length) return { format: 'keys', confidence: 1, why: 'every line is one whole number' };
  const bare = lines.filter(({ from, to }) => {
    for (let i = from; i < to; i++) if (head[i] <= 32) return false;
    return true;
  }).length;
  const share = bare / lines.length;
  return share > 0.9
    ? { format: 'keys', confidence: share * 0.9, why: `${percent(share)} of the first lines are one word` }
    : { format: 'keys', confidence: 0.3, why: 'no other format fits, so every whole line is taken as a key' };
}
