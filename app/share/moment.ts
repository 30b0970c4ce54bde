import { type Action, engineVersion } from '../../src/index.ts';
import { formatProblem, formatSetting, readActions, readScenario } from '../../src/reading.ts';
import { loadScenario } from '../content/scenarios.ts';
import type { Stage, StageOptions } from '../stage/Stage.ts';
import { encodeLink, type SharedAction, type SharedMoment } from './link.ts';

/** What a stage shows now, as a link carries it. */
export function sharedMoment(stage: Stage): SharedMoment {
  const state = stage.store.getState();
  return {
    scenario: state.input.id,
    patch: state.patch,
    ...(state.seed === undefined ? {} : { seed: state.seed }),
    actions: state.actions.map(writtenAction),
    atUs: Math.round(stage.playhead.atUs),
    speed: state.speed,
    compare: state.compare,
    ...(state.selection === null ? {} : { request: state.selection.request }),
    ...(state.selection?.lane === 1 ? { requestLane: 1 } : {}),
    ...(state.editing === 1 ? { editing: 1 } : {}),
    ...(state.tab === '' ? {} : { tab: state.tab }),
    engine: engineVersion,
  };
}

/** The address that opens this moment again. */
export async function momentAddress(stage: Stage): Promise<string> {
  const packed = await encodeLink(sharedMoment(stage));
  return `${location.href.split('#')[0]}#/play/${stage.store.getState().input.id}?s=${packed}`;
}

/** Times carry their unit in everything that is written down. */
function writtenAction(action: Action): SharedAction {
  const written: Record<string, unknown> = { ...action, at: `${action.at}us` };
  if ('for' in action && action.for !== undefined) written.for = `${action.for}us`;
  if (action.do === 'set')
    written.value = typeof action.value === 'number' ? formatSetting(action.path, action.value) : action.value;
  return written as SharedAction;
}

/** What a stage needs to show a shared moment, paused; or what is wrong with it. */
export async function stageOptionsOf(moment: SharedMoment): Promise<StageOptions | { problem: string }> {
  const input = moment.inline ?? (await loadScenario(moment.scenario))?.input;
  if (input === undefined)
    return { problem: `The link names a scenario that is not in the library: “${moment.scenario}”.` };
  if (moment.engine !== engineVersion) {
    return {
      problem: `The link was made by version ${moment.engine} of the engine, this is version ${engineVersion}: the same run would come out differently.`,
    };
  }
  const whole = readScenario(input);
  if ('problems' in whole) return { problem: whole.problems.map(formatProblem).join(' ') };
  const read = readActions(moment.actions, whole.scenario);
  if ('problems' in read)
    return {
      problem: `The link carries an act that cannot be done here. ${read.problems.map(formatProblem).join(' ')}`,
    };
  return {
    input,
    patch: moment.patch,
    seed: moment.seed,
    actions: read.actions,
    atUs: moment.atUs,
    playing: false,
    speed: moment.speed,
    compare: moment.compare,
    request: moment.request,
    requestLane: moment.requestLane,
    editing: moment.compare ? moment.editing : undefined,
    tab: moment.tab,
  };
}
