import type { Action, Scenario } from '../../../src/index.ts';
import { type Expected, expectedOf } from '../../../src/reading.ts';
import type { ChartId } from '../../views/charts/definitions.ts';
import type { ChartTheory } from '../../views/charts/model.ts';

/** The scenario with the acts upon its settings up to a moment in force. */
export function scenarioAt(scenario: Scenario, actions: readonly Action[], atUs: number): Scenario {
  const turned = [...scenario.faults, ...actions].filter((action) => action.do === 'set' && action.at <= atUs);
  if (turned.length === 0) return scenario;
  const copy = structuredClone(scenario);
  for (const action of turned) {
    if (action.do !== 'set') continue;
    const parts = action.path.split('.');
    let place = copy as unknown as Record<string, unknown>;
    for (const part of parts.slice(0, -1)) place = place[part] as Record<string, unknown>;
    place[parts[parts.length - 1]] = action.value;
  }
  return copy;
}

/** Closed forms for the settings in force at a moment. */
export function theoryAt(scenario: Scenario, actions: readonly Action[], atUs: number): Expected {
  return expectedOf(scenarioAt(scenario, actions, atUs));
}

/** What theory expects of each chart. */
export function chartTheory(
  scenario: Scenario,
  actions: readonly Action[],
  atUs: number,
): Partial<Record<ChartId, ChartTheory | null>> {
  const expected = theoryAt(scenario, actions, atUs);
  const form = (value: number | undefined) =>
    value === undefined || !Number.isFinite(value) ? null : { label: 'theory', value };
  return {
    'hit-ratio': form(expected.hitRatio?.value),
    'database-rate': form(expected.databaseRate?.value),
    'database-queue': form(expected.databaseQueue?.value),
  };
}
