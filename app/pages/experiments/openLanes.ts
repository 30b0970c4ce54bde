import { engineVersion, type Scenario, settingValue } from '../../../src/index.ts';
import { formatSetting, listSettings } from '../../../src/reading.ts';
import type { LibraryExperiment } from '../../content/experiments.ts';
import { encodeLink, type SharedPatch } from '../../share/link.ts';

/** The settings of `other` that are not those of `scenario`, as people write them. */
export function differencesOf(scenario: Scenario, other: Scenario): SharedPatch {
  const patch: SharedPatch = {};
  for (const { path } of listSettings(scenario)) {
    const value = settingValue(other, path);
    if (value === undefined || value === settingValue(scenario, path)) continue;
    patch[path] = typeof value === 'number' ? formatSetting(path, value) : value;
  }
  return patch;
}

/** The address that shows the first two variants of an experiment side by side, at the moment that matters. */
export async function lanesAddress({ variants, atUs, speed }: LibraryExperiment, seed: number): Promise<string> {
  const [a, b] = variants;
  const titles = b === undefined ? {} : { compareTitles: [a.title, b.title] as [string, string] };
  const packed = await encodeLink({
    scenario: a.input.id,
    inline: { ...a.input, view: { ...a.input.view, ...titles } },
    patch: {},
    seed,
    actions: [],
    atUs: Math.round(atUs),
    speed,
    compare: b === undefined ? null : differencesOf(a.scenario, b.scenario),
    engine: engineVersion,
  });
  return `/play/${a.input.id}?s=${packed}`;
}
