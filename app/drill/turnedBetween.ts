import { type Scenario, settingValue } from '../../src/index.ts';
import type { SettingsPatch } from '../../src/drills.ts';
import { formatSetting, readSetting, settingInfo } from '../../src/reading.ts';

/**
 * What has to be turned so that a run with some settings goes on with others: each as written, also those that go back to
 * what the system has of itself. What is fixed at the start of a run is left out.
 * @param paths what may be turned at all.
 */
export function turnedBetween(
  scenario: Scenario,
  paths: readonly string[],
  before: SettingsPatch,
  after: SettingsPatch,
): SettingsPatch {
  const turned: Record<string, string | number | boolean> = {};
  for (const path of paths) {
    const own = settingValue(scenario, path);
    if (own === undefined || settingInfo(path)?.live === false) continue;
    const wanted = valueIn(after, path) ?? own;
    if (wanted === (valueIn(before, path) ?? own)) continue;
    turned[path] = Object.hasOwn(after, path) ? after[path] : typeof own === 'number' ? formatSetting(path, own) : own;
  }
  return turned;
}

function valueIn(set: SettingsPatch, path: string): number | string | boolean | undefined {
  if (!Object.hasOwn(set, path)) return undefined;
  const read = readSetting(path, set[path]);
  return 'value' in read ? read.value : undefined;
}
