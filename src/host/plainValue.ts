import { formatSetting, type SettingInfo, type SettingValue } from '../scenario/settings.ts';
import type { Dice, Limits } from './Dice.ts';

/** What to write for a setting that belongs to no feature; undefined leaves it at its default. */
export function plainValue(dice: Dice, setting: SettingInfo, limits: Limits): SettingValue | undefined {
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
