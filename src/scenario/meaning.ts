import { nearestName, type Problem, problemAt, type ReadOptions } from './problems.ts';
import type { Action, Scenario } from './schema.ts';
import { getSetting, listSettings, nearestSetting, readSetting } from './settings.ts';
import { displayQuantity } from './displayQuantity.ts';

/** What is well formed and still cannot be: settings, nodes and keys that this scenario does not have. */
export function meaningProblems(scenario: Scenario, options: ReadOptions): Problem[] {
  return [
    ...trafficProblems(scenario, options),
    ...clockProblems(scenario, options),
    ...viewProblems(scenario, options),
    ...actionProblems(scenario.faults, ['faults'], scenario, options),
  ];
}

/** Acts that this scenario cannot carry out; `at` is where the list stands in the document. */
export function actionProblems(
  actions: readonly Action[],
  at: readonly PropertyKey[],
  scenario: Scenario,
  options: ReadOptions,
): Problem[] {
  const keyCount = largestKeyCount(actions, scenario);
  return actions.flatMap((action, index) => {
    const say = (field: string, message: string, nearest?: string) => [
      problemAt(options, [...at, index, field], 'value', message, nearest),
    ];
    switch (action.do) {
      case 'set':
        return setProblems(action, [...at, index], scenario, options);
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
      case 'burst': {
        const names = Object.keys(scenario.traffic);
        if (action.traffic === undefined || names.includes(action.traffic)) return [];
        return say('traffic', `found no traffic named "${action.traffic}", expected ${oneOf(names)}`, nearestName(action.traffic, names));
      }
      default:
        return [];
    }
  });
}

type Say = (field: string, message: string, nearest?: string) => Problem[];

function nodeProblems(node: string | undefined, nodes: string[], say: Say): Problem[] {
  if (node === undefined || nodes.includes(node)) return [];
  return say('node', `found no node "${node}" in this scenario, expected ${oneOf(nodes)}`, nearestName(node, nodes));
}

/** Nodes that do work and can therefore stop, start again or slow down. */
function workingNodes(scenario: Scenario): string[] {
  return ['redis', 'database', ...numbered('app', scenario.app.servers)];
}

/** Nodes that hold entries. */
function cacheNodes(scenario: Scenario): string[] {
  return ['redis', ...(scenario.local.enabled ? numbered('local', scenario.app.servers) : [])];
}

function numbered(name: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${name}${index + 1}`);
}

/** Keys are numbered from 0 over all traffic; a `set` may add some while the scenario runs. */
function largestKeyCount(actions: readonly Action[], scenario: Scenario): number {
  let largest = 0;
  for (const workload of Object.values(scenario.traffic)) largest = Math.max(largest, workload.count);
  for (const action of actions) {
    if (action.do !== 'set' || !/^traffic\.[^.]+\.count$/.test(action.path)) continue;
    const read = readSetting(action.path, action.value);
    if ('value' in read) largest = Math.max(largest, Number(read.value));
  }
  return largest;
}

function setProblems(
  action: Extract<Action, { do: 'set' }>,
  at: readonly PropertyKey[],
  scenario: Scenario,
  options: ReadOptions,
): Problem[] {
  const missing = pathProblem(action.path, [...at, 'path'], scenario, options);
  if (missing !== undefined) return [missing];
  const setting = listSettings(scenario).find((candidate) => candidate.path === action.path);
  if (setting?.live === false) {
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
  return [problemAt(options, ['clock'], 'value', `found ${scenario.clock}, expected a time of day from 00:00:00 to 23:59:59`)];
}

function viewProblems(scenario: Scenario, options: ReadOptions): Problem[] {
  const problems: Problem[] = [];
  scenario.view.knobs.forEach((path, index) => {
    const isDefault = options.locate !== undefined && options.locate(['view', 'knobs', index], 'value') === undefined;
    const problem = pathProblem(path, ['view', 'knobs', index], scenario, options);
    if (problem !== undefined && !isDefault) problems.push(problem);
  });
  for (const [path, written] of Object.entries(scenario.view.compare ?? {})) {
    const at = ['view', 'compare', path];
    const missing = pathProblem(path, at, scenario, options, 'key');
    if (missing !== undefined) {
      problems.push(missing);
      continue;
    }
    const read = readSetting(path, written);
    if ('problem' in read) problems.push(problemAt(options, at, 'value', read.problem.message, read.problem.nearest));
  }
  return problems;
}

function oneOf(names: string[]): string {
  return names.length === 1 ? names[0] : `one of ${names.join(', ')}`;
}
