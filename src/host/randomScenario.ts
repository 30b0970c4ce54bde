import { canonicalActions } from '../scenario/canonicalActions.ts';
import { type Action, type Scenario, scenarioSchema, type ScenarioInput } from '../scenario/schema.ts';
import { listSettings, type SettingInfo, type SettingValue } from '../scenario/settings.ts';
import { Dice, type Limits, us } from './Dice.ts';
import { plainValue } from './plainValue.ts';
import { randomAct } from './randomAct.ts';
import { drawFeatures, featureOf, featureValue } from './randomFeatures.ts';

/** A run to try: a scenario, and acts upon it that are not part of it, in order of time. */
export interface RandomRun {
  scenario: Scenario;
  actions: Action[];
}

/** Expected requests of one run; a run then takes about a millisecond. */
const requestBudget = 120;

/**
 * A valid scenario drawn over the whole schema, with a liking for edges: 0, 1, the bounds, equal values, one more and one
 * less. Short enough to be run by the thousand; the same (seed, number) is always the same run.
 */
export function randomScenario(seed: number, number: number): RandomRun {
  const dice = new Dice(seed, number);
  const features = drawFeatures(dice);
  // Features need some time and some requests to show what they do.
  const isPlain = features.size === 0;
  const durationUs = dice.pick([...(isPlain ? [10_000, 50_000] : []), 200_000, 1_000_000, 3_000_000]);
  const input = {
    scenario: 1,
    id: 'fuzz',
    title: 'Fuzz',
    seed: dice.between(0, 1000),
    duration: us(durationUs),
    window: windowWidth(dice, durationUs),
  } as ScenarioInput;
  input.traffic = traffic(dice, durationUs, isPlain);
  const keyCounts = Object.values(input.traffic).map((workload) => Number(workload?.count));
  const keyCount = Math.max(...keyCounts);
  const limits: Limits = { durationUs, keyCount, mild: dice.chance(isPlain ? 0.6 : 0.8), features };
  for (const setting of listSettings({ traffic: input.traffic })) {
    const value = startValue(dice, setting, limits);
    if (value !== undefined) put(input, setting.path, value);
  }
  const scenario = scenarioSchema.parse(input);
  const acts = canonicalActions(
    Array.from({ length: dice.pick([0, 0, 0, 1, 2, 3, 6]) }, () => randomAct(dice, scenario, limits)),
  );
  const split = dice.pick([0, acts.length, acts.length >> 1]);
  return {
    scenario: { ...scenario, faults: acts.slice(0, split) },
    actions: acts.slice(split).sort((a, b) => a.at - b.at),
  };
}

function windowWidth(dice: Dice, durationUs: number): string {
  return us(Math.max(10_000, dice.pick([durationUs, durationUs / 10, durationUs / 7, durationUs + 1, 10_000])));
}

function traffic(dice: Dice, durationUs: number, isPlain: boolean): ScenarioInput['traffic'] {
  const names = dice.pick([['readers'], ['readers'], ['a', 'b'], ['users', 'readers', 'crawler']]);
  return Object.fromEntries(
    names.map((name) => [name, workload(dice, durationUs, requestBudget / names.length, isPlain)]),
  );
}

function workload(
  dice: Dice,
  durationUs: number,
  budget: number,
  isPlain: boolean,
): NonNullable<ScenarioInput['traffic'][string]> {
  const arrivals = dice.pick(['poisson', 'poisson', 'constant', 'bursty', 'closed'] as const);
  const wanted = dice.pick(isPlain ? [0, 1, 2, budget / 4, budget, budget * 2] : [budget / 4, budget]);
  const users = dice.pick([1, 1, 2, 7, 40]);
  // A user takes at least its think time a request; so many of them ask about `budget` times.
  const thinkUs = Math.max(dice.pick([0, 1, 1000]), (users * durationUs) / Math.max(1, budget));
  return {
    arrivals,
    rate: `${Math.min(200_000, (wanted * 1e6) / durationUs).toFixed(6)}/s`,
    burstFactor: dice.pick([1, 1, 2, 5]),
    burstOn: us(Math.max(1000, dice.pick([1000, durationUs / 10]))),
    burstOff: us(Math.max(1000, dice.pick([1000, durationUs / 5, durationUs * 10]))),
    users,
    think: us(thinkUs),
    keys: dice.pick(['zipf', 'uniform', 'hot', 'scan', 'shifting'] as const),
    count: dice.pick(isPlain ? [1, 1, 2, 3, 5, 5, 20, 20, 100, 1000] : [1, 2, 3, 5, 5, 20, 100]),
    exponent: dice.pick([0, 0.5, 0.99, 1, 1.2, 3]),
    hotShare: dice.pick([0, 0.5, 0.9, 1]),
    shiftEvery: us(Math.max(10_000, durationUs / 5)),
    shiftBy: dice.pick([0, 1, 100, 1_000_000]),
    missing: dice.pick([0, 0, 0, 0, 0, 0.1, 0.1, 1]),
    writes: dice.pick([0, 0, 0.1, 0.1, 0.3, 0.3, 0.5, 1]),
    from: us(dice.pick([0, 0, 0, 1, durationUs / 3])),
    until: dice.chance(isPlain ? 0.5 : 0.8) ? 'none' : us(dice.pick([durationUs * 0.6, durationUs - 1, durationUs, 1])),
  };
}

/** What a scenario begins with; undefined leaves the setting at its default. */
function startValue(dice: Dice, setting: SettingInfo, limits: Limits): SettingValue | undefined {
  const { path } = setting;
  const feature = featureOf(path);
  if (feature === 'read' && !limits.features.has(feature))
    return path === 'pattern.read' ? dice.pick(['cache-aside', 'cache-aside', 'none']) : undefined;
  if (feature === 'write' && !limits.features.has(feature))
    return path === 'pattern.write' ? dice.pick(['cache-aside', 'cache-aside', 'write-around']) : undefined;
  if (feature !== undefined) return limits.features.has(feature) ? featureValue(dice, setting, limits) : undefined;
  // The workloads have been drawn, and the length of the run.
  if (path === 'duration' || path === 'window' || path.startsWith('traffic.')) return undefined;
  // A world that is strange in everything has no use for a feature.
  const isUsual = limits.features.size > 0 && !path.endsWith('.ttl') && dice.chance(0.6);
  return isUsual ? undefined : plainValue(dice, setting, limits);
}

function put(input: object, path: string, value: SettingValue): void {
  const parts = path.split('.');
  const last = parts.pop() as string;
  let here = input as Record<string, Record<string, SettingValue>>;
  for (const part of parts) here = (here[part] ??= {}) as never;
  (here as unknown as Record<string, SettingValue>)[last] = value;
}
