import { formatCount, formatRate, formatShare } from '../../ui/format.ts';
import { settingAt } from '../settingsAt.ts';
import type { ChartDefinition } from './ChartDefinition.ts';
import type { WindowRange } from './WindowRange.ts';

const refused = ['bloom.refused', 'loads.refused', 'requests.shed', 'breaker.refused'];
const retried = ['database.retries', 'clients.retries', 'database.hedges'];
const wordsOfRefused: Record<string, string> = {
  'bloom.refused': 'by the Bloom filter',
  'loads.refused': 'too many loads',
  'requests.shed': 'waited too long',
  'breaker.refused': 'circuit open',
};

/** The largest of some columns; null where all are 0. */
function largestOf(range: WindowRange, ids: readonly string[]): string | null {
  const largest = ids.reduce((a, b) => (range.sum(b) > range.sum(a) ? b : a));
  return range.sum(largest) === 0 ? null : largest;
}

/** What stands between a miss and the database: shared loads, refreshes, refusals, second tries. */
export const loadCharts: ChartDefinition[] = [
  {
    id: 'waiting-readers',
    title: 'Readers that waited',
    unit: 'rate',
    meaning: 'miss',
    shape: 'stack',
    leastTop: 10,
    lines: () => [
      { id: 'loads', title: 'queries', value: (range) => range.rate('database.reads') },
      { id: 'waited', title: 'waited for another’s', value: (range) => range.rate('loads.waited') },
    ],
    headline: (range) => range.rate('loads.waited'),
    note: (range) => (range.empty ? '' : `beside ${formatRate(range.rate('database.reads'))} queries`),
  },
  {
    id: 'refreshes',
    title: 'Refreshes',
    unit: 'rate',
    meaning: 'refresh',
    shape: 'lines',
    leastTop: 1,
    lines: () => [
      { id: 'background', title: 'in the background', value: (range) => range.rate('loads.refreshed') },
      { id: 'early', title: 'early, by chance', quiet: true, value: (range) => range.rate('loads.early') },
      { id: 'wasted', title: 'in vain', quiet: true, value: (range) => range.rate('loads.wasted') },
    ],
    // An early load goes on in the background where old values may be served, and counts there.
    headline: (range, run) => {
      const served = settingAt(run, 'protect.stale', range.end * run.windows.widthUs) > 0;
      return served ? range.rate('loads.refreshed') : range.rate('loads.refreshed', 'loads.early');
    },
    note(range) {
      const wasted = range.sum('loads.wasted');
      const all = range.sum('loads.refreshed');
      return wasted === 0 || all === 0 ? '' : `${formatShare(Math.min(1, wasted / all))} in vain`;
    },
  },
  {
    id: 'turned-away',
    title: 'Turned away',
    unit: 'rate',
    meaning: 'error',
    shape: 'stack',
    leastTop: 1,
    lines: () => refused.map((id) => ({ id, title: wordsOfRefused[id], value: (range) => range.rate(id) })),
    headline: (range) => range.rate(...refused),
    note(range) {
      const largest = largestOf(range, refused);
      return largest === null ? '' : `mostly ${wordsOfRefused[largest]}`;
    },
  },
  {
    id: 'retries',
    title: 'Second tries',
    unit: 'rate',
    meaning: 'error',
    shape: 'stack',
    leastTop: 1,
    lines: () => [
      { id: 'queries', title: 'queries asked again', value: (range) => range.rate('database.retries') },
      { id: 'clients', title: 'clients asked again', value: (range) => range.rate('clients.retries') },
      { id: 'hedges', title: 'hedges', value: (range) => range.rate('database.hedges') },
    ],
    headline: (range) => range.rate(...retried),
    note(range) {
      const arrived = range.sum('requests.arrived');
      const again = range.sum('clients.retries');
      return again === 0 ? '' : `${formatCount(again)} of ${formatCount(arrived)} requests are`;
    },
  },
];
