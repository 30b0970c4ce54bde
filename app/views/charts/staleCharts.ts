import type { RunView } from '../../stage/RunView.ts';
import { formatDurationUs } from '../../ui/format.ts';
import type { ChartDefinition, ChartLine } from './ChartDefinition.ts';
import { WindowRange } from './WindowRange.ts';

const mostLayers = 5;

function meanAge(range: WindowRange): number {
  const stale = range.sum('reads.stale');
  return stale === 0 ? Number.NaN : range.sum('stale.age') / stale;
}

/** At most five layers of one column each, those with the most; the rest put together. */
function layersOf(run: RunView, columns: readonly { id: string; title: string }[]): ChartLine[] {
  const line = (id: string, title: string, ids: readonly string[]): ChartLine => ({
    id,
    title,
    value: (range) => range.rate(...ids),
  });
  if (columns.length <= mostLayers) return columns.map(({ id, title }) => line(id, title, [id]));
  const all = new WindowRange(run.windows, 0, run.windows.count);
  const most = new Set(
    columns
      .toSorted((a, b) => all.sum(b.id) - all.sum(a.id))
      .slice(0, mostLayers)
      .map(({ id }) => id),
  );
  const shown = columns.filter(({ id }) => most.has(id));
  const rest = columns.filter(({ id }) => !most.has(id)).map(({ id }) => id);
  return [...shown.map(({ id, title }) => line(id, title, [id])), line('other', 'other', rest)];
}

function servers(run: RunView): { id: string; title: string }[] {
  const apps = run.meta.nodes.filter(({ kind }) => kind === 'app');
  return apps.map(({ id, title }) => ({ id: `stale.reads{node=${id}}`, title }));
}

function writers(run: RunView): { id: string; title: string }[] {
  const names = Object.keys(run.scenario.traffic).sort((a, b) => (a < b ? -1 : 1));
  return names.map((name) => ({ id: `stale.reads{writer=${name}}`, title: `after ${name}` }));
}

/** Which of them has the most, in words; empty where none has any. */
function mostly(range: WindowRange, columns: readonly { id: string; title: string }[]): string {
  const [largest] = columns.toSorted((a, b) => range.sum(b.id) - range.sum(a.id));
  return largest === undefined || range.sum(largest.id) === 0 ? '' : `mostly ${largest.title}`;
}

/** How old the old answers are, who gives them, and whose write made them old. */
export const staleCharts: ChartDefinition[] = [
  {
    id: 'stale-age',
    title: 'Age of stale answers',
    unit: 'duration',
    meaning: 'stale',
    shape: 'lines',
    leastTop: 1000,
    mayBeLog: true,
    lines: () => [
      { id: 'mean', title: 'mean', value: meanAge },
      { id: 'max', title: 'oldest', quiet: true, value: (range) => range.max('stale.age.max') || Number.NaN },
    ],
    headline: meanAge,
    note(range) {
      const oldestUs = range.max('stale.age.max');
      return oldestUs === 0 ? '' : `oldest ${formatDurationUs(oldestUs)}`;
    },
  },
  {
    id: 'stale-by-server',
    title: 'Stale answers by server',
    unit: 'rate',
    meaning: 'stale',
    shape: 'stack',
    leastTop: 1,
    lines: (run) => layersOf(run, servers(run)),
    headline: (range) => range.rate('reads.stale'),
    note: (range, run) => mostly(range, servers(run)),
  },
  {
    id: 'stale-by-writer',
    title: 'Stale answers by writer',
    unit: 'rate',
    meaning: 'stale',
    shape: 'stack',
    leastTop: 1,
    lines: (run) => layersOf(run, writers(run)),
    headline: (range, run) => range.rate(...writers(run).map(({ id }) => id)),
    note: (range, run) => mostly(range, writers(run)),
  },
];
