import type { Action, Scenario, ScenarioInput } from '../../src/index.ts';
import type { Patch } from './StageState.ts';

/** How a stage begins. */
export interface StageOptions {
  input: ScenarioInput;
  /** The input as read, where it has been read already and nothing is changed in it. */
  scenario?: Scenario;
  patch?: Patch;
  seed?: number;
  /** A figure of its own: starting again goes back to its patch and seed, where a stage goes back to the library. */
  isFigure?: boolean;
  actions?: readonly Action[];
  atUs?: number;
  playing?: boolean;
  speed?: number;
  compare?: Patch | null;
  request?: number;
  /** The lane of that request. */
  requestLane?: 0 | 1;
  editing?: 0 | 1;
  tab?: string;
}
