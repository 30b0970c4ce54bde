import { applyPatch, type Patch } from '../scenario/patch.ts';
import { formatProblem } from '../scenario/problems.ts';
import { readActions } from '../scenario/readActions.ts';
import { readScenario } from '../scenario/readScenario.ts';
import type { Action, ActionInput, Scenario } from '../scenario/schema.ts';
import type { Drill } from './Drill.ts';
import type { DrillCommand } from './DrillLog.ts';

/** The untouched run of a drill: its system with all its faults, on a seed (its own unless given). */
export function scenarioOfDrill(drill: Drill, seed: number = drill.seed): Scenario {
  return { ...drill.scenario, seed, faults: drill.faults.map(({ action }) => action) };
}

/**
 * The run of an attempt: settings at 0 µs are in the scenario, whatever comes later is an action.
 * @throws Error, in words, for settings or faults that the system cannot have.
 */
export function scenarioOfAttempt(
  drill: Drill,
  commands: readonly DrillCommand[],
  seed: number = drill.seed,
): { scenario: Scenario; actions: Action[] } {
  const patch: Patch = {};
  const later: ActionInput[] = [];
  for (const command of commands) {
    if ('set' in command && command.us === 0)
      for (const [path, value] of Object.entries(command.set)) patch[path] = value;
    else later.push(...actionsOf(command));
  }
  const read = readScenario(applyPatch(drill.base, patch));
  if ('problems' in read) throw new Error(read.problems.map(formatProblem).join(' · '));
  const acts = readActions(later, read.scenario);
  if ('problems' in acts) throw new Error(acts.problems.map(formatProblem).join(' · '));
  const faults = drill.faults.map(({ action }) => action);
  return { scenario: { ...read.scenario, seed, faults }, actions: acts.actions };
}

/** What a command does to a run that is under way, as written: one action a setting, each at the command's own time. */
export function actionsOf(command: DrillCommand): ActionInput[] {
  const at = `${command.us}us`;
  if ('inject' in command) return [{ ...command.inject, at }];
  return Object.entries(command.set).map(([path, value]) => ({ at, do: 'set' as const, path, value }));
}
