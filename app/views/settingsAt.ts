import { type Action, settingValue } from '../../src/index.ts';
import type { RunView } from '../stage/RunView.ts';

/** Everything that is done to a run, in the order of the `detail` of its fault rows: the scenario's acts, then a person's. */
export function actsOf(run: Pick<RunView, 'scenario' | 'actions'>): readonly Action[] {
  return [...run.scenario.faults, ...run.actions];
}

/** A numeric setting as it stands at `atUs`, knobs turned until then included; NaN where it is no number. */
export function settingAt(run: Pick<RunView, 'scenario' | 'actions'>, path: string, atUs: number): number {
  const value = anySettingAt(run, path, atUs);
  return typeof value === 'number' ? value : Number.NaN;
}

/** A setting of any kind as it stands at `atUs`; undefined where there is none of this name. */
export function anySettingAt(run: Pick<RunView, 'scenario' | 'actions'>, path: string, atUs: number): unknown {
  let value: unknown = settingValue(run.scenario, path);
  let sinceUs = -1;
  for (const act of actsOf(run)) {
    if (act.do !== 'set' || act.path !== path || act.at > atUs || act.at < sinceUs) continue;
    value = act.value;
    sinceUs = act.at;
  }
  return value;
}

/** By how much a node's service times are stretched at `atUs` by `slow` acts; 1 when it runs at its own pace. */
export function slownessAt(run: Pick<RunView, 'scenario' | 'actions'>, node: string, atUs: number): number {
  let factor = 1;
  let sinceUs = -1;
  const apply = (at: number, next: number) => {
    if (at > atUs || at < sinceUs) return;
    factor = next;
    sinceUs = at;
  };
  for (const act of actsOf(run)) {
    if (act.do !== 'slow' || act.node !== node) continue;
    apply(act.at, act.factor);
    if (act.for !== undefined) apply(act.at + act.for, 1);
  }
  return factor;
}
