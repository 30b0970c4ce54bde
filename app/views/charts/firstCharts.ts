import { type MissCause, missCauses } from '../../../src/index.ts';
import type { RunView } from '../../stage/RunView.ts';
import { formatCount, formatDurationUs, formatRate } from '../../ui/format.ts';
import { settingAt, slownessAt } from '../settingsAt.ts';
import { causeTitles } from '../titles.ts';
import type { ChartDefinition, ChartLine } from './ChartDefinition.ts';
import { WindowRange } from './WindowRange.ts';

const misses = (tier: string, cause: MissCause) => `cache.misses{tier=${tier},cause=${cause}}`;
const causes = missCauses.slice(1);
const failed = ['requests.timed-out', 'requests.rejected', 'requests.failed'];
const mostLayers = 5;

/** The tier behind which the database stands. */
function lastTier(run: RunView): string {
  return run.scenario.pattern.read === 'none' && run.scenario.local.enabled ? 'local' : 'redis';
}

function hitRatio(range: WindowRange): number {
  const local = range.sum('cache.gets{tier=local}');
  const asked = local > 0 ? local : range.sum('cache.gets{tier=redis}');
  const found = range.sum('cache.hits{tier=local}', 'cache.hits{tier=redis}');
  return asked === 0 ? Number.NaN : Math.min(1, found / asked);
}

function staleShare(range: WindowRange): number {
  const answers = range.sum('reads.stale', 'reads.fresh');
  return answers === 0 ? Number.NaN : range.sum('reads.stale') / answers;
}

/**
 * Queries a second that the database can finish at most: slots over the mean service time of reads and writes in the
 * mix seen so far.
 */
export function databaseLimit(run: RunView, atUs: number): { value: number; label: string } | null {
  const all = new WindowRange(run.windows, 0, run.windows.count);
  const reads = all.sum('database.reads');
  const writes = all.sum('database.writes');
  const writeShare = reads + writes === 0 ? 0 : writes / (reads + writes);
  const readUs = settingAt(run, 'database.read', atUs);
  const writeUs = settingAt(run, 'database.write', atUs);
  const meanUs = (readUs * (1 - writeShare) + writeUs * writeShare) * slownessAt(run, 'database', atUs);
  const value = (settingAt(run, 'database.slots', atUs) * 1e6) / meanUs;
  return Number.isFinite(value) ? { value, label: `limit ${formatRate(value)}` } : null;
}

function pools(run: RunView): string[] {
  return run.meta.nodes.filter(({ kind }) => kind === 'app').map(({ id }) => `pool.queue{node=${id}}`);
}

/** At most five layers: the causes seen in this run, the rarest of them put together. */
function missLayers(run: RunView): ChartLine[] {
  const tier = lastTier(run);
  const all = new WindowRange(run.windows, 0, run.windows.count);
  const layer = (id: string, title: string, of: MissCause[]): ChartLine => ({
    id,
    title,
    value: (range) => range.rate(...of.map((cause) => misses(tier, cause))),
  });
  const seen = causes.filter((cause) => all.sum(misses(tier, cause)) > 0);
  if (seen.length <= mostLayers) return seen.map((cause) => layer(cause, causeTitles[cause], [cause]));
  const byCount = [...seen].sort((a, b) => all.sum(misses(tier, b)) - all.sum(misses(tier, a)));
  const shown = seen.filter((cause) => byCount.indexOf(cause) < mostLayers);
  const rest = seen.filter((cause) => !shown.includes(cause));
  return [...shown.map((cause) => layer(cause, causeTitles[cause], [cause])), layer('other', 'other', rest)];
}

/** What most scenarios show: hits, queries, times, staleness, errors. */
export const firstCharts: ChartDefinition[] = [
  {
    id: 'hit-ratio',
    title: 'Hit ratio',
    unit: 'share',
    meaning: 'hit',
    shape: 'lines',
    top: 1,
    leastTop: 1,
    lines: () => [{ id: 'hits', title: 'Hit ratio', value: hitRatio }],
    headline: hitRatio,
    note(range, run) {
      if (range.empty) return '';
      const asked = range.rate(run.scenario.local.enabled ? 'cache.gets{tier=local}' : 'cache.gets{tier=redis}');
      return asked === 0 ? 'no look-ups' : `of ${formatRate(asked)}`;
    },
  },
  {
    id: 'database-rate',
    title: 'Database queries',
    unit: 'rate',
    meaning: 'miss',
    shape: 'lines',
    leastTop: 10,
    lines: () => [
      { id: 'queries', title: 'Queries', value: (range) => range.rate('database.reads', 'database.writes') },
    ],
    headline: (range) => range.rate('database.reads', 'database.writes'),
    note: (range, run) => databaseLimit(run, range.end * run.windows.widthUs)?.label ?? '',
    limit: databaseLimit,
  },
  {
    id: 'read-latency',
    title: 'Read time, p99',
    unit: 'duration',
    meaning: null,
    shape: 'lines',
    leastTop: 1000,
    mayBeLog: true,
    lines: () => [
      { id: 'p99', title: '99 % stay under', value: (range) => range.max('read.latency.p99') || Number.NaN },
      {
        id: 'p50',
        title: 'half stay under',
        quiet: true,
        value: (range) => range.weighted('read.latency.p50', 'reads.completed'),
      },
    ],
    headline: (range) => range.max('read.latency.p99') || Number.NaN,
    note: (range) =>
      range.empty ? '' : `p50 ${formatDurationUs(range.weighted('read.latency.p50', 'reads.completed'))}`,
  },
  {
    id: 'stale-share',
    title: 'Stale answers',
    unit: 'share',
    meaning: 'stale',
    shape: 'lines',
    leastTop: 0.01,
    lines: () => [{ id: 'stale', title: 'Stale answers', value: staleShare }],
    headline: staleShare,
    note(range) {
      const oldestUs = range.max('stale.age.max');
      return oldestUs === 0 ? '' : `oldest ${formatDurationUs(oldestUs)}`;
    },
  },
  {
    id: 'database-queue',
    title: 'Waiting at the database',
    unit: 'count',
    meaning: 'miss',
    shape: 'lines',
    leastTop: 5,
    lines: (run) => [
      { id: 'line', title: 'in line', value: (range) => range.mean('node.queue{node=database}') },
      { id: 'pool', title: 'for a connection', quiet: true, value: (range) => range.mean(...pools(run)) },
    ],
    headline: (range) => range.mean('node.queue{node=database}'),
    note: (range) => (range.empty ? '' : `longest ${formatCount(range.max('node.queue.max{node=database}'))}`),
  },
  {
    id: 'errors',
    title: 'Errors',
    unit: 'rate',
    meaning: 'error',
    shape: 'stack',
    leastTop: 1,
    lines: () => [
      { id: 'timed-out', title: 'gave up', value: (range) => range.rate('requests.timed-out') },
      { id: 'rejected', title: 'line full', value: (range) => range.rate('requests.rejected') },
      { id: 'failed', title: 'failed', value: (range) => range.rate('requests.failed') },
    ],
    headline: (range) => range.rate(...failed),
    note(range) {
      const total = range.sum(...failed);
      if (total === 0) return '';
      const largest = failed.reduce((a, b) => (range.sum(b) > range.sum(a) ? b : a));
      const words: Record<string, string> = { 'requests.timed-out': 'gave up', 'requests.rejected': 'line full' };
      return `mostly ${words[largest] ?? 'failed'}`;
    },
  },
  {
    id: 'throughput',
    title: 'Answers',
    unit: 'rate',
    meaning: null,
    shape: 'lines',
    leastTop: 10,
    lines: () => [
      { id: 'answered', title: 'answered', value: (range) => range.rate('requests.completed') },
      { id: 'arrived', title: 'asked', quiet: true, value: (range) => range.rate('requests.arrived') },
    ],
    headline: (range) => range.rate('requests.completed'),
    note: (range) => (range.empty ? '' : `asked ${formatRate(range.rate('requests.arrived'))}`),
  },
  {
    id: 'misses-by-cause',
    title: 'Misses by cause',
    unit: 'rate',
    meaning: 'miss',
    shape: 'stack',
    leastTop: 10,
    lines: missLayers,
    headline: (range, run) => range.rate(...causes.map((cause) => misses(lastTier(run), cause))),
    note(range, run) {
      const tier = lastTier(run);
      const largest = causes.reduce((a, b) => (range.sum(misses(tier, b)) > range.sum(misses(tier, a)) ? b : a));
      return range.sum(misses(tier, largest)) === 0 ? '' : `mostly ${causeTitles[largest]}`;
    },
  },
];
