import type { Action, Scenario, ScenarioInput } from '../../src/index.ts';
import type { RunView, Selection } from './RunView.ts';

/** Settings that differ from a scenario's own, by path, as written. */
export type Patch = Record<string, string | number | boolean>;

/** What a person can take back and bring again. */
export interface Moment {
  patch: Patch;
  seed: number | undefined;
  actions: readonly Action[];
  compare: Patch | null;
}

/** Everything that React may read of a stage. The playhead is not in here: it moves every frame. */
export interface StageState extends Moment {
  phase: 'loading' | 'ready' | 'failed';
  /** What went wrong, in words; empty while all is well. */
  problem: string;
  input: ScenarioInput;
  /** The scenarios of the lanes, read and with their patches. */
  scenarios: readonly Scenario[];
  /** The runs shown, one a lane; null until the engine has answered. */
  runs: readonly (RunView | null)[];
  /** Grows a few times a second while data comes in. */
  revision: number;
  playing: boolean;
  /** Virtual seconds a real second. */
  speed: number;
  /** The scripted length has been played. */
  ended: boolean;
  /** Grows each time somebody starts again from the beginning. */
  resets: number;
  /** A run with other settings is being worked out. */
  busy: boolean;
  selection: Selection | null;
  /** Which lane the controls change. */
  editing: 0 | 1;
  /** The tab that lies open beside the stage; empty for the first. */
  tab: string;
  canUndo: boolean;
  canRedo: boolean;
}
