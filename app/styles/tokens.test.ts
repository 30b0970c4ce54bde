import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const css = readFileSync(fileURLToPath(new URL('tokens.css', import.meta.url)), 'utf8');
const meanings = ['hit', 'miss', 'stale', 'error', 'write', 'refresh'];

/** The colours that hold in a theme; what a theme does not set comes from the light one, which is the root. */
function tokensOf(theme: string): Record<string, string> {
  const block = (name: string) => css.split(new RegExp(`\\[data-theme=.${name}.\\] \\{`))[1].split('}', 1)[0];
  const read = (text: string) =>
    [...text.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name, value]);
  return Object.fromEntries([...read(block('light')), ...read(block(theme))]);
}

/** Relative luminance by WCAG 2.2. */
function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [dark, bright] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (bright + 0.05) / (dark + 0.05);
}

it('measures contrast as WCAG does', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 6);
  expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
});

describe.each(['light', 'dark', 'projector'])('the %s theme', (theme) => {
  const tokens = tokensOf(theme);
  const ratio = (a: string, b: string) => contrast(tokens[a], tokens[b]);

  it.each([
    ...['paper', 'card', 'wash'].flatMap((surface) => ['ink', 'ink2', 'accent'].map((text) => [text, surface])),
    ['accent', 'accent-wash'],
    ['on-accent', 'accent'],
    ...meanings.flatMap((meaning) => [
      [`${meaning}-text`, 'paper'],
      [`${meaning}-text`, 'card'],
      [`${meaning}-chip`, `${meaning}-wash`],
    ]),
  ])('sets %s on %s at 4.5:1 at least', (text, surface) => {
    expect(ratio(text, surface)).toBeGreaterThanOrEqual(4.5);
  });

  it.each([['edge', 'paper'], ['edge', 'card'], ...meanings.map((meaning) => [`${meaning}-line`, 'paper'])])(
    'draws %s on %s at 3:1 at least',
    (line, surface) => {
      expect(ratio(line, surface)).toBeGreaterThanOrEqual(3);
    },
  );
});
