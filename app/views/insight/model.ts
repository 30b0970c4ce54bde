import { missCauses } from '../../../src/index.ts';
import { formatCount, formatDurationUs, formatRate, formatShare } from '../../ui/format.ts';
import type { WindowRange } from '../charts/WindowRange.ts';
import { causeTitles } from '../titles.ts';

/** Changes smaller than this are noise: a part of the larger value, or points of a share. */
const leastChange = 0.1;
/** A cause must concern at least this part of the reads to be named. */
const leastShare = 0.005;

interface Measure {
  title: string;
  value(range: WindowRange): number;
  format(value: number): string;
  isShare?: boolean;
  /** Below this it is as good as nothing, in its own unit. */
  least: number;
  /** Weight among others that changed as much. */
  weight: number;
}

const failed = ['requests.timed-out', 'requests.rejected', 'requests.failed'];

const measures: Measure[] = [
  {
    title: 'p99 of reads',
    value: (range) => range.max('read.latency.p99') || Number.NaN,
    format: formatDurationUs,
    least: 500,
    weight: 1.2,
  },
  {
    title: 'Errors',
    value: (range) => range.rate(...failed),
    format: formatRate,
    least: 0.5,
    weight: 1.5,
  },
  {
    title: 'Database queries',
    value: (range) => range.rate('database.reads', 'database.writes'),
    format: formatRate,
    least: 1,
    weight: 1,
  },
  {
    title: 'Stale answers',
    value: (range) => range.sum('reads.stale') / range.sum('reads.stale', 'reads.fresh'),
    format: formatShare,
    isShare: true,
    least: 0.002,
    weight: 4,
  },
  {
    title: 'Hit ratio',
    value: (range) =>
      range.sum('cache.hits{tier=local}', 'cache.hits{tier=redis}') /
      Math.max(range.sum('cache.gets{tier=local}'), range.sum('cache.gets{tier=redis}')),
    format: formatShare,
    isShare: true,
    least: 0.01,
    weight: 1,
  },
];

interface Cause {
  ids: string[];
  /** Said where it is more than before; `count` of them among `reads` reads. */
  more(count: number, reads: number, range: WindowRange): string;
}

const of = (count: number, all: number) => `${formatCount(count)} of ${formatCount(all)}`;

const causes: Cause[] = [
  {
    ids: ['loads.waited'],
    more: (count, _, range) =>
      `${of(count, count + range.sum('database.reads'))} readers who missed waited for another’s load`,
  },
  {
    ids: ['cache.overdue'],
    more: (count, reads) => `${of(count, reads)} reads were served an entry past its time while it was loaded anew`,
  },
  { ids: ['bloom.refused'], more: (count, reads) => `the Bloom filter turned away ${of(count, reads)} reads` },
  { ids: ['cache.negative'], more: (count, reads) => `${of(count, reads)} reads met a negative entry` },
  { ids: ['breaker.refused'], more: (count) => `an open circuit breaker kept back ${formatCount(count)} calls` },
  { ids: ['loads.refused'], more: (count) => `${formatCount(count)} loads were over the limit and refused` },
  { ids: ['requests.shed'], more: (count) => `${formatCount(count)} requests had waited too long and were sent away` },
  { ids: ['database.retries'], more: (count) => `${formatCount(count)} queries were asked again` },
  { ids: ['clients.retries'], more: (count) => `${formatCount(count)} requests were sent again` },
  {
    ids: ['loads.early', 'loads.refreshed'],
    more: (count) => `${formatCount(count)} entries were loaded before anyone missed them`,
  },
  {
    ids: ['writes.coalesced'],
    more: (count) => `${formatCount(count)} writes were merged with a later one of their key`,
  },
  { ids: ['bus.delivered'], more: (count) => `${formatCount(count)} messages told servers to drop their copies` },
  ...missCauses.slice(1).map((cause) => ({
    ids: [`cache.misses{tier=redis,cause=${cause}}`],
    more: (count: number, _: number, range: WindowRange) => {
      const all = range.sum(...missCauses.slice(1).map((name) => `cache.misses{tier=redis,cause=${name}}`));
      return `${of(count, all)} misses at Redis are “${causeTitles[cause]}”`;
    },
  })),
];

/** What changed most between two stretches of windows, and the cause that grew most, in one sentence; null where nothing did. */
export function insight(before: WindowRange, after: WindowRange): string | null {
  if (before.empty || after.empty) return null;
  let best: { measure: Measure; from: number; to: number } | null = null;
  let most = 0;
  for (const measure of measures) {
    const [from, to] = [measure.value(before), measure.value(after)];
    if (!Number.isFinite(from) || !Number.isFinite(to) || Math.max(from, to) < measure.least) continue;
    const change = Math.abs(to - from) / (measure.isShare ? 1 : Math.max(from, to));
    const least = measure.isShare ? measure.least : leastChange;
    if (change < least || change * measure.weight <= most) continue;
    most = change * measure.weight;
    best = { measure, from, to };
  }
  if (best === null) return null;
  const { measure, from, to } = best;
  const verb = to > from ? 'rose' : 'fell';
  const what = `${measure.title} ${verb} from ${measure.format(from)} to ${measure.format(to)}`;
  const cause = grownMost(before, after);
  return cause === null ? `${what}.` : `${what}: ${cause}.`;
}

function grownMost(before: WindowRange, after: WindowRange): string | null {
  const reads = (range: WindowRange) => range.sum('reads.completed', 'reads.lost', 'writes.completed');
  if (reads(after) === 0) return null;
  const part = (range: WindowRange, ids: string[]) => range.sum(...ids) / Math.max(1, reads(range));
  let best: Cause | null = null;
  let most = leastShare;
  for (const cause of causes) {
    const grown = part(after, cause.ids) - part(before, cause.ids);
    if (grown <= most) continue;
    most = grown;
    best = cause;
  }
  return best === null ? null : best.more(after.sum(...best.ids), reads(after), after);
}
