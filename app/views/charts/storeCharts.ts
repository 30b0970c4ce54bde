import type { RunView } from '../../stage/RunView.ts';
import { formatCount, formatRate, formatShare } from '../../ui/format.ts';
import type { ChartDefinition } from './ChartDefinition.ts';
import { WindowRange } from './WindowRange.ts';

const pages = ['buffer.hits', 'buffer.misses'];

/** All that is known up to the end of some windows. */
function untilEnd(range: WindowRange): WindowRange {
  return new WindowRange(range.windows, 0, range.end);
}

/**
 * Messages of the bus that have neither arrived nor been lost, those kept for a deaf server included: a server’s message goes
 * to all others, the worker’s to every server.
 */
function busUnderWay(range: WindowRange, run: RunView): number {
  if (range.empty) return Number.NaN;
  const servers = run.meta.nodes.filter(({ kind }) => kind === 'app').length;
  const each = run.scenario.invalidation.feed === 'none' ? servers - 1 : servers;
  const all = untilEnd(range);
  return Math.max(0, all.sum('bus.published') * each - all.sum('bus.delivered', 'bus.lost'));
}

/** What is buffered, ordered, announced or read from disk. */
export const storeCharts: ChartDefinition[] = [
  {
    id: 'write-buffer',
    title: 'Buffered writes',
    unit: 'count',
    meaning: 'write',
    shape: 'lines',
    leastTop: 10,
    lines: () => [
      { id: 'waiting', title: 'waiting', value: (range) => range.mean('writes.waiting') },
      { id: 'accepted', title: 'accepted a second', quiet: true, value: (range) => range.rate('writes.accepted') },
      { id: 'flushed', title: 'rows stored a second', quiet: true, value: (range) => range.rate('writes.flushed') },
    ],
    headline: (range) => range.mean('writes.waiting'),
    note(range) {
      const lost = untilEnd(range).sum('writes.lost');
      if (lost > 0) return `${formatCount(lost)} lost so far`;
      return range.empty
        ? ''
        : `${formatRate(range.rate('writes.accepted'))} in, ${formatRate(range.rate('writes.flushed'))} out`;
    },
  },
  {
    id: 'orders',
    title: 'Orders taken',
    unit: 'rate',
    meaning: 'write',
    shape: 'lines',
    leastTop: 1,
    lines: () => [
      { id: 'accepted', title: 'taken', value: (range) => range.rate('orders.accepted') },
      { id: 'sold-out', title: 'found nothing left', quiet: true, value: (range) => range.rate('orders.sold-out') },
      { id: 'refused', title: 'refused by the database', quiet: true, value: (range) => range.rate('orders.refused') },
      { id: 'oversold', title: 'beyond the stock', quiet: true, value: (range) => range.rate('orders.oversold') },
    ],
    headline: (range) => range.rate('orders.accepted'),
    note(range) {
      const oversold = untilEnd(range).sum('orders.oversold');
      return oversold === 0 ? '' : `${formatCount(oversold)} beyond the stock so far`;
    },
  },
  {
    id: 'feed',
    title: 'Changes not heard of yet',
    unit: 'count',
    meaning: 'stale',
    shape: 'lines',
    leastTop: 5,
    lines: (run) => [
      { id: 'waiting', title: 'before the worker', value: (range) => range.mean('feed.waiting') },
      { id: 'bus', title: 'on the bus', quiet: true, value: (range) => busUnderWay(range, run) },
    ],
    headline: (range, run) => range.mean('feed.waiting') + busUnderWay(range, run),
    note(range) {
      const lost = untilEnd(range).sum('feed.lost', 'bus.lost');
      return lost === 0 ? '' : `${formatCount(lost)} lost so far`;
    },
  },
  {
    id: 'buffer-pool',
    title: 'Pages from disk',
    unit: 'rate',
    meaning: 'miss',
    shape: 'stack',
    leastTop: 10,
    lines: () => [
      { id: 'misses', title: 'from disk', value: (range) => range.rate('buffer.misses') },
      { id: 'hits', title: 'in memory', value: (range) => range.rate('buffer.hits') },
    ],
    headline: (range) => range.rate('buffer.misses'),
    note(range) {
      const all = range.sum(...pages);
      return all === 0 ? '' : `${formatShare(range.sum('buffer.hits') / all)} in memory`;
    },
  },
];
