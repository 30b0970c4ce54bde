import type { Action, Scenario } from '../../../src/index.ts';

/** Nodes that are crashed at a moment, by id, from the acts. */
export function nodesDown(run: { scenario: Scenario; actions: readonly Action[] }, atUs: number): Set<string> {
  const acts = [...run.scenario.faults, ...run.actions].filter(({ at }) => at <= atUs).sort((a, b) => a.at - b.at);
  const down = new Map<string, number>();
  for (const act of acts) {
    if (act.do === 'kill') down.set(act.node, act.for === undefined ? Number.POSITIVE_INFINITY : act.at + act.for);
    if (act.do === 'restart') down.delete(act.node);
  }
  return new Set([...down].filter(([, until]) => until > atUs).map(([node]) => node));
}
