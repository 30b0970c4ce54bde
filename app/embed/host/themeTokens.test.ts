import { describe, expect, it } from 'vitest';
import { contrast, readColour, readTokens } from './themeTokens.ts';

const light: Record<string, string> = {
  '--paper': '#fbfaf7',
  '--card': '#ffffff',
  '--wash': '#f3f1ea',
  '--ink': '#1b1f27',
  '--ink2': '#565d6b',
  '--accent': '#3b3fd8',
  '--on-accent': '#ffffff',
  '--accent-wash': '#ecebfb',
};
const now = (property: string) => light[property] ?? '';

describe('theme tokens of a host', () => {
  it('are written anew from their numbers', () => {
    const set = readTokens({ paper: 'rgb(240 244 255)', accent: '#22F', radius: 4, fontSize: '18px' }, now);
    expect(Object.fromEntries(set)).toEqual({
      '--paper': '#f0f4ff',
      '--accent': '#2222ff',
      '--radius-card': '4px',
      '--radius-control': '4px',
      '--root-size': '18px',
    });
  });

  it.each([
    { paper: 'red; background: url(https://evil.example/)' },
    { paper: 'var(--ink)' },
    { paper: '#12345' },
    { paper: 'rgb(300 0 0)' },
    { radius: 'calc(1px)' },
    { radius: 4000 },
    { fontSize: '1px' },
    { shadow: '#000000' },
  ])('are refused when they are neither colours nor numbers: %o', (tokens) => {
    expect(() => readTokens(tokens as unknown as Record<string, string | number>, now)).toThrow(
      /expected|There is no token/,
    );
  });

  it('are refused when something could no longer be read', () => {
    expect(() => readTokens({ ink: '#cccccc' }, now)).toThrow(/contrast/);
    expect(() => readTokens({ paper: '#1b1f27' }, now)).toThrow(/contrast/);
    expect(() =>
      readTokens(
        {
          paper: '#000000',
          card: '#000000',
          wash: '#111111',
          ink: '#ffffff',
          ink2: '#dddddd',
          accent: '#c5c8ff',
          onAccent: '#000000',
          accentWash: '#23254d',
        },
        now,
      ),
    ).not.toThrow();
  });

  it('measures contrast as WCAG does', () => {
    expect(contrast([0, 0, 0], [255, 255, 255])).toBeCloseTo(21, 6);
    expect(contrast(readColour('#767676') ?? [0, 0, 0], [255, 255, 255])).toBeCloseTo(4.54, 2);
  });
});
