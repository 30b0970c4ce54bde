import { displaySetting, readSetting, settingInfo } from '../../../src/reading.ts';
import { choiceTitle } from '../../stage/knobTitles.ts';
import type { StageState } from '../../stage/StageState.ts';

/** What stands over a lane: its letter and its name. */
export function laneTitle(state: StageState, lane: number): string {
  const letter = lane === 0 ? 'A' : 'B';
  const name = laneName(state, lane);
  if (name !== '') return `${letter} · ${name}`;
  return lane === 1 ? 'B · change a control to set it apart' : letter;
}

/** What a lane is called: its own title if the scenario gives one, else what sets it apart; empty where nothing does. */
export function laneName(state: StageState, lane: number): string {
  const given = state.scenarios[0]?.view.compareTitles?.[lane];
  const asGiven =
    state.compare !== null && JSON.stringify(state.compare) === JSON.stringify(state.input.view?.compare ?? null);
  if (given !== undefined && asGiven) return given;
  if (lane === 0 || state.compare === null) return '';
  const changes = Object.entries(state.compare).map(([path, written]) => {
    const read = readSetting(path, written);
    const shown = 'value' in read ? displaySetting(path, read.value) : String(written);
    return `${(settingInfo(path)?.title ?? path).toLowerCase()} ${settingInfo(path)?.kind === 'choice' ? choiceTitle(shown, path) : shown}`;
  });
  return changes.join(', ');
}
