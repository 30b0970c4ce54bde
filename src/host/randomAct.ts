import { canonicalActions } from '../scenario/canonicalActions.ts';
import { type Action, actionSchema, evictionIds, type Scenario } from '../scenario/schema.ts';
import { losable } from '../scenario/actionSchema.ts';
import { formatSetting, listSettings } from '../scenario/settings.ts';
import { type Dice, type Limits, us } from './Dice.ts';
import { plainValue } from './plainValue.ts';
import { featureOf, featureValue } from './randomFeatures.ts';

const plainMessages = ['cache.get', 'cache.set', 'cache.delete', 'database.read', 'database.write'] as const;
const otherMessages = losable.slice(plainMessages.length);
const kinds = [
  'set',
  'set',
  'set',
  'expire',
  'flush',
  'kill',
  'kill',
  'restart',
  'slow',
  'lose',
  'burst',
  'ask',
  'ramp',
] as const;

/** Something done to a running world, at a moment that is often an edge. Without features only what any world knows. */
export function randomAct(dice: Dice, scenario: Scenario, limits: Limits): Action {
  const { durationUs } = limits;
  const quarters = [0, 1, durationUs / 4, durationUs / 2, durationUs / 2, durationUs - 1, durationUs];
  const at = us(dice.pick([...quarters, dice.between(0, durationUs)]));
  const isPlain = limits.features.size === 0;
  // What a write-behind cache has not passed on makes its crash another thing.
  const keepsWrites = scenario.pattern.write === 'write-behind';
  const crashes = keepsWrites ? (['kill', 'kill', 'kill', 'kill', 'kill', 'kill'] as const) : [];
  const kind = dice.pick(isPlain ? kinds : ([...kinds, 'warm', 'deafen', 'lose', ...crashes] as const));
  if (kind === 'set') return setAct(dice, scenario, at, limits);
  const number = dice.between(1, scenario.app.servers);
  const cache = dice.pick([undefined, 'redis', `local${number}`]);
  const onCache = cache === undefined ? {} : { node: cache };
  const forUs = us(dice.pick([0, 1, durationUs / 10, durationUs / 3, durationUs * 2]));
  const traffic = dice.pick([undefined, ...Object.keys(scenario.traffic)]);
  const onTraffic = traffic === undefined ? {} : { traffic };
  switch (kind) {
    case 'expire':
      return actionSchema.parse({ at, do: kind, key: dice.between(0, limits.keyCount - 1), ...onCache });
    case 'flush':
      return actionSchema.parse({ at, do: kind, ...onCache });
    case 'kill':
    case 'restart':
    case 'slow':
      return nodeAct(dice, scenario, { at, do: kind }, dice.chance(0.3) ? undefined : forUs);
    case 'lose': {
      const message = dice.pick<(typeof plainMessages)[number] | (typeof otherMessages)[number]>(
        isPlain ? plainMessages : [...plainMessages, ...otherMessages],
      );
      return actionSchema.parse({ at, do: kind, message, count: dice.pick([1, 2, 30]) });
    }
    case 'ask': {
      const key = dice.pick([dice.between(0, limits.keyCount - 1), limits.keyCount + 1]);
      return actionSchema.parse({ at, do: kind, key, write: dice.chance(0.4), ...onTraffic });
    }
    case 'warm':
      return actionSchema.parse({ at, do: kind, keys: dice.pick([1, 2, 20, 100]), rate: dice.scale(10, 1e6) });
    case 'ramp':
      return actionSchema.parse({ at, do: kind, from: dice.pick([0, 0.1, 1]), for: forUs, ...onTraffic });
    case 'deafen':
      return actionSchema.parse({ at, do: kind, node: `app${number}`, for: forUs });
    default:
      return actionSchema.parse({ at, do: kind, factor: dice.pick([0.1, 1, 2, 3]), for: forUs, ...onTraffic });
  }
}

/** A node that works stops, starts again or changes its pace. */
function nodeAct(dice: Dice, scenario: Scenario, what: { at: string; do: string }, forUs: string | undefined): Action {
  const { app, database } = scenario;
  const replicas = Array.from({ length: database.replicas }, (_, index) => `replica${index + 1}`);
  const feed = scenario.invalidation.feed === 'none' ? [] : ['feed'];
  const redis = scenario.pattern.write === 'write-behind' ? ['redis', 'redis', 'redis'] : ['redis'];
  const node = dice.pick([
    'database',
    `app${dice.between(1, app.servers)}`,
    ...redis,
    ...replicas.slice(0, 2),
    ...feed,
  ]);
  if (what.do === 'restart') return actionSchema.parse({ ...what, node });
  const lasts = forUs === undefined ? {} : { for: forUs };
  const factor = what.do === 'slow' ? { factor: dice.pick([0.01, 0.5, 1, 3, 100]) } : {};
  return actionSchema.parse({ ...what, node, ...factor, ...lasts });
}

/** A knob turned during the run; the rate and the think time, which decide what a run costs, only downwards. */
function setAct(dice: Dice, scenario: Scenario, at: string, limits: Limits): Action {
  const settings = listSettings(scenario).filter(({ live, path }) => {
    const feature = featureOf(path);
    return live && !/\.(think|burst\w+)$/.test(path) && (feature === undefined || limits.features.has(feature));
  });
  const setting = dice.pick(dice.chance(0.5) ? settings : preferFeatures(settings));
  const value = setting.path.endsWith('.rate')
    ? dice.pick(['0/s', '1/s', `${(scenario.traffic[setting.path.split('.')[1]].rate / 2).toFixed(6)}/s`])
    : setting.path.endsWith('.eviction')
      ? dice.pick(evictionIds)
      : featureOf(setting.path) === undefined
        ? plainValue(dice, setting, limits)
        : featureValue(dice, setting, limits);
  const written = value ?? formatSetting('cache.ttl', 1_000_000);
  const path = value === undefined ? 'cache.ttl' : setting.path;
  return canonicalActions([actionSchema.parse({ at, do: 'set', path, value: written })])[0];
}

/** Only the settings of features, where there are such. */
function preferFeatures<T extends { path: string }>(settings: readonly T[]): readonly T[] {
  const found = settings.filter(({ path }) => featureOf(path) !== undefined);
  return found.length > 0 ? found : settings;
}
