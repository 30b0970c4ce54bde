import { metricCatalogue, metricFamilies, type MetricFamily } from '../../../metrics/catalogue.ts';
import { readScenario } from '../../../scenario/readScenario.ts';
import { formatTable } from '../table.ts';

/** Lists every metric there is. */
export function metricsCommand({ json }: { json?: boolean }): string {
  const families = allFamilies();
  if (json) return JSON.stringify(families, null, 2);
  const rows = families.map(({ name, labels, unit, kind, meaning }) => [name, labelsText(labels), unit, kind, meaning]);
  return formatTable(['name', 'labels', 'unit', 'kind', 'meaning'], rows);
}

function allFamilies(): MetricFamily[] {
  const read = readScenario({
    scenario: 1,
    id: 'metrics',
    title: 'Metrics',
    traffic: { readers: {} },
    app: { servers: 1 },
  });
  return 'problems' in read ? [] : metricFamilies(metricCatalogue(read.scenario));
}

function labelsText(labels: Record<string, string[]>): string {
  return Object.entries(labels)
    .map(([label, values]) => (values.length > 3 ? `${label}=${values[0]}|…` : `${label}=${values.join('|')}`))
    .join(' ');
}
