import { formatSetting, type SettingInfo, type SettingValue } from '../scenario/settings.ts';
import type { Dice, Limits } from './Dice.ts';

/**
 * What can be switched on beside plain caching, and the settings that belong to it (`*` stands for every workload). What is
 * named nowhere here is plain.
 */
const features: Record<string, readonly string[]> = {
  'single-flight': ['protect.singleFlight'],
  lock: ['protect.lock', 'protect.lockTtl', 'protect.lockPoll', 'protect.lockWaiters'],
  early: ['protect.early'],
  stale: ['protect.stale'],
  negative: ['protect.negative'],
  limit: ['protect.limit'],
  retries: ['protect.retries', 'protect.backoff', 'protect.backoffJitter'],
  hedge: ['protect.hedge'],
  breaker: ['protect.breaker', 'protect.breakerShare', 'protect.breakerCalls', 'protect.breakerCooldown'],
  shed: ['protect.shed'],
  admit: ['protect.admit', 'protect.admitCost'],
  bloom: ['bloom.enabled', 'bloom.expected', 'bloom.falsePositives', 'bloom.rebuild'],
  'client-retries': ['clients.retries', 'clients.backoff'],
  read: ['pattern.read', 'pattern.refreshAfter', 'pattern.refreshUses'],
  write: [
    'pattern.write',
    'writeBehind.every',
    'writeBehind.count',
    'writeBehind.row',
    'writeBehind.log',
    'writeBehind.logWrite',
  ],
  'on-write': ['invalidation.onWrite', 'invalidation.secondDelete'],
  bus: ['invalidation.broadcast', 'invalidation.busDelay', 'invalidation.busLoss'],
  feed: ['invalidation.feed', 'invalidation.feedDelay', 'invalidation.feedWork'],
  pin: ['invalidation.pin', 'traffic.*.readBack'],
  replicas: ['database.replicas', 'database.replicaLag'],
  buffer: ['database.bufferPages', 'database.pageRows', 'database.disk'],
  orders: ['traffic.*.stock', 'database.guard'],
  routes: ['traffic.*.writer', 'traffic.*.reader'],
  pages: ['traffic.*.pageKeys', 'traffic.*.batch'],
  spread: ['cache.spread', 'cache.guarded'],
};

const everyFeature = Object.keys(features);
const featureOfPath: ReadonlyMap<string, string> = new Map(
  everyFeature.flatMap((name) => features[name].map((path) => [path, name] as const)),
);

/** The feature that a setting belongs to; undefined where it is plain. */
export function featureOf(path: string): string | undefined {
  return featureOfPath.get(path.replace(/^traffic\.[^.]+\./, 'traffic.*.'));
}

/** None in a third of the runs, mostly a few, sometimes all. */
export function drawFeatures(dice: Dice): ReadonlySet<string> {
  const count = dice.pick([0, 0, 0, 3, 6, 9, 12, 16, 25]);
  if (count > 0 && dice.chance(0.1)) return new Set(everyFeature);
  return new Set(Array.from({ length: count }, () => dice.pick([...everyFeature, 'write', 'read', 'stale'])));
}

/** A value that mostly switches its feature on; undefined leaves the setting as it is. */
export function featureValue(dice: Dice, setting: SettingInfo, limits: Limits): SettingValue | undefined {
  const { path, kind, choices, orNone } = setting;
  if (dice.chance(0.1)) return undefined;
  if (kind === 'flag') return path === 'cache.guarded' ? dice.chance(0.4) : dice.chance(0.85);
  if (path === 'pattern.write' && dice.chance(0.4)) return 'write-behind';
  if (kind === 'choice') return dice.pick(choices as readonly string[]);
  if (orNone && dice.chance(0.15)) return 'none';
  const drawn = (numbers[path.split('.').at(-1) as string] ?? times)(dice, limits);
  const value = Math.min(setting.max ?? drawn, Math.max(setting.min ?? 0, drawn));
  return formatSetting(path, kind === 'duration' || kind === 'count' ? Math.round(value) : value);
}

function times(dice: Dice, { durationUs }: Limits): number {
  const short = dice.scale(1, durationUs / 50);
  return dice.pick([0, 1, 1000, short, short, dice.scale(1000, durationUs), durationUs / 10, durationUs * 2]);
}

/** The numbers that are no times, and the times that decide what a run costs; by the last part of the path. */
const numbers: Record<string, (dice: Dice, limits: Limits) => number> = {
  lockPoll: (dice, { durationUs }) => dice.scale(Math.max(1000, durationUs / 100), durationUs),
  lockTtl: (dice, { durationUs }) => dice.scale(1000, durationUs * 2),
  every: (dice, { durationUs }) => dice.pick([durationUs / 100, durationUs / 10, durationUs / 2, durationUs * 2]),
  rebuild: (dice, { durationUs }) => dice.scale(Math.max(10_000, durationUs / 20), durationUs * 2),
  early: (dice) => dice.pick([0.5, 1, 4, 100]),
  limit: (dice) => dice.pick([1, 1, 2, 5]),
  retries: (dice) => dice.pick([1, 1, 2, 10]),
  breakerShare: (dice) => dice.pick([0.01, 0.2, 0.5, 1]),
  breakerCalls: (dice) => dice.pick([1, 2, 5, 20]),
  expected: (dice, { keyCount }) => dice.pick([0, 1, 10, keyCount, 10_000]),
  falsePositives: (dice) => dice.pick([0.000001, 0.01, 0.5, 1]),
  stale: (dice, { durationUs }) => dice.pick([1000, durationUs / 10, durationUs / 2, durationUs * 2]),
  secondDelete: (dice, { durationUs }) => dice.pick([1000, durationUs / 20, durationUs / 5]),
  refreshAfter: (dice, { durationUs }) => dice.pick([1000, durationUs / 50, durationUs / 10]),
  refreshUses: (dice) => dice.pick([1, 1, 2, 5]),
  count: (dice) => dice.pick([1, 2, 10, 1000, 1000]),
  busLoss: (dice) => dice.pick([0, 0, 0.1, 0.5, 1]),
  replicas: (dice) => dice.pick([1, 1, 2, 3, 8]),
  bufferPages: (dice) => dice.pick([0, 1, 1, 2, 5, 50]),
  pageRows: (dice) => dice.pick([1, 2, 20, 10_000]),
  stock: (dice) => dice.pick([0, 1, 1, 2, 5, 100]),
  pageKeys: (dice) => dice.pick([1, 2, 2, 3, 10]),
};
