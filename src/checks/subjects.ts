import type { Aggregation } from './Check.ts';

/** What the best-known metrics are called within a sentence; the others go by their names. */
const subjects: Record<string, string> = {
  'requests.arrived': 'requests sent',
  'requests.completed': 'requests answered',
  'requests.timed-out': 'timed-out requests',
  'requests.rejected': 'rejected requests',
  'requests.failed': 'failed requests',
  'requests.rate': 'requests sent',
  'requests.throughput': 'requests answered',
  'requests.in-flight': 'requests under way',
  errors: 'requests without an answer',
  'errors.rate': 'requests without an answer',
  'errors.share': 'the share of requests without an answer',
  'reads.completed': 'reads answered',
  'reads.rate': 'reads answered',
  'reads.stale': 'stale reads',
  'reads.fresh': 'fresh reads',
  'reads.lost': 'reads without an answer',
  'writes.completed': 'writes answered',
  'writes.rate': 'writes answered',
  'stale.share': 'the share of stale reads',
  'stale.age': 'the age of stale answers',
  'read.latency': 'read latency',
  'write.latency': 'write latency',
  'database.qps': 'database queries',
  'database.reads': 'database reads',
  'database.writes': 'database writes',
  'database.timeouts': 'database timeouts',
  'database.rejected': 'calls the database refused',
  'hit.ratio': 'the hit ratio',
  'cache.misses': 'cache misses',
  'cache.misses.total': 'cache misses',
  'cache.rate': 'cache look-ups',
  'cache.gets': 'cache look-ups',
  'cache.hits': 'cache hits',
  'cache.fills': 'cache fills',
  'cache.evictions': 'evictions',
  'cache.expirations': 'expirations',
  'cache.invalidations': 'invalidations',
  'cache.entries': 'cached entries',
  'cache.bytes': 'cached bytes',
  'node.rate': 'calls',
  'node.queue': 'calls in line',
  'node.queue.max': 'the longest line',
  'node.utilisation': 'the share of busy slots',
  'node.wait': 'the time in line',
  'pool.utilisation': 'the share of connections in use',
};

/** What a figure is taken of, as the subject of a sentence; `name` is the metric's without a short form. */
export function subjectOf({ labels }: Aggregation, name: string): string {
  const of = (label: string): string | undefined => labels.find((each) => each.name === label)?.values.join(' or ');
  const rest = labels
    .filter((label) => label.name !== 'op')
    .map((label) => `${label.name} ${label.values.join(' or ')}`);
  const labelled = rest.length === 0 ? '' : ` (${rest.join(', ')})`;
  const rows = `${of('op') === undefined ? 'rows' : `${of('op')} rows`}${labelled}`;
  switch (name) {
    case 'rows':
      return rows;
    case 'took':
      return `the time taken by ${rows}`;
    case 'detail':
      return `the detail of ${rows}`;
    case 'peak.rows':
      return `${rows} under way at once`;
    case 'age':
      return `the age of stale answers${labelled}`;
    default:
      return `${Object.hasOwn(subjects, name) ? subjects[name] : name}${labelled}`;
  }
}
