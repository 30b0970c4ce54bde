import { contradictionProblems, settingInfo } from '../../../src/reading.ts';
import type { Scenario } from '../../../src/index.ts';
import { settingNow } from '../settingNow.ts';
import type { StageState } from '../StageState.ts';

/** What in a lane contradicts itself at a moment, knobs turned until then included: one sentence each. */
export function contradictionsNow(state: StageState, lane: number, atUs: number): string[] {
  const scenario = state.scenarios[lane];
  if (scenario === undefined) return [];
  const now = structuredClone(scenario);
  const turned = [...scenario.faults, ...state.actions].filter((act) => act.do === 'set' && act.at <= atUs);
  for (const { path } of turned as { path: string }[]) put(now, path, settingNow(state, lane, path, atUs));
  return contradictionProblems(now, {}).map(({ path, message }) => sentence(path, message));
}

function put(scenario: Scenario, path: string, value: unknown): void {
  const names = path.split('.');
  const last = names.pop() as string;
  const place = names.reduce<unknown>(
    (at, name) => (typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[name] : undefined),
    scenario,
  );
  if (typeof place === 'object' && place !== null) (place as Record<string, unknown>)[last] = value;
}

/** `found …, expected …` as something said to a person who has just turned a knob. */
function sentence(path: string | undefined, message: string): string {
  const said = message.replace(/^found /, '').replace(/[,;] expected /, '. Better: ');
  const title = path === undefined ? undefined : settingInfo(path)?.title;
  return `${title === undefined ? '' : `${title}: `}${said}.`;
}
