import { exp, log } from '../random/math.ts';
import { Stream } from '../random/Stream.ts';
import { canonicalActions } from '../scenario/canonicalActions.ts';
import {
  type Action,
  actionSchema,
  evictionIds,
  type Scenario,
  scenarioSchema,
  type ScenarioInput,
} from '../scenario/schema.ts';
import { formatSetting, listSettings, type SettingInfo, type SettingValue } from '../scenario/settings.ts';

/** A run to try: a scenario, and acts upon it that are not part of it, in order of time. */
export interface RandomRun {
  scenario: Scenario;
  actions: Action[];
}

/** Expected requests of one run; a run then takes about a millisecond. */
const requestBudget = 120;

/** Draws of one scenario: all from one stream, so that (seed, number) names it. */
class Dice {
  private readonly stream: Stream;

  constructor(seed: number, number: number) {
    this.stream = new Stream(seed, `fuzz.${number}`);
  }

  chance(share: number): boolean {
    return this.stream.uniform() < share;
  }

  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number {
    return low + this.stream.below(high - low + 1);
  }

  pick<T>(list: readonly T[]): T {
    return list[this.stream.below(list.length)];
  }

  /** Between two positive numbers, evenly over their logarithms. */
  scale(low: number, high: number): number {
    return low * exp(this.stream.uniform() * log(high / low));
  }
}

/**
 * A valid scenario drawn over the whole schema, with a liking for edges: 0, 1, the bounds, equal values, one more and one
 * less. Short enough to be run by the thousand; the same (seed, number) is always the same run.
 */
export function randomScenario(seed: number, number: number): RandomRun {
  const dice = new Dice(seed, number);
  const durationUs = dice.pick([10_000, 50_000, 200_000, 1_000_000, 3_000_000]);
  const input = {
    scenario: 1,
    id: 'fuzz',
    title: 'Fuzz',
    seed: dice.between(0, 1000),
    duration: us(durationUs),
    window: windowWidth(dice, durationUs),
  } as ScenarioInput;
  input.traffic = traffic(dice, durationUs);
  const keyCounts = Object.values(input.traffic).map((workload) => Number(workload?.count));
  const keyCount = Math.max(...keyCounts);
  const limits: Limits = { durationUs, keyCount, mild: dice.chance(0.6) };
  for (const setting of listSettings({ traffic: {} })) {
    if (setting.path === 'duration' || setting.path === 'window') continue;
    const value = settingValue(dice, setting, limits);
    if (value !== undefined) put(input, setting.path, value);
  }
  const scenario = scenarioSchema.parse(input);
  const acts = canonicalActions(
    Array.from({ length: dice.pick([0, 0, 0, 1, 2, 3, 6]) }, () => act(dice, scenario, limits)),
  );
  const split = dice.pick([0, acts.length, acts.length >> 1]);
  return {
    scenario: { ...scenario, faults: acts.slice(0, split) },
    actions: acts.slice(split).sort((a, b) => a.at - b.at),
  };
}

function us(time: number): string {
  return `${Math.max(0, Math.round(time))}us`;
}

function windowWidth(dice: Dice, durationUs: number): string {
  return us(Math.max(10_000, dice.pick([durationUs, durationUs / 10, durationUs / 7, durationUs + 1, 10_000])));
}

function traffic(dice: Dice, durationUs: number): ScenarioInput['traffic'] {
  const names = dice.pick([['readers'], ['readers'], ['a', 'b'], ['users', 'readers', 'crawler']]);
  return Object.fromEntries(names.map((name) => [name, workload(dice, durationUs, requestBudget / names.length)]));
}

function workload(dice: Dice, durationUs: number, budget: number): NonNullable<ScenarioInput['traffic'][string]> {
  const arrivals = dice.pick(['poisson', 'poisson', 'constant', 'bursty', 'closed'] as const);
  const wanted = dice.pick([0, 1, 2, budget / 4, budget, budget * 2]);
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
    count: dice.pick([1, 1, 2, 3, 5, 5, 20, 20, 100, 1000]),
    exponent: dice.pick([0, 0.5, 0.99, 1, 1.2, 3]),
    hotShare: dice.pick([0, 0.5, 0.9, 1]),
    shiftEvery: us(Math.max(10_000, durationUs / 5)),
    shiftBy: dice.pick([0, 1, 100, 1_000_000]),
    missing: dice.pick([0, 0, 0, 0, 0, 0.1, 0.1, 1]),
    writes: dice.pick([0, 0, 0.1, 0.1, 0.3, 0.3, 0.5, 1]),
    from: us(dice.pick([0, 0, 0, 1, durationUs / 3])),
    until: dice.chance(0.5) ? 'none' : us(dice.pick([durationUs * 0.6, durationUs - 1, durationUs, 1])),
  };
}

interface Limits {
  durationUs: number;
  keyCount: number;
  /** Times are short against the run, so that most requests are answered. */
  mild: boolean;
}

/** What to write for one setting; undefined leaves it at its default. */
function settingValue(dice: Dice, setting: SettingInfo, limits: Limits): SettingValue | undefined {
  const { path, kind, choices, orNone } = setting;
  if (kind === 'flag') return dice.chance(0.4);
  if (kind === 'choice') return dice.pick(choices as readonly string[]);
  if (dice.chance(0.35)) return undefined;
  if (orNone && dice.chance(0.25)) return 'none';
  const [min, max] = [setting.min ?? 0, setting.max ?? 1_000_000];
  if (path === 'app.servers') return dice.pick([1, 1, 1, 2, 3, 5, 32]);
  const edges =
    kind !== 'duration' ? counts(dice, limits) : limits.mild ? mildTimes(dice, path, limits) : wildTimes(dice, limits);
  const value = kind === 'number' ? dice.pick([min, (min + max) / 2, max]) : Math.round(dice.pick(edges));
  return formatSetting(path, Math.min(max, Math.max(min, value)));
}

/** Times and limits against which most requests of a short run succeed. */
function mildTimes(dice: Dice, path: string, { durationUs }: Limits): number[] {
  if (path.endsWith('.timeout')) return [durationUs, durationUs * 2, dice.scale(durationUs / 20, durationUs)];
  if (path.endsWith('.ttl')) return [durationUs * 2, durationUs / 20, dice.scale(1000, durationUs)];
  return [0, 0, 1, dice.scale(1, durationUs / 400), dice.scale(1, durationUs / 100)];
}

/** Times of any length against the run's, edges among them. */
function wildTimes(dice: Dice, { durationUs }: Limits): number[] {
  const short = dice.scale(10, Math.max(20, durationUs / 20));
  return [
    0,
    1,
    1000,
    1000,
    1001,
    2000,
    short,
    short,
    short,
    dice.scale(1000, durationUs),
    durationUs / 10,
    durationUs,
    durationUs + 1,
  ];
}

function counts(dice: Dice, { keyCount, mild }: Limits): number[] {
  const edges = [0, 1, 2, 3, dice.between(1, 40), keyCount - 1, keyCount, keyCount + 1, 10_000, 2_000_000];
  return mild ? [...edges, dice.between(4, 40), 100, 1024, 1024] : edges;
}

function put(input: object, path: string, value: SettingValue): void {
  const parts = path.split('.');
  const last = parts.pop() as string;
  let here = input as Record<string, Record<string, SettingValue>>;
  for (const part of parts) here = (here[part] ??= {}) as never;
  (here as unknown as Record<string, SettingValue>)[last] = value;
}

function act(dice: Dice, scenario: Scenario, limits: Limits): Action {
  const { durationUs, keyCount } = limits;
  const at = us(
    dice.pick([
      0,
      1,
      durationUs / 4,
      durationUs / 2,
      durationUs / 2,
      durationUs - 1,
      durationUs,
      dice.between(0, durationUs),
    ]),
  );
  const forUs = dice.chance(0.3) ? undefined : us(dice.pick([0, 1, durationUs / 10, durationUs / 3, durationUs * 2]));
  const number = dice.between(1, scenario.app.servers);
  const node = dice.pick(['redis', 'database', `app${number}`]);
  const cache = dice.pick([undefined, 'redis', `local${number}`]);
  switch (
    dice.pick(['set', 'set', 'set', 'expire', 'flush', 'kill', 'kill', 'restart', 'slow', 'lose', 'burst'] as const)
  ) {
    case 'set':
      return setAct(dice, scenario, at, limits);
    case 'expire':
      return actionSchema.parse({
        at,
        do: 'expire',
        key: dice.between(0, keyCount - 1),
        ...(cache && { node: cache }),
      });
    case 'flush':
      return actionSchema.parse({ at, do: 'flush', ...(cache && { node: cache }) });
    case 'kill':
      return actionSchema.parse({ at, do: 'kill', node, ...(forUs && { for: forUs }) });
    case 'restart':
      return actionSchema.parse({ at, do: 'restart', node });
    case 'slow':
      return actionSchema.parse({
        at,
        do: 'slow',
        node,
        factor: dice.pick([0.01, 0.5, 1, 3, 100]),
        ...(forUs && { for: forUs }),
      });
    case 'lose': {
      const message = dice.pick(['cache.get', 'cache.set', 'cache.delete', 'database.read', 'database.write'] as const);
      return actionSchema.parse({ at, do: 'lose', message, count: dice.pick([1, 2, 30]) });
    }
    default: {
      const traffic = dice.pick([undefined, ...Object.keys(scenario.traffic)]);
      return actionSchema.parse({
        at,
        do: 'burst',
        factor: dice.pick([0.1, 1, 2, 3]),
        for: forUs ?? us(durationUs),
        ...(traffic && { traffic }),
      });
    }
  }
}

/** A knob turned during the run; the rate and the think time, which decide what a run costs, only downwards. */
function setAct(dice: Dice, scenario: Scenario, at: string, limits: Limits): Action {
  const settings = listSettings(scenario).filter(({ live, path }) => live && !/\.(think|burst\w+)$/.test(path));
  const setting = dice.pick(settings);
  const value = setting.path.endsWith('.rate')
    ? dice.pick(['0/s', '1/s', `${(scenario.traffic[setting.path.split('.')[1]].rate / 2).toFixed(6)}/s`])
    : setting.path.endsWith('.eviction')
      ? dice.pick(evictionIds)
      : settingValue(dice, setting, limits);
  const written = value ?? formatSetting('cache.ttl', 1_000_000);
  const path = value === undefined ? 'cache.ttl' : setting.path;
  return canonicalActions([actionSchema.parse({ at, do: 'set', path, value: written })])[0];
}
