import { metricCatalogue } from '../../../metrics/catalogue.ts';
import type { MetricFigures } from '../../../metrics/report.ts';
import type { Action } from '../../../scenario/schema.ts';
import { invalid } from '../exit.ts';
import { displayFigure, figureEntries, isEmpty } from '../figures.ts';
import { RequestPrints } from '../firstDifference.ts';
import type { NamedRow } from '../namedRow.ts';
import { rowsOfRequest } from '../requestRows.ts';
import { type Findings, runScenario } from '../runScenario.ts';
import {
  readActionsFile,
  readSource,
  readUntil,
  type RunOptions,
  type Source,
  withSettings,
} from '../scenarioSource.ts';
import { formatTable } from '../table.ts';
import { drawWaterfall } from '../waterfall.ts';

/** Options of `compare`, as written. */
export interface CompareOptions extends RunOptions {
  a?: string[];
  b?: string[];
  json?: boolean;
}

/** B divided by A, figure by figure; null where A is nothing. */
type Ratio = number | null | Record<string, number | null>;

interface World {
  settings: string[];
  source: Source;
  findings: Findings;
  prints: RequestPrints;
}

/** Runs a scenario twice, with other settings, on the same arrivals, and holds the two against each other. */
export async function compareCommand(name: string, options: CompareOptions): Promise<string> {
  const source = withSettings(readSource(name), '--set', options.set ?? [], options.seed);
  const [a, b] = settingsOf(source, options);
  const sourceA = withSettings(source, '--a', a);
  const sourceB = withSettings(source, '--b', b);
  const untilUs = Math.min(readUntil(options.until, sourceA.scenario), readUntil(options.until, sourceB.scenario));
  const actions = readActionsFile(options.actions, sourceA.scenario);
  // Both worlds must be able to carry them out; the settings may have taken a server away.
  readActionsFile(options.actions, sourceB.scenario);
  const worldA = await runWorld(sourceA, a, actions, untilUs);
  const worldB = await runWorld(sourceB, b, actions, untilUs);
  const request = worldA.prints.firstDifference(worldB.prints);
  const rows = async ({ source: { scenario } }: World) =>
    request === 0 ? [] : rowsOfRequest(scenario, actions, untilUs, request);
  const [rowsA, rowsB] = [await rows(worldA), await rows(worldB)];
  return options.json
    ? JSON.stringify(comparison(worldA, worldB, request, rowsA, rowsB), null, 2)
    : comparisonText(worldA, worldB, request, rowsA, rowsB);
}

/** The settings of both worlds; without any, those that the scenario itself puts side by side. */
function settingsOf({ scenario }: Source, options: CompareOptions): [string[], string[]] {
  if (options.a !== undefined || options.b !== undefined) return [options.a ?? [], options.b ?? []];
  const own = Object.entries(scenario.view.compare ?? {});
  if (own.length === 0)
    throw invalid('--b', 'found nothing to compare, expected --a or --b with PATH=VALUE, like --b cache.ttl=30s');
  return [[], own.map(([path, value]) => `${path}=${value}`)];
}

async function runWorld(
  source: Source,
  settings: string[],
  actions: readonly Action[],
  untilUs: number,
): Promise<World> {
  const prints = new RequestPrints();
  const findings = await runScenario(source.scenario, actions, untilUs, (rows) => prints.add(rows));
  return { settings, source, findings, prints };
}

function comparison(a: World, b: World, request: number, rowsA: NamedRow[], rowsB: NamedRow[]) {
  const { engine, scenario, seed, untilUs } = a.findings;
  const ids = Object.keys({ ...a.findings.metrics, ...b.findings.metrics });
  const side = ({ settings, findings }: World) => ({ settings, hash: findings.hash, requests: findings.requests });
  return {
    engine,
    scenario,
    seed,
    untilUs,
    a: side(a),
    b: side(b),
    metrics: Object.fromEntries(
      ids.map((id) => [id, sideBySide(a.findings.metrics[id] ?? null, b.findings.metrics[id] ?? null)]),
    ),
    firstDifference: request === 0 ? null : { request, a: rowsA, b: rowsB },
  };
}

function sideBySide(a: MetricFigures, b: MetricFigures): { a: MetricFigures; b: MetricFigures; ratio: Ratio } {
  const before = new Map(figureEntries(a));
  const ratios = figureEntries(b).map(([name, value]): [string, number | null] => [
    name,
    divided(value, before.get(name) ?? null),
  ]);
  return { a, b, ratio: ratios.length === 1 && ratios[0][0] === '' ? ratios[0][1] : Object.fromEntries(ratios) };
}

function divided(value: number | null, by: number | null): number | null {
  return value === null || by === null || by === 0 ? null : value / by;
}

function comparisonText(a: World, b: World, request: number, rowsA: NamedRow[], rowsB: NamedRow[]): string {
  const rows: string[][] = [];
  for (const { id, unit } of metricCatalogue(b.source.scenario)) {
    const [figuresA, figuresB] = [a.findings.metrics[id] ?? null, b.findings.metrics[id] ?? null];
    if (isEmpty(figuresA) && isEmpty(figuresB)) continue;
    const before = new Map(figureEntries(figuresA));
    for (const [name, value] of figureEntries(figuresB)) {
      const other = before.get(name) ?? null;
      const ratio = divided(value, other);
      const shown = name === 'count' ? 'count' : unit;
      rows.push([
        `${id} ${name}`,
        displayFigure(other, shown),
        displayFigure(value, shown),
        ratio === null ? '–' : ratio.toPrecision(3),
      ]);
    }
  }
  const { seed, requests } = a.findings;
  return [
    a.source.scenario.title,
    `A: ${a.settings.join(' ') || 'as it is'} · B: ${b.settings.join(' ') || 'as it is'} · seed ${seed}`,
    requests === b.findings.requests
      ? `${requests} requests in both`
      : `${requests} requests in A, ${b.findings.requests} in B: the settings change the arrivals`,
    '',
    formatTable(['metric', 'A', 'B', 'B/A'], rows, ['l', 'r', 'r', 'r']),
    '',
    ...(request === 0
      ? ['No request lived otherwise in B than in A.']
      : [`The worlds first differ in request ${request}.`, '', ...bothWaterfalls(rowsA, rowsB)]),
  ].join('\n');
}

function bothWaterfalls(rowsA: readonly NamedRow[], rowsB: readonly NamedRow[]): string[] {
  const drawn = (name: string, rows: readonly NamedRow[]) =>
    rows.length === 0 ? `${name}: no such request` : `${name}: ${drawWaterfall(rows, 40)}`;
  return [drawn('A', rowsA), '', drawn('B', rowsB)];
}
