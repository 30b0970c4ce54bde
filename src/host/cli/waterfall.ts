import { closingUs, displayTime } from './figures.ts';
import type { NamedRow } from './namedRow.ts';
import { formatTable } from './table.ts';

const phases = [
  { name: 'connection', mark: '·', meaning: 'waiting for a connection' },
  { name: 'wire', mark: '─', meaning: 'wire' },
  { name: 'line', mark: '░', meaning: 'line' },
  { name: 'service', mark: '█', meaning: 'service' },
  { name: 'back', mark: '─', meaning: 'wire back' },
] as const;

interface Phase {
  fromUs: number;
  toUs: number;
}

/**
 * A request as text: a line a call, its phases drawn to one scale, and how long each took. What the callee still did after
 * the caller had given up is drawn behind a `×`.
 */
export function drawWaterfall(rows: readonly NamedRow[], width = 60): string {
  const ordered = rows.toSorted((a, b) => a.id - b.id);
  const [root] = ordered;
  const fromUs = Math.min(...ordered.map(({ startUs }) => startUs ?? Number.POSITIVE_INFINITY));
  const untilUs = Math.max(...ordered.map(closingUs));
  const scaleUs = Math.max(1, untilUs - fromUs) / width;
  const lines = ordered.map((row) => {
    const spans = phasesOf(row);
    const took = spans.map(({ fromUs, toUs }) => (toUs > fromUs ? displayTime(toUs - fromUs) : ''));
    return [
      `${'  '.repeat(depthOf(row, ordered))}${row.op}`,
      row.node,
      barOf(row, spans, fromUs, scaleUs, width),
      ...took,
      outcomeOf(row),
    ];
  });
  const head = [
    'step',
    'node',
    `from ${displayTime(fromUs)}, ${displayTime(untilUs - fromUs)} wide`,
    ...phases.map(({ name }) => name),
    'outcome',
  ];
  const legend = phases.slice(0, 4).map(({ mark, meaning }) => `${mark} ${meaning}`);
  return [
    `request ${root.request}, key ${root.key}`,
    formatTable(head, lines, ['l', 'l', 'l', 'r', 'r', 'r', 'r', 'r', 'l']),
    legend.join('   '),
  ].join('\n');
}

/** The five phases of a row; one that never came is empty. */
export function phasesOf(row: NamedRow): Phase[] {
  const closed = closingUs(row);
  const start = row.startUs ?? closed;
  const sent = row.sentUs ?? row.endUs ?? closed;
  const arrive = row.arriveUs ?? (row.sentUs === null ? sent : (row.endUs ?? closed));
  const leave = row.leaveUs ?? closed;
  const service = row.serviceUs ?? leave;
  const end = Math.max(leave, row.endUs ?? leave);
  const times = [start, sent, arrive, Math.max(arrive, service), Math.max(arrive, leave), end];
  return phases.map((_, index) => ({ fromUs: times[index], toUs: times[index + 1] }));
}

function barOf(row: NamedRow, spans: readonly Phase[], fromUs: number, scaleUs: number, width: number): string {
  const cells = Array.from({ length: width }, () => ' ');
  const cellOf = (us: number) => Math.min(width - 1, Math.max(0, Math.floor((us - fromUs) / scaleUs)));
  if (spans[0].fromUs === spans[4].toUs) {
    cells[cellOf(spans[0].fromUs)] = '◆';
    return cells.join('');
  }
  for (let cell = cellOf(spans[0].fromUs); cell <= cellOf(spans[4].toUs - 1e-9); cell++) {
    let most = -1;
    spans.forEach((span, index) => {
      const inside =
        Math.min(span.toUs, fromUs + (cell + 1) * scaleUs) - Math.max(span.fromUs, fromUs + cell * scaleUs);
      if (inside > most) {
        most = inside;
        cells[cell] = phases[index].mark;
      }
    });
  }
  // However short, the work itself is always seen.
  const { fromUs: workFromUs, toUs: workToUs } = spans[3];
  if (workToUs > workFromUs && !cells.includes(phases[3].mark))
    cells[cellOf((workFromUs + workToUs) / 2)] = phases[3].mark;
  if (row.endUs !== null && row.leaveUs !== null && row.leaveUs > row.endUs) cells[cellOf(row.endUs)] = '×';
  return cells.join('');
}

function depthOf(row: NamedRow, rows: readonly NamedRow[]): number {
  const parent = row.parent === 0 ? undefined : rows.find(({ id }) => id === row.parent);
  return parent === undefined || parent === row ? 0 : 1 + depthOf(parent, rows);
}

function outcomeOf(row: NamedRow): string {
  const words: string[] = [row.outcome];
  if (row.cause !== 'none') words.push(`(${row.cause})`);
  words.push(...row.flags);
  if (row.open) words.push('still open');
  return words.join(' ');
}
