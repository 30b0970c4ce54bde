import { settingValue } from '../../src/index.ts';
import type { StageState } from './StageState.ts';

/** The canonical value of a setting in a lane at a moment: the scenario's own, and the acts upon it up to then. */
export function settingNow(
  state: StageState,
  lane: number,
  path: string,
  atUs: number,
): number | string | boolean | undefined {
  const scenario = state.scenarios[lane];
  if (scenario === undefined) return undefined;
  let value = settingValue(scenario, path);
  if (lane === 1 && state.compare !== null && Object.hasOwn(state.compare, path)) return value;
  for (const action of [...scenario.faults, ...state.actions]) {
    if (action.do !== 'set' || action.path !== path || action.at > atUs) continue;
    value = action.value;
  }
  return value;
}
