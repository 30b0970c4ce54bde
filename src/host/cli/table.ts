import Table from 'cli-table3';

/** How a table's columns lie: `l` left, `r` right. */
export type Alignment = 'l' | 'r';

const bare = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
};

/** Rows under a head as aligned text without lines; the head is bold on a terminal that wants colour. */
export function formatTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  align: readonly Alignment[] = [],
): string {
  const bold = process.stdout.isTTY && !process.env.NO_COLOR;
  const table = new Table({
    head: [...head],
    chars: bare,
    colAligns: head.map((_, index) => (align[index] === 'r' ? 'right' : 'left')),
    style: { head: bold ? ['bold'] : [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  for (const row of rows) table.push([...row]);
  const text = table.toString();
  return text
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}
