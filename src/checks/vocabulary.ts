import { type Metric, metricCatalogue } from '../metrics/catalogue.ts';
import { type NodeMeta, nodesOf } from '../scenario/nodes.ts';
import type { Scenario } from '../scenario/schema.ts';

/** The names that checks of one run may use; what a run reader and a scenario both have. */
export interface RunVocabulary {
  /** Metrics by name without labels. */
  families: ReadonlyMap<string, readonly Metric[]>;
  nodes: readonly NodeMeta[];
  /** What a key is called: `product` lets `key=product:17` be written. */
  keyName: string;
  /** Wall time at the run's start, HH:MM:SS. */
  clock?: string;
  /** Tiers that the scenario uses; a metric by tier that names none means the only one of these. */
  usedTiers: ReadonlySet<string>;
}

/** The vocabulary of every run of a scenario. */
export function vocabularyOf(
  scenario: Scenario,
  nodes: readonly NodeMeta[] = nodesOf(scenario),
  metrics: readonly Metric[] = metricCatalogue(scenario),
): RunVocabulary {
  const families = new Map<string, Metric[]>();
  for (const metric of metrics) {
    const family = families.get(metric.name);
    if (family === undefined) families.set(metric.name, [metric]);
    else family.push(metric);
  }
  const usedTiers = new Set<string>();
  if (scenario.local.enabled) usedTiers.add('local');
  if (scenario.pattern.read !== 'none') usedTiers.add('redis');
  return {
    families,
    nodes,
    keyName: scenario.keyName,
    usedTiers,
    ...(scenario.clock === undefined ? {} : { clock: scenario.clock }),
  };
}
