import { missingIds } from '../workload/KeySource.ts';
import { contradictionProblems } from './contradictions.ts';
import { displayQuantity } from './displayQuantity.ts';
import { nearestName, type Problem, problemAt, problemLimit, type ReadOptions } from './problems.ts';
import type { Action, Scenario, ScenarioInput } from './schema.ts';
import { getSetting, nearestSetting, readSetting, settingInfo } from './settings.ts';

/** What is well formed and still cannot be: settings, nodes and keys that this scenario does not have. */
export function meaningProblems(scenario: Scenario, input: ScenarioInput, options: ReadOptions): Problem[] {
  return [
    ...trafficProblems(scenario, options),
    ...clockProblems(scenario, options),
    ...contradictionProblems(scenario, options),
    ...knobProblems(scenario, input.view?.knobs ?? [], options),
    ...compareProblems(scenario, options),
    ...actionProblems(scenario.faults, ['faults'], scenario, options),
  ].slice(0, problemLimit);
}

/** Acts that this scenario cannot carry out; `at` is where the list stands in the document. */
export function actionProblems(
  actions: readonly Action[],
  at: readonly PropertyKey[],
  scenario: Scenario,
  options: ReadOptions,
): Problem[] {
  // Keys are numbered from 0 over all traffic.
  const keyCount = Object.values(scenario.traffic).reduce((most, workload) => Math.max(most, workload.count), 0);
  const problems: Problem[] = [];
  for (const [index, action] of actions.entries()) {
    problems.push(...oneActionProblems(action, [...at, index], keyCount, scenario, options));
    if (problems.length >= problemLimit) break;
  }
  return problems;
}

function oneActionProblems(
  action: Action,
  at: readonly PropertyKey[],
  keyCount: number,
  scenario: Scenario,
  options: ReadOptions,
): Problem[] {
  const say: Say = (field, message, nearest) => [problemAt(options, [...at, field], 'value', message, nearest)];
  switch (action.do) {
    case 'set':
      return setProblems(action, at, scenario, options);
    case 'expire':
      if (action.key >= keyCount)
        return say('key', `found key ${action.key}, expected 0 to ${keyCount - 1}: the traffic knows ${keyCount} keys`);
      return nodeProblems(action.node, cacheNodes(scenario), say);
    case 'flush':
      return nodeProblems(action.node, cacheNodes(scenario), say);
    case 'kill':
    case 'restart':
    case 'slow':
      return nodeProblems(action.node, workingNodes(scenario), say);
    case 'deafen':
      return nodeProblems(action.node, numbered('app', scenario.app.servers), say);
    case 'warm':
      if (action.keys <= keyCount) return [];
      return say('keys', `found ${action.keys} keys, expected at most ${keyCount}: more rows there are not`);
    case 'ask':
      if (action.key >= keyCount + missingIds) {
        const last = keyCount + missingIds - 1;
        const message = `found key ${action.key}, expected 0 to ${last}: rows end at ${keyCount - 1}, ids without a row at ${last}`;
        return say('key', message);
      }
      return trafficNameProblems(action.traffic, scenario, say);
    case 'ramp':
    case 'burst':
      return trafficNameProblems(action.traffic, scenario, say);
    default:
      return [];
  }
}

function trafficNameProblems(name: string | undefined, scenario: Scenario, say: Say): Problem[] {
  const names = Object.keys(scenario.traffic);
  if (name === undefined || names.includes(name)) return [];
  const message = `found no traffic named "${name}", expected ${oneOf(names)}`;
  return say('traffic', message, nearestName(name, names));
}

type Say = (field: string, message: string, nearest?: string) => Problem[];

function nodeProblems(node: string | undefined, nodes: string[], say: Say): Problem[] {
  if (node === undefined || nodes.includes(node)) return [];
  return say('node', `found no node "${node}" in this scenario, expected ${oneOf(nodes)}`, nearestName(node, nodes));
}

/** Nodes that do work and can therefore stop, start again or slow down. */
function workingNodes(scenario: Scenario): string[] {
  const { app, database, invalidation } = scenario;
  const feed = invalidation.feed === 'none' ? [] : ['feed'];
  return ['redis', 'database', ...numbered('app', app.servers), ...numbered('replica', database.replicas), ...feed];
}

/** Nodes that hold entries; the caches inside the servers may be switched on later. */
function cacheNodes(scenario: Scenario): string[] {
  return ['redis', ...numbered('local', scenario.app.servers)];
}

function numbered(name: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${name}${index + 1}`);
}

function setProblems(
  action: Extract<Action, { do: 'set' }>,
  at: readonly PropertyKey[],
  scenario: Scenario,
  options: ReadOptions,
): Problem[] {
  const missing = pathProblem(action.path, [...at, 'path'], scenario, options);
  if (missing !== undefined) return [missing];
  if (settingInfo(action.path)?.live === false) {
    const message = `found ${action.path}, expected a setting that can change during a run; this one is fixed at the start`;
    return [problemAt(options, [...at, 'path'], 'value', message)];
  }
  const read = readSetting(action.path, action.value);
  if ('value' in read) return [];
  const message = `${read.problem.message} (${action.path})`;
  return [problemAt(options, [...at, 'value'], 'value', message, read.problem.nearest)];
}

function pathProblem(
  path: string,
  at: readonly PropertyKey[],
  scenario: Scenario,
  options: ReadOptions,
  on: 'key' | 'value' = 'value',
): Problem | undefined {
  if (getSetting(scenario, path) !== undefined) return undefined;
  const message = `found no setting "${path}" in this scenario, expected one like cache.ttl`;
  return problemAt(options, at, on, message, nearestSetting(path, scenario));
}

function trafficProblems(scenario: Scenario, options: ReadOptions): Problem[] {
  const workloads = Object.entries(scenario.traffic);
  if (workloads.length === 0) {
    const message = 'found no traffic, expected at least one named workload, like readers: {}';
    return [problemAt(options, ['traffic'], 'value', message)];
  }
  return workloads
    .filter(([, workload]) => workload.until < workload.from)
    .map(([name, workload]) => {
      const from = displayQuantity('duration', workload.from);
      const until = displayQuantity('duration', workload.until);
      const message = `found an end at ${until}, before the start at ${from}; expected a later time, or none`;
      return problemAt(options, ['traffic', name, 'until'], 'value', message);
    });
}

function clockProblems(scenario: Scenario, options: ReadOptions): Problem[] {
  if (scenario.clock === undefined) return [];
  const [hours, minutes, seconds] = scenario.clock.split(':').map(Number);
  if (hours < 24 && minutes < 60 && seconds < 60) return [];
  return [
    problemAt(options, ['clock'], 'value', `found ${scenario.clock}, expected a time of day from 00:00:00 to 23:59:59`),
  ];
}

function knobProblems(scenario: Scenario, knobs: readonly string[], options: ReadOptions): Problem[] {
  return knobs.flatMap((path, index) => pathProblem(path, ['view', 'knobs', index], scenario, options) ?? []);
}

function compareProblems(scenario: Scenario, options: ReadOptions): Problem[] {
  const problems: Problem[] = [];
  for (const [path, written] of Object.entries(scenario.view.compare ?? {})) {
    const at = ['view', 'compare', path];
    const missing = pathProblem(path, at, scenario, options, 'key');
    if (missing !== undefined) problems.push(missing);
    else {
      const read = readSetting(path, written);
      if ('problem' in read) problems.push(problemAt(options, at, 'value', read.problem.message, read.problem.nearest));
    }
    if (problems.length >= problemLimit) break;
  }
  return problems;
}

function oneOf(names: string[]): string {
  const shown = names.length > 12 ? [...names.slice(0, 12), '…'] : names;
  return names.length === 1 ? names[0] : `one of ${shown.join(', ')}`;
}
