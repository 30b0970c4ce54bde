import type { Metric, MetricUnit } from '../metrics/catalogue.ts';
import { nearestName } from '../scenario/problems.ts';
import { OP } from '../spans/codes.ts';
import { percentileOf } from './aggregates.ts';
import type { Aggregation } from './Check.ts';
import { identified, type RowSelector, readRowSelector, unknown } from './RowSelector.ts';
import { Unreadable } from './tokenize.ts';
import type { RunVocabulary } from './vocabulary.ts';

/** What is asked of a run: which figure of what, and its unit. */
export type Measure = { aggregate: string; unit: MetricUnit } & (
  | { kind: 'metric'; metric: Metric }
  /** One sample a row: end − start, the detail, or the age of a stale answer. */
  | { kind: 'samples'; sample: 'took' | 'detail' | 'age'; selector: RowSelector; metric?: Metric }
  | { kind: 'rows'; selector: RowSelector }
  /** Largest number under way at one instant. */
  | { kind: 'peak'; selector: RowSelector }
);

/** Metrics made of rows: what each is called. */
export const rowMetrics: readonly string[] = ['rows', 'took', 'peak.rows', 'detail', 'age'];

const shortForms: Record<string, string> = { peak: 'max', mean: 'avg', last: 'last' };
const overWindows = ['min', 'max', 'avg', 'first', 'last'];

/** What an aggregation asks of runs with this vocabulary. @throws Unreadable with the nearest name. */
export function resolveMeasure(node: Aggregation, vocabulary: RunVocabulary): Measure {
  const { name, aggregate } = splitName(node, vocabulary);
  if (rowMetrics.includes(name)) return rowMeasure(name, aggregate, node, vocabulary);
  const metric = pickMetric(name, node, vocabulary);
  const chosen = aggregate ?? defaultAggregate(metric);
  if (chosen === undefined) throw needsAggregate(name, node);
  const unit = unitOf(metric, chosen);
  if (unit === undefined) throw unfitting(chosen, name, metric.kind, node);
  if (metric.kind !== 'latency') return { kind: 'metric', metric, aggregate: chosen, unit };
  const op = [metric.histogram === 'write' ? OP['request.write'] : OP['request.read']];
  const selector = identified({ op, settled: true, answered: true });
  return { kind: 'samples', sample: 'took', selector, metric, aggregate: chosen, unit };
}

/** The metric's name and the aggregate; a short form is only looked for behind what is no name itself. */
function splitName({ metric, aggregate, offset, length }: Aggregation, { families }: RunVocabulary) {
  const isKnown = (name: string): boolean => families.has(name) || rowMetrics.includes(name);
  if (isKnown(metric)) return { name: metric, aggregate };
  const dot = metric.lastIndexOf('.');
  const [front, end] = [metric.slice(0, Math.max(0, dot)), metric.slice(dot + 1)];
  const short = dot > 0 && Object.hasOwn(shortForms, end) ? shortForms[end] : undefined;
  if (short !== undefined && isKnown(front)) {
    if (aggregate === undefined) return { name: front, aggregate: short };
    throw new Unreadable(`${aggregate} and .${end} are two figures; write ${aggregate}(${front})`, offset, length);
  }
  const names = [...families.keys(), ...rowMetrics];
  const nearestFront = short === undefined ? undefined : nearestName(front, names);
  const nearest = nearestFront === undefined ? nearestName(metric, names) : `${nearestFront}.${end}`;
  const hint = nearest === undefined ? '' : `, did you mean ${nearest}?`;
  throw new Unreadable(`unknown metric ${metric.slice(0, 60)}${hint}`, offset, length, nearest);
}

function pickMetric(name: string, node: Aggregation, vocabulary: RunVocabulary): Metric {
  const family = vocabulary.families.get(name) ?? [];
  for (const label of node.labels) {
    const { name: labelName, values } = label;
    const known = [...new Set(family.flatMap(({ labels }) => labels[labelName] ?? []))];
    if (known.length === 0) {
      const labelNames = [...new Set(family.flatMap(({ labels }) => Object.keys(labels)))];
      const hint = labelNames.length === 0 ? `${name} has no labels` : `${name} has ${labelNames.join(', ')}`;
      throw unknown('label', labelName, label, hint, nearestName(labelName, labelNames));
    }
    const strange = values.find((value) => !known.includes(value));
    if (strange !== undefined)
      throw unknown(
        labelName,
        strange,
        label,
        `${name} has ${known.slice(0, 12).join(', ')}`,
        nearestName(strange, known),
      );
  }
  const matching = family.filter(({ labels }) =>
    node.labels.every((label) => Object.hasOwn(labels, label.name) && label.values.includes(labels[label.name])),
  );
  const [first] = matching;
  if (first === undefined) throw new Unreadable(`no ${name} has all of these labels`, node.offset, node.length);
  if (matching.length === 1) return first;
  // Things that are counted add up, if they are parts of one whole: counts by server and counts by writer are the same things
  // counted twice. A share or a level of several things at once would mean nothing.
  const labelsOf = ({ labels }: Metric): string => Object.keys(labels).join();
  if (
    matching.every((metric) => labelsOf(metric) === labelsOf(first)) &&
    matching.every(({ under, unit }) => (under === undefined || under === 'seconds') && unit === first.unit) &&
    /^(counter|rate)$/.test(first.kind)
  )
    return { ...first, over: matching.flatMap(({ over }) => over) };
  const used = matching.filter(({ labels }) => vocabulary.usedTiers.has(labels.tier));
  if (used.length === 1) return used[0];
  const ids = matching.slice(0, 4).map(({ id }) => id);
  throw new Unreadable(`${name} stands for several, say which: ${ids.join(', ')}`, node.offset, node.length, ids[0]);
}

function defaultAggregate({ kind, atEnd }: Metric): string | undefined {
  if (kind === 'latency') return undefined;
  if (kind === 'counter') return 'sum';
  if (kind === 'maximum') return 'max';
  return atEnd ? 'last' : 'avg';
}

/** Unit of a figure of a metric; undefined where its kind has no such figure. */
function unitOf({ kind, unit, under }: Metric, aggregate: string): MetricUnit | undefined {
  if (percentileOf(aggregate) !== undefined || overWindows.includes(aggregate)) return unit;
  if (kind === 'latency') return aggregate === 'count' ? 'count' : aggregate === 'rate' ? 'per second' : unit;
  if (aggregate === 'sum') return kind === 'counter' ? unit : undefined;
  if (aggregate === 'count')
    return (kind === 'counter' && unit === 'count') || kind === 'rate' || typeof under === 'object'
      ? 'count'
      : undefined;
  return kind === 'rate' || (kind === 'counter' && unit === 'count') ? 'per second' : undefined;
}

function rowMeasure(
  name: string,
  aggregate: string | undefined,
  node: Aggregation,
  vocabulary: RunVocabulary,
): Measure {
  const selector = readRowSelector(node.labels, vocabulary);
  if (name === 'peak.rows') {
    if (aggregate !== undefined && aggregate !== 'max') throw unfitting(aggregate, name, 'peak', node);
    return { kind: 'peak', selector, aggregate: 'max', unit: 'count' };
  }
  if (name === 'rows') {
    const chosen = aggregate ?? 'count';
    const isTime = chosen === 'first' || chosen === 'last';
    return {
      kind: 'rows',
      selector,
      aggregate: chosen,
      unit: isTime ? 'us' : chosen === 'rate' ? 'per second' : 'count',
    };
  }
  if (aggregate === undefined) throw needsAggregate(name, node);
  const sample = name as 'took' | 'detail' | 'age';
  const unit =
    aggregate === 'count' ? 'count' : aggregate === 'rate' ? 'per second' : sample === 'detail' ? 'count' : 'us';
  return {
    kind: 'samples',
    sample,
    aggregate,
    unit,
    selector: identified({ ...selector, ...samplesOf(sample, selector) }),
  };
}

/** What makes a row a sample: its caller has an outcome; of ages, it is a stale answer to a client. */
function samplesOf(sample: 'took' | 'detail' | 'age', { op }: RowSelector): Partial<RowSelector> {
  if (sample !== 'age') return { settled: true };
  const reads = OP['request.read'];
  return { settled: true, answered: true, stale: true, op: op === undefined || op.includes(reads) ? [reads] : [] };
}

function needsAggregate(name: string, { offset, length }: Aggregation): Unreadable {
  const message = `${name} is many samples: say which figure, like p99(${name}), avg(${name}) or max(${name})`;
  return new Unreadable(message, offset, length, `p99(${name})`);
}

const fitting: Record<string, string> = {
  counter: 'sum, count, rate, max, min, avg, first or last',
  rate: 'avg, max, min, first, last or count',
  share: 'avg, max, min, first, last or count',
  duration: 'avg, max, min, first, last or count',
  level: 'avg, max, min, first or last',
  maximum: 'max, min, avg, first or last',
  peak: 'no other figure than max',
};

function unfitting(aggregate: string, name: string, kind: string, { offset, length }: Aggregation): Unreadable {
  return new Unreadable(`${aggregate} is no figure of ${name}; use ${fitting[kind]}`, offset, length);
}
