import type { Action } from '../../src/index.ts';
import type { Stage } from '../stage/Stage.ts';

/** Plays a figure from its beginning with its controls as they stand now: what was turned on the way holds from the start. */
export function restart(stage: Stage): void {
  const { patch, seed, compare, actions, scenarios } = stage.store.getState();
  // From the beginning a fork is cheap: it has nothing to catch up with.
  stage.seek(scenarios[0]?.view.at ?? 0);
  stage.reset();
  const kept = fromTheStart(actions);
  const now = stage.store.getState();
  const isSame = now.patch === patch && now.seed === seed && now.compare === compare;
  if (kept.length > 0 || !isSame) stage.setMoment({ patch, seed, compare, actions: kept });
}

/** The last turn of each control, at the beginning of the run. What was done to the world besides is not done again. */
export function fromTheStart(actions: readonly Action[]): Action[] {
  const last = new Map<string, Action>();
  for (const action of actions) if (action.do === 'set') last.set(action.path, { ...action, at: 0 });
  return [...last.values()];
}
