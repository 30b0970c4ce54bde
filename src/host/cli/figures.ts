import type { Metric } from '../../metrics/catalogue.ts';
import type { MetricFigures } from '../../metrics/report.ts';
import { displayQuantity } from '../../scenario/displayQuantity.ts';
import type { NamedRow } from './namedRow.ts';

/** A number of a metric in its unit, in plain spaces; a dash where there is none. */
export function displayFigure(value: number | null, unit: Metric['unit']): string {
  if (value === null) return '–';
  switch (unit) {
    case 'us':
      return displayTime(value);
    case 'share':
      return plain(displayQuantity('share', value));
    case 'bytes':
      return plain(displayQuantity('size', value));
    case 'per second':
      return plain(displayQuantity('rate', value));
    default:
      return plain(Number.isInteger(value) ? displayQuantity('count', value) : displayQuantity('number', value));
  }
}

/** A span of time, or a moment as counted from the start of the run. */
export function displayTime(us: number): string {
  return us === 0 ? '0' : plain(displayQuantity('duration', us));
}

/** The fixed spaces of the screen would only be in the way of whoever searches a terminal's text. */
function plain(text: string): string {
  return text.replace(/[\u00a0\u202f\u2009]/g, ' ');
}

/** The figures of a metric by name; the name is empty where there is only one. */
export function figureEntries(figures: MetricFigures): [name: string, value: number | null][] {
  if (figures === null || typeof figures === 'number') return [['', figures]];
  return Object.entries(figures) as [string, number | null][];
}

/** Whether nothing happened that the figures could tell of. */
export function isEmpty(figures: MetricFigures): boolean {
  return figureEntries(figures).every(([, value]) => value === null || value === 0);
}

/** When a row closed, µs: its end, or later where the callee went on. */
export function closingUs({ startUs, sentUs, arriveUs, serviceUs, leaveUs, endUs }: NamedRow): number {
  return Math.max(...[startUs, sentUs, arriveUs, serviceUs, leaveUs, endUs].map((us) => us ?? 0));
}
