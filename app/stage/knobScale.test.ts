import { describe, expect, it } from 'vitest';
import { listSettings, type SettingInfo } from '../../src/reading.ts';
import { POSITIONS, positionOf, valueAt } from '../ui/scale.ts';
import { knobScale } from './knobScale.ts';

const numbers = listSettings({ traffic: { story: {} } }).filter(
  ({ min, slider }) => (min ?? slider?.from) !== undefined,
);

const settingOf = (path: string): SettingInfo => {
  const info = numbers.find((setting) => setting.path === path);
  if (info === undefined) throw new Error(`no number: ${path}`);
  return info;
};

describe('the range of a knob', () => {
  it('gives a place to every value that a setting may have: from its least to its most', () => {
    expect(numbers.length).toBeGreaterThan(60);
    const placeless = numbers.flatMap((info) => {
      const values = [info.min, info.max, info.slider?.from, info.slider?.to];
      return values
        .filter((value) => typeof value === 'number' && Number.isFinite(value))
        .filter((value) => {
          const position = positionOf(Number(value), knobScale(info, Number(value)));
          return !(position >= 0 && position <= POSITIONS);
        })
        .map((value) => `${info.path} = ${value}`);
    });
    expect(placeless).toEqual([]);
  });

  it('puts traffic that sends nothing at the lower end of its log scale', () => {
    const rate = settingOf('traffic.story.rate');
    expect([rate.min, rate.slider?.scale]).toEqual([0, 'log']);
    expect(positionOf(0, knobScale(rate, 0))).toBe(0);
    expect(valueAt(0, knobScale(rate, 0))).toBe(rate.slider?.from);
  });

  it('grows to a value outside the sensible range, and not to none', () => {
    const ttl = settingOf('cache.ttl');
    const { from, to } = ttl.slider ?? { from: 0, to: 0 };
    expect(knobScale(ttl, 2 * to)).toMatchObject({ min: from, max: 2 * to });
    expect(knobScale(ttl, from / 2)).toMatchObject({ min: from / 2, max: to });
    expect(knobScale(ttl, Number.POSITIVE_INFINITY)).toMatchObject({ min: from, max: to });
  });
});
