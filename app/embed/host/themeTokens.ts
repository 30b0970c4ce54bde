import { Refusal } from './Refusal.ts';

/** The colours a host may give, and the custom property of each. */
const colours: Readonly<Record<string, string>> = {
  paper: '--paper',
  card: '--card',
  wash: '--wash',
  ink: '--ink',
  ink2: '--ink2',
  rule: '--rule',
  edge: '--edge',
  accent: '--accent',
  accentWash: '--accent-wash',
  onAccent: '--on-accent',
};
/** The lengths a host may give, in px, with their bounds. */
const lengths: Readonly<Record<string, { properties: readonly string[]; from: number; to: number }>> = {
  radius: { properties: ['--radius-card', '--radius-control'], from: 0, to: 24 },
  fontSize: { properties: ['--root-size'], from: 12, to: 32 },
};
/** What has to be read on what: text on surface, and how strongly. */
const texts: readonly string[] = [
  '--ink',
  '--ink2',
  '--accent',
  '--hit-text',
  '--miss-text',
  '--stale-text',
  '--error-text',
  '--write-text',
  '--refresh-text',
];
const pairs: readonly [text: string, surface: string, least: number][] = [
  ...['--paper', '--card', '--wash'].flatMap((surface) =>
    texts.map((text): [string, string, number] => [text, surface, 4.5]),
  ),
  ['--on-accent', '--accent', 4.5],
  ['--accent', '--accent-wash', 4.5],
  ['--edge', '--card', 3],
];

/** Red, green and blue, 0 to 255. */
type Colour = readonly [number, number, number];

/** Reads `#rgb`, `#rrggbb` and `rgb(r g b)`; undefined for everything else. */
export function readColour(text: string): Colour | undefined {
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(text);
  if (short !== null) return channels(short, (part) => Number.parseInt(part + part, 16));
  const long = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(text);
  if (long !== null) return channels(long, (part) => Number.parseInt(part, 16));
  const named = /^rgb\( ?(\d{1,3})[ ,]{1,3}(\d{1,3})[ ,]{1,3}(\d{1,3}) ?\)$/.exec(text);
  const colour = named === null ? undefined : channels(named, Number);
  return colour?.every((channel) => channel <= 255) ? colour : undefined;
}

function channels(match: RegExpExecArray, read: (part: string) => number): Colour {
  return [read(match[1]), read(match[2]), read(match[3])];
}

/** Contrast of two colours by WCAG 2.2, 1 to 21. */
export function contrast(a: Colour, b: Colour): number {
  const [dark, bright] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (bright + 0.05) / (dark + 0.05);
}

function luminance(colour: Colour): number {
  const [red, green, blue] = colour.map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/**
 * Turns a host's tokens into values of custom properties. Nothing of what was sent is copied: a colour is written anew
 * from its numbers, a length from its own.
 * @param now the value that a custom property has at present.
 * @throws Refusal for unknown tokens, for values that are neither, and for text that could not be read.
 */
export function readTokens(
  tokens: Readonly<Record<string, string | number>>,
  now: (property: string) => string,
): Map<string, string> {
  const set = new Map<string, string>();
  for (const [name, value] of Object.entries(tokens)) {
    if (Object.hasOwn(colours, name)) set.set(colours[name], readColourToken(name, value));
    else if (Object.hasOwn(lengths, name)) {
      const { properties, from, to } = lengths[name];
      const px =
        typeof value === 'number' ? value : Number(/^(\d{1,3}(?:\.\d{1,2})?)(?:px)?$/.exec(value)?.[1] ?? Number.NaN);
      if (!(px >= from && px <= to)) throw new Refusal('bad-token', `${name}: expected ${from} to ${to} px.`);
      for (const property of properties) set.set(property, `${px}px`);
    } else {
      const known = [...Object.keys(colours), ...Object.keys(lengths)].join(', ');
      throw new Refusal('bad-token', `There is no token "${name.slice(0, 40)}"; there are ${known}.`);
    }
  }
  checkContrast(set, now);
  return set;
}

function readColourToken(name: string, value: string | number): string {
  const colour = typeof value === 'string' ? readColour(value.trim()) : undefined;
  if (colour === undefined) throw new Refusal('bad-token', `${name}: expected a colour like #1b1f27 or rgb(27 31 39).`);
  return `#${colour.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}

/** Only what the new tokens touch is judged. */
function checkContrast(set: ReadonlyMap<string, string>, now: (property: string) => string): void {
  for (const [text, surface, least] of pairs) {
    if (!set.has(text) && !set.has(surface)) continue;
    const [a, b] = [text, surface].map((property) => readColour((set.get(property) ?? now(property)).trim()));
    if (a === undefined || b === undefined) continue;
    const ratio = contrast(a, b);
    if (ratio < least)
      throw new Refusal(
        'low-contrast',
        `${text.slice(2)} on ${surface.slice(2)} would have a contrast of ${ratio.toFixed(2)}, and needs ${least}. No token was taken.`,
      );
  }
}
