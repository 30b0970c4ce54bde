import type { SettingInfo } from '../../src/reading.ts';
import type { SliderScale } from '../ui/scale.ts';

/**
 * The range of a setting's slider: the sensible one, made wider where the value lies outside. A log scale never reaches down
 * to 0: a value of 0 stands at its lower end.
 */
export function knobScale(info: SettingInfo, value: number): SliderScale {
  const { from, to, scale } = info.slider ?? { from: info.min ?? 0, to: info.max ?? 1, scale: 'linear' };
  const least = Math.max(value, info.min ?? from);
  return {
    min: scale === 'log' && least <= 0 ? from : Math.min(from, least),
    max: Math.max(to, Number.isFinite(value) ? value : to),
    kind: scale,
    step: info.kind === 'count' || info.kind === 'duration' ? 1 : undefined,
  };
}
