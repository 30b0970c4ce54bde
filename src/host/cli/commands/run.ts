import { metricCatalogue } from '../../../metrics/catalogue.ts';
import type { Scenario } from '../../../scenario/schema.ts';
import { invalid } from '../exit.ts';
import { displayFigure, displayTime, figureEntries, isEmpty } from '../figures.ts';
import type { NamedRow } from '../namedRow.ts';
import { rowsOfRequest } from '../requestRows.ts';
import { type Findings, runScenario } from '../runScenario.ts';
import { readActionsFile, readSource, readUntil, readWhole, type RunOptions, withSettings } from '../scenarioSource.ts';
import { SpanFile } from '../SpanFile.ts';
import { formatTable } from '../table.ts';
import { drawWaterfall } from '../waterfall.ts';

/** Options of `run`, as written. */
export interface RunCommandOptions extends RunOptions {
  request?: string;
  spans?: string;
  json?: boolean;
}

/** Runs a scenario and says what came out. */
export async function runCommand(name: string, options: RunCommandOptions): Promise<string> {
  const { scenario } = withSettings(readSource(name), '--set', options.set ?? [], options.seed);
  const untilUs = readUntil(options.until, scenario);
  const actions = readActionsFile(options.actions, scenario);
  const request = options.request === undefined ? undefined : readWhole('--request', options.request, 1);
  const spans = options.spans === undefined ? undefined : new SpanFile(options.spans);
  let findings: Findings;
  try {
    findings = await runScenario(scenario, actions, untilUs, spans?.write);
  } finally {
    spans?.close();
  }
  if (request !== undefined && request > findings.requests) {
    throw invalid('--request', `found ${request}, expected a request from 1 to ${findings.requests}`);
  }
  const rows = request === undefined ? [] : await rowsOfRequest(scenario, actions, untilUs, request);
  if (options.json) return JSON.stringify(request === undefined ? findings : { ...findings, request: rows }, null, 2);
  return request === undefined
    ? findingsText(scenario, findings)
    : `${headline(scenario, findings)}\n\n${waterfallText(rows)}`;
}

function waterfallText(rows: readonly NamedRow[]): string {
  return drawWaterfall(rows, Math.max(30, Math.min(100, (process.stdout.columns ?? 140) - 80)));
}

function headline(scenario: Scenario, { seed, untilUs, hash, requests, engine }: Findings): string {
  const facts = [
    `seed ${seed}`,
    displayTime(untilUs),
    `${displayFigure(requests, 'count')} requests`,
    `engine ${engine}`,
    `hash ${hash}`,
  ];
  return `${scenario.title}\n${facts.join(' · ')}`;
}

/** What came out of a run, for people. */
export function findingsText(scenario: Scenario, findings: Findings): string {
  const rows: string[][] = [];
  const latencies: string[][] = [];
  let latencyHead: string[] = [];
  for (const { id, kind, unit } of metricCatalogue(scenario)) {
    const figures = findings.metrics[id];
    if (figures === undefined || isEmpty(figures)) continue;
    const entries = figureEntries(figures);
    if (kind === 'latency') {
      latencyHead = ['latency', ...entries.map(([name]) => name)];
      latencies.push([id, ...entries.map(([name, value]) => displayFigure(value, name === 'count' ? 'count' : unit))]);
    } else {
      const [[name, value], ...more] = entries;
      const said = more.map(([other, figure]) => `${other} ${displayFigure(figure, unit)}`);
      rows.push([id, displayFigure(value, unit), [name, ...said].filter((text) => text !== '').join(', ')]);
    }
  }
  return [
    headline(scenario, findings),
    '',
    ...(latencies.length === 0
      ? []
      : [formatTable(latencyHead, latencies, ['l', ...latencyHead.slice(1).map(() => 'r' as const)]), '']),
    formatTable(['metric', 'value', ''], rows, ['l', 'r', 'l']),
    '',
    'Metrics at zero are left out; --json has them all, `hotpath metrics` says what they mean.',
  ].join('\n');
}
